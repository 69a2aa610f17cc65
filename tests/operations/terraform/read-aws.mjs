// Writes providers/aws.json anew: what AWS's provider takes of the types infrastructure/terraform uses. It is read from
// the npm package @cdktf/provider-aws, which is made from the provider's own schema; too large to be installed for every
// test, it is unpacked only for this:
//
//   npm pack @cdktf/provider-aws@21.22.1 && tar xzf cdktf-provider-aws-21.22.1.tgz
//   node tests/operations/terraform/read-aws.mjs package
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

const unpacked = process.argv[2];
const ours = fileURLToPath(new URL('../../../infrastructure/terraform', import.meta.url));
const written = fileURLToPath(new URL('providers/aws.json', import.meta.url));

const SIMPLE = { string: 'string', number: 'number', boolean: 'bool' };
for (const [name, type] of Object.entries(SIMPLE)) {
  SIMPLE[`${name}List`] = ['list', type];
  SIMPLE[`${name}Map`] = ['map', type];
}
const GETTER = {
  getStringAttribute: 'string',
  getNumberAttribute: 'number',
  getBooleanAttribute: 'bool',
  getListAttribute: ['list', 'string'],
  getNumberListAttribute: ['list', 'number'],
  getStringMapAttribute: ['map', 'string'],
};
const camel = (name) => name.replace(/_([a-z0-9])/g, (_, letter) => letter.toUpperCase());
const capital = (name) => name.replace(/^./, (letter) => letter.toUpperCase());

/** Each attribute and block a mapping function of the package writes. */
function writtenIn(body) {
  const entry =
    /^ {8,12}"?([a-z0-9_]+)"?: \{\n\s+value: ([^\n]*),\n\s+isBlock: (true|false),\n\s+type: "(\w+)",\n\s+storageClassType: "(\w+)",/gm;
  return [...body.matchAll(entry)].map(([, name, value, isBlock, type, storage]) => ({
    name,
    isBlock: isBlock === 'true',
    type,
    storage,
    isList: value.includes('listMapper'),
    mapper: /(?<!\.)\b(\w+)ToHclTerraform\b/.exec(value)?.[1],
  }));
}

function requiredIn(types, name) {
  const [, body = ''] =
    new RegExp(`export interface ${name}(?: extends [\\w.]+)? \\{([\\s\\S]*?)\\n\\}`).exec(types) ?? [];
  return new Set([...body.matchAll(/^\s+readonly (\w+):/gm)].map(([, property]) => property));
}

function typeOf({ type, storage }) {
  if (type === 'simple') return SIMPLE[storage];
  const inner = SIMPLE[storage];
  if (type === 'map') return ['map', inner?.[1] ?? 'string'];
  return inner === undefined ? undefined : [type, inner[1]];
}

function blockIn(source, body, name) {
  const required = requiredIn(source.types, name);
  const block = { attributes: {}, blocks: {} };
  for (const one of writtenIn(body)) {
    const needed = required.has(camel(one.name));
    const type = one.isBlock ? undefined : typeOf(one);
    if (type !== undefined) {
      block.attributes[one.name] = [type, needed ? 'r' : 'oc'];
      continue;
    }
    const [, inner] = new RegExp(
      `function ${one.mapper}ToHclTerraform\\(struct\\) \\{([\\s\\S]*?)\\n\\}`,
    ).exec(source.code);
    const nested = blockIn(source, inner, capital(one.mapper));
    if (one.isBlock) {
      const nesting = one.type === 'struct' ? 'single' : one.type;
      block.blocks[one.name] = [nesting, needed ? 1 : 0, one.isList ? 0 : 1, nested];
    } else {
      const fields = Object.entries(nested.attributes).map(([key, [inside]]) => [key, inside]);
      block.attributes[one.name] = [[one.type, ['object', Object.fromEntries(fields)]], needed ? 'r' : 'oc'];
    }
  }
  return block;
}

const getters = (body) =>
  [...body.matchAll(/return (?:cdktf\.Fn\.tolist\()?this\.(get\w+Attribute)\('(\w+)'\)/g)].map(
    ([, getter, name]) => [name, GETTER[getter]],
  );

/** What only AWS fills in: plain values, and lists of objects. */
function addComputed(block, code) {
  const own = code.slice(code.indexOf('static generateConfigForImport'));
  for (const [name, type] of getters(own)) block.attributes[name] ??= [type, 'c'];
  for (const [, reference, name] of own.matchAll(/= new (\w+)List\(this, "(\w+)", (?:false|true)\)/g)) {
    if (block.attributes[name] || block.blocks[name]) continue;
    const [body = ''] = new RegExp(`class ${reference}OutputReference [\\s\\S]*?\\n\\}\\n`).exec(code) ?? [];
    block.attributes[name] = [['list', ['object', Object.fromEntries(getters(body))]], 'c'];
  }
  return block;
}

function read(type, isData) {
  const plain = type.replace(/^aws_/, '');
  const folder = join(unpacked, 'lib', (isData ? 'data-aws-' : '') + plain.replaceAll('_', '-'));
  const code = readFileSync(join(folder, 'index.js'), 'utf8');
  const types = readFileSync(join(folder, 'index.d.ts'), 'utf8').replace(/\/\*[\s\S]*?\*\//g, '');
  const name = (isData ? 'DataAws' : '') + plain.split('_').map(capital).join('');
  const body = code.slice(code.indexOf('synthesizeHclAttributes()'));
  return addComputed(blockIn({ code, types }, body, `${name}Config`), code);
}

const text = readdirSync(ours, { recursive: true })
  .filter((file) => file.endsWith('.tf'))
  .map((file) => readFileSync(join(ours, file), 'utf8'))
  .join('\n');
const used = (kind) =>
  [...new Set([...text.matchAll(new RegExp(`^${kind} "(aws_\\w+)"`, 'gm'))].map(([, type]) => type))].sort();

const known = JSON.parse(readFileSync(written, 'utf8'));
known.managed = Object.fromEntries(used('resource').map((type) => [type, read(type, false)]));
known.data = Object.fromEntries(used('data').map((type) => [type, read(type, true)]));
// A line for each type, so that a change shows.
const section = ([name, entries]) =>
  `${JSON.stringify(name)}: {\n${Object.entries(entries)
    .map((entry) => `  ${entry.map((part) => JSON.stringify(part)).join(': ')}`)
    .join(',\n')}\n}`;
writeFileSync(written, `{\n${Object.entries(known).map(section).join(',\n')}\n}\n`);
