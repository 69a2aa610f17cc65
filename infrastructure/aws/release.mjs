#!/usr/bin/env node
// node infrastructure/aws/release.mjs --cluster habitat-production --release 1.4.0 --job-network JSON
// Puts a release into an installation on AWS (docs/guides/operators/aws.md), with the `aws` command and its login.
import { execFile } from 'node:child_process';
import { setTimeout } from 'node:timers/promises';
import { parseArgs, promisify } from 'node:util';
import { putIn, ReleaseFault } from './ecs-release.mjs';

const run = promisify(execFile);
const LOOK_EVERY = 15_000;

async function aws(...args) {
  const { stdout } = await run('aws', ['ecs', ...args, '--output', 'json', '--no-cli-pager']);
  return stdout.trim() === '' ? {} : JSON.parse(stdout);
}

const { values } = parseArgs({
  options: { cluster: { type: 'string' }, release: { type: 'string' }, 'job-network': { type: 'string' } },
});
const { cluster, release, 'job-network': jobNetwork } = values;
if (!cluster || !release || !jobNetwork || !/^\d+\.\d+\.\d+/.test(release)) {
  process.stderr.write('usage: release.mjs --cluster NAME --release 1.4.0 --job-network JSON\n');
  process.exit(2);
}
try {
  const say = (line) => process.stdout.write(`${line}\n`);
  await putIn({ aws, cluster, release, jobNetwork, say, pause: () => setTimeout(LOOK_EVERY) });
} catch (fault) {
  if (!(fault instanceof ReleaseFault)) throw fault;
  process.stderr.write(`${fault.message}\n`);
  process.exit(1);
}
