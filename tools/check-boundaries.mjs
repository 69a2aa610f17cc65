// Checks who imports whom (.dependency-cruiser.cjs) and that no context's SQL names another context's schema.
import { createRequire } from 'node:module';
import { existsSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { cruise } from 'dependency-cruiser';
import { sqlBoundaryFaults } from './sql-boundaries.mjs';

const repository = resolve(fileURLToPath(new URL('..', import.meta.url)));
const trees = ['packages', 'services', 'examples', 'tests', 'scripts', 'tools'];

/**
 * Every import under `root` that breaks a rule.
 *
 * @param {string} root the repository, or a fixture laid out like it
 * @returns {Promise<{ rule: string, from: string, to: string }[]>}
 */
export async function importFaults(root) {
  const rules = createRequire(import.meta.url)(join(repository, '.dependency-cruiser.cjs'));
  const exclude =
    root === repository ? ['^tools/fixtures/', rules.options.exclude.path] : rules.options.exclude.path;
  const { output } = await cruise(
    trees.filter((tree) => existsSync(join(root, tree))),
    {
      ...rules.options,
      exclude: { path: exclude },
      ruleSet: { forbidden: rules.forbidden },
      validate: true,
      baseDir: root,
    },
    rules.options.enhancedResolveOptions,
  );
  return output.summary.violations.map(({ rule, from, to }) => ({ rule: rule.name, from, to }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const imports = await importFaults(repository);
  for (const { rule, from, to } of imports) console.error(`${from} → ${to}: ${rule}`);
  const sql = sqlBoundaryFaults(repository);
  for (const fault of sql) console.error(`${fault.file}:${fault.line}: ${fault.message}`);
  const count = imports.length + sql.length;
  console.log(count === 0 ? 'Boundaries hold.' : `${count} boundary faults.`);
  process.exitCode = count === 0 ? 0 : 1;
}
