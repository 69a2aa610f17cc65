// Node's version, checked before anything newer than Node 12 is needed.
import { ClearFault } from './fault.mjs';

/**
 * @param {string} version as process.versions.node
 */
export function checkNodeVersion(version) {
  const [major = 0, minor = 0] = version.split('.').map(Number);
  // 21 never became a long-term release and lacks what 20.19 and 22.12 have.
  const enough = (major === 20 && minor >= 19) || (major === 22 && minor >= 12) || major > 22;
  if (!enough) {
    throw new ClearFault(
      `Habitat needs Node.js 20.19 or newer (20, 22 or 24 LTS); this is ${version}. Get it from https://nodejs.org`,
    );
  }
}
