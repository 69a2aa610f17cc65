// Keeps files small and names guessable: 400 lines, a dozen sources per folder, kebab-case, no drawer named "utils",
// and no path of somebody's machine in what is committed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { basename, dirname, extname, join, relative, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';

const MAX_LINES = 400;
const MAX_SOURCES = 12;
const SOURCE = new Set(['.ts', '.tsx', '.mts', '.mjs', '.cjs', '.js', '.sql', '.css']);
const BANNED_FOLDERS = /^(domain|application|infrastructure|utils?|helpers?|common|managers?)$/;
const KEBAB = /^\.?[a-z0-9]+(-[a-z0-9]+)*(\.[a-z0-9]+(-[a-z0-9]+)*)*$/;
const SQL_NAME = /^\d{2}_[a-z0-9_]+\.sql$|^[a-z0-9_-]+\.sql$/;
// Next.js routes: app/(group)/[id]/_private/@slot
const ROUTE_FOLDER = /^[([_@]/;
const MACHINE_PATH =
  /(?<![\w.$~-])\/(?:home|Users|root)\/(?!\.)[a-z_][\w.-]*\/|(?<![\w.-])\/work\/(?:main|shared|\.)|[A-Z]:\\Users\\/;
const GENERATED =
  /(^|\/)(pnpm-lock\.yaml|schema\.graphql|schema-types\.d\.ts|next-env\.d\.ts|LICENSE)$|^examples\/[^/]+\/output\//;
const isTest = (file) => /\.(int\.|e2e\.|property\.)?test\.[a-z]+$|\.fixture\.ts$/.test(file);
// Folders whose size is set by somebody else: one migration after the other, one page per decision.
const OPEN_ENDED = /^(schema(\/checks)?|docs(\/.*)?|\.|tools\/fixtures.*)$/;

/** Files of the repository as git knows them; of a fixture, as they lie there. */
function listFiles(root) {
  if (existsSync(join(root, '.git'))) {
    const git = spawnSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
      cwd: root,
      encoding: 'utf8',
      maxBuffer: 64_000_000,
    });
    return git.stdout
      .split('\0')
      .filter((file) => file && !file.startsWith('tools/fixtures/') && existsSync(join(root, file)));
  }
  return readdirSync(root, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath ?? entry.path, entry.name)));
}

function nameFaults(file) {
  const faults = [];
  const folders = dirname(file) === '.' ? [] : dirname(file).split('/');
  for (const [depth, folder] of folders.entries()) {
    // infrastructure/ at the top holds charts and plans, as its name says.
    if (BANNED_FOLDERS.test(folder) && !(depth === 0 && folder === 'infrastructure')) {
      faults.push(`the folder name "${folder}" says nothing: name it after its noun`);
    }
    if (!ROUTE_FOLDER.test(folder) && !KEBAB.test(folder))
      faults.push(`the folder "${folder}" is not kebab-case`);
  }
  const name = basename(file);
  if (extname(name) === '.sql' ? !SQL_NAME.test(name) : SOURCE.has(extname(name)) && !KEBAB.test(name)) {
    faults.push('the file name is not kebab-case');
  }
  return faults;
}

function contentFaults(root, file) {
  if (GENERATED.test(file)) return [];
  const bytes = readFileSync(join(root, file));
  if (bytes.includes(0)) return [];
  const lines = bytes.toString('utf8').split('\n');
  const faults = [];
  const count = lines.at(-1) === '' ? lines.length - 1 : lines.length;
  if (SOURCE.has(extname(file)) && count > MAX_LINES) faults.push(`${count} lines, more than ${MAX_LINES}`);
  const at = lines.findIndex((line) => MACHINE_PATH.test(line));
  if (at >= 0 && file !== 'tools/check-size-and-naming.mjs')
    faults.push(`line ${at + 1} names a path of one machine`);
  return faults;
}

function crowdFaults(files) {
  const counts = new Map();
  for (const file of files) {
    if (!SOURCE.has(extname(file)) || isTest(file) || file.endsWith('.d.mts')) continue;
    const folder = dirname(file);
    if (!OPEN_ENDED.test(folder)) counts.set(folder, (counts.get(folder) ?? 0) + 1);
  }
  return [...counts]
    .filter(([, count]) => count > MAX_SOURCES)
    .map(([folder, count]) => ({
      file: folder,
      message: `${count} source files in one folder, more than ${MAX_SOURCES}`,
    }));
}

/**
 * @param {string} root the repository, or a fixture
 * @returns {{ file: string, message: string }[]}
 */
export function sizeAndNamingFaults(root) {
  const files = listFiles(root);
  const faults = files.flatMap((file) =>
    [...nameFaults(file), ...contentFaults(root, file)].map((message) => ({ file, message })),
  );
  return [...faults, ...crowdFaults(files)];
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const faults = sizeAndNamingFaults(resolve(fileURLToPath(new URL('..', import.meta.url))));
  for (const { file, message } of faults) console.error(`${file}: ${message}`);
  console.log(
    faults.length === 0 ? 'Sizes and names are in order.' : `${faults.length} faults of size or naming.`,
  );
  process.exitCode = faults.length === 0 ? 0 : 1;
}
