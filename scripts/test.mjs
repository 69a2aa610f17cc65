// npm test: installs, then proves everything in one go, with a table per stage and one closing line for machines.
import { explain } from './start/fault.mjs';
import { checkNodeVersion } from './start/node-version.mjs';

try {
  checkNodeVersion(process.versions.node);
  const { runStages } = await import('./test/stages.mjs');
  process.exitCode = await runStages(process.argv.slice(2), process.env);
} catch (fault) {
  process.stderr.write(`${explain(fault)}\n`);
  process.exitCode = 1;
}
