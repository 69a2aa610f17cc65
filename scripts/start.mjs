// npm start: brings the whole product up on a machine with nothing but Node.js, see scripts/start/run.mjs.
import { explain } from './start/fault.mjs';
import { checkNodeVersion } from './start/node-version.mjs';

try {
  checkNodeVersion(process.versions.node);
  const { run } = await import('./start/run.mjs');
  await run(process.argv.slice(2), process.env);
} catch (fault) {
  process.stderr.write(`${explain(fault)}\n`);
  process.exitCode = 1;
}
