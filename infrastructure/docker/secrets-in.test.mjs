// The search for secrets finds each kind that is planted, and nothing in what every image holds.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { secretSettings as names, secretsIn, secretsSent, tellsSecret } from './secrets-in.mjs';

const random = randomBytes(48).toString('hex');
const key = generateKeyPairSync('ed25519').privateKey.export({ type: 'pkcs8', format: 'pem' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey.export({
  type: 'pkcs1',
  format: 'pem',
});
let root;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'habitat-secrets-'));
  plant('services/api/dist/main.js', 'const settings={JWT_SECRET:{description:"Signs tokens.",secret:!0}}');
  plant('schema/01_a.sql', "comment on table a is 'hashes of passwords';");
});
afterEach(() => rmSync(root, { recursive: true }));

function plant(file, text) {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}

test('there are secret settings to look for, and nothing is found where nothing was planted', () => {
  expect(names).toEqual(expect.arrayContaining(['JWT_SECRET', 'SECRETS_KEY', 'DATABASE_URL', 'BACKUP_KEY']));
  expect(secretsIn(root)).toEqual([]);
});

test.each([
  ['.env', ''],
  ['services/frontend/.env.production', ''],
  ['.npmrc', ''],
  ['.git/config', ''],
  ['.habitat/environment', ''],
  ['secrets.json', '{}'],
  ['tls/server.key', ''],
  ['tls/server.pem', ''],
  ['home/.ssh/id_ed25519', ''],
  ['backup.age', ''],
  ['services/api/dist/main.js', `const key=\`${key}\``],
  ['services/api/dist/main.js', `const key="${String(rsa).replaceAll('\n', '\\n')}"`],
  ['a-file-without-an-ending', key],
  ['notes.txt', 'AGE-SECRET-KEY-1QQPQ0Z6Z6Z6Z6Z6Z6Z6Z6Z6Z6'],
  ...names.flatMap((name) => [
    ['services/api/dist/main.js', `process.env.${name}="${random}"`],
    ['run.sh', `export ${name}=${random}`],
    ['app.json', JSON.stringify({ [name]: random })],
  ]),
  ['app.yaml', 'DATABASE_URL: postgres://habitat:kept-quiet@db:5432/habitat'],
])('a secret in %s of an image is found: %#', (file, text) => {
  plant(file, text);
  expect(secretsIn(root)).toHaveLength(1);
});

test.each([...names, String(key)])('in what browsers are sent it is found: %#', (text) => {
  expect(secretsSent(join(root, 'schema'))).toEqual([]);
  plant('static/chunks/1.js', `a("${text}")`);
  expect(secretsSent(join(root, 'static'))).toEqual(['chunks/1.js']);
});

test('in the history of an image it is found', () => {
  expect(tellsSecret('ENV NODE_ENV=production HABITAT_VERSION=0.1.0')).toBe(false);
  for (const name of names)
    for (const word of [`ENV ${name}=x`, `RUN ${name}_FILE=/a node b`]) expect(tellsSecret(word)).toBe(true);
  expect(tellsSecret('RUN npm config set //registry/:_authToken=x')).toBe(true);
});
