// A context's SQL names only its own schema: finds every SQL text in a context package, and every foreign key in schema/,
// that reaches into another.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import ts from 'typescript';

const contexts = ['treasury', 'people', 'agreements'];
const schemas = [...contexts, 'platform'];
// The tenant wall asks this function, which tells nobody's facts but the caller's own tenant.
const shared = new Set(['platform.current_cooperative']);
const looksLikeSql =
  /\b(select|insert\s+into|update|delete\s+from|from|join|merge\s+into|call|lock\s+table|truncate)\s/i;

function* sourceFiles(folder) {
  if (!existsSync(folder)) return;
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (!['node_modules', 'dist', 'testing'].includes(entry.name)) yield* sourceFiles(path);
    } else if (/\.ts$/.test(entry.name) && !/\.(test|fixture)\.ts$/.test(entry.name)) yield path;
  }
}

/** Texts in quotes are values (an event's name has a dot as well), comments are for people. */
const bareSql = (text) => text.replace(/--[^\n]*/g, ' ').replace(/'(?:[^']|'')*'/g, "''");

/** The schemas other than its own that a text of SQL names. */
function foreignSchemas(text, own) {
  if (!looksLikeSql.test(text)) return [];
  const named = bareSql(text).matchAll(/\b(treasury|people|agreements|platform)\.[a-z_]+/gi);
  return [...named]
    .filter(([name, schema]) => schema.toLowerCase() !== own && !shared.has(name))
    .map(([name]) => name);
}

/** Every string and template of a file, with what stands between the `${}` of a template joined. */
function* texts(source) {
  const found = [];
  const visit = (node) => {
    if (ts.isStringLiteral(node) || ts.isNoSubstitutionTemplateLiteral(node))
      found.push({ node, text: node.text });
    else if (ts.isTemplateExpression(node)) {
      const parts = [node.head.text, ...node.templateSpans.map((span) => span.literal.text)];
      found.push({ node, text: parts.join(' $0 ') });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  yield* found;
}

function contextFaults(root, context) {
  const faults = [];
  for (const path of sourceFiles(join(root, 'packages', context, 'src'))) {
    const source = ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest);
    for (const { node, text } of texts(source)) {
      for (const name of foreignSchemas(text, context)) {
        const line = source.getLineAndCharacterOfPosition(node.getStart(source)).line + 1;
        faults.push({ file: relative(root, path), line, message: `SQL of ${context} names ${name}` });
      }
    }
  }
  return faults;
}

function foreignKeyFaults(root) {
  const folder = join(root, 'schema');
  if (!existsSync(folder)) return [];
  const faults = [];
  for (const name of readdirSync(folder)) {
    const own = schemas.find((schema) => name.includes(`_${schema}_`));
    if (!own || !name.endsWith('.sql')) continue;
    const lines = readFileSync(join(folder, name), 'utf8').split('\n');
    lines.forEach((line, index) => {
      const key = /\breferences\s+(treasury|people|agreements|platform)\./i.exec(bareSql(line));
      if (key && key[1].toLowerCase() !== own) {
        faults.push({
          file: `schema/${name}`,
          line: index + 1,
          message: `a foreign key of ${own} reaches into ${key[1]}`,
        });
      }
    });
  }
  return faults;
}

/**
 * @param {string} root the repository, or a fixture laid out like it
 * @returns {{ file: string, line: number, message: string }[]}
 */
export function sqlBoundaryFaults(root) {
  return [...contexts.flatMap((context) => contextFaults(root, context)), ...foreignKeyFaults(root)];
}
