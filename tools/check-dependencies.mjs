// What the product is made of is exactly what the lockfile names: every package from the registry, with its SHA-512 and an
// exact version. Known weaknesses are asked for where the registry can be reached; offline the lockfile is checked alone.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parse } from 'yaml';
import { pnpmVersion } from '../scripts/start/workspace.mjs';

const EXACT = /^(npm:[@\w./-]+@)?\d+\.\d+\.\d+(-[\w.]+)?$/;
const SHA_512 = /^sha512-[A-Za-z0-9+/]{86}==$/;
const ANSWER_WITHIN_MS = 60_000;

/**
 * What is wrong with a lockfile, one sentence each.
 *
 * @param {{ catalogs?: object, importers?: object, packages?: object }} lockfile as YAML reads it
 * @returns {string[]}
 */
export function lockfileFaults({ catalogs = {}, importers = {}, packages = {} }) {
  const faults = [];
  for (const [name, { resolution = {} }] of Object.entries(packages)) {
    if (!SHA_512.test(resolution.integrity ?? '')) faults.push(`${name} has no SHA-512`);
    const elsewhere = Object.keys(resolution).filter((key) => key !== 'integrity');
    if (elsewhere.length > 0)
      faults.push(`${name} does not come from the registry (${elsewhere.join(', ')})`);
  }
  const notExact = (where, name, version) =>
    faults.push(`${where} asks for ${name} ${version}: name one exact version`);
  for (const [catalog, entries] of Object.entries(catalogs)) {
    for (const [name, { specifier }] of Object.entries(entries))
      if (!EXACT.test(specifier)) notExact(`the catalog ${catalog}`, name, specifier);
  }
  for (const [folder, importer] of Object.entries(importers)) {
    const asked = { ...importer.dependencies, ...importer.devDependencies, ...importer.optionalDependencies };
    for (const [name, { specifier }] of Object.entries(asked)) {
      const isElsewhere = specifier.startsWith('catalog:') || specifier === 'workspace:*';
      if (!isElsewhere && !EXACT.test(specifier)) notExact(folder, name, specifier);
    }
  }
  return faults;
}

/**
 * What `pnpm audit` answered, as this check takes it: weaknesses are a fault, a registry that does not answer is not.
 *
 * @param {{ status: number | null, output: string }} answer
 * @returns {{ known: boolean, faults: string[] }}
 */
export function auditFaults({ status, output }) {
  if (status === 0) return { known: true, faults: [] };
  const unreachable =
    status === null || /ERR_PNPM_AUDIT|ERR_PNPM_FETCH|ENOTFOUND|ECONN|EAI_AGAIN/.test(output);
  return unreachable ? { known: false, faults: [] } : { known: true, faults: [output.trim()] };
}

function audit(root) {
  const [program, ...args] = ['npx', '--yes', pnpmVersion(), 'audit', '--prod', '--audit-level', 'high'];
  const run = spawnSync(program, args, { cwd: root, encoding: 'utf8', timeout: ANSWER_WITHIN_MS });
  return auditFaults({ status: run.status, output: `${run.stdout ?? ''}${run.stderr ?? ''}` });
}

function main() {
  const root = fileURLToPath(new URL('..', import.meta.url));
  const lockfile = parse(readFileSync(join(root, 'pnpm-lock.yaml'), 'utf8'));
  const weaknesses = audit(root);
  const faults = [...lockfileFaults(lockfile), ...weaknesses.faults];
  for (const fault of faults) process.stderr.write(`${fault}\n`);
  const asked = weaknesses.known
    ? 'none of them is known to be weak'
    : 'the registry did not say which are weak';
  const count = Object.keys(lockfile.packages).length;
  if (faults.length === 0) process.stdout.write(`${count} packages, each with its SHA-512; ${asked}.\n`);
  process.exitCode = faults.length === 0 ? 0 : 1;
}

if (process.argv[1] && resolve(process.argv[1]) === fileURLToPath(import.meta.url)) main();
