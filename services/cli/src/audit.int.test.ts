// habitat audit on a real trail: what was founded is walked and proven, a package is verified with nothing but itself, and
// every way it can be damaged is named.
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { PackageHeader } from '@habitat/audit';
import { entryLine, fingerprintOf, headerLine, PACKAGE_FORMAT, signingKeyOf } from '@habitat/audit';
import { createTestDatabase } from '@habitat/database/testing';
import type { TestDatabase } from '@habitat/database/testing';
import { exportAuditTrail } from '@habitat/messaging';
import { listCooperatives } from '@habitat/platform';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHabitat } from './program.ts';

const folder = mkdtempSync(join(tmpdir(), 'habitat-audit-'));
const file = join(folder, 'trail.jsonl');
const key = signingKeyOf('ab'.repeat(32));
const fingerprint = fingerprintOf(key.publicKey);
let database: TestDatabase;
let head = '';

async function habitat(env: Record<string, string>, ...argv: string[]) {
  let said = '';
  const hear = (text: string) => {
    said += text;
  };
  return { code: await runHabitat(argv, env, { out: hear, err: hear }), said: () => said };
}

const check = () =>
  habitat({ DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl }, 'audit', 'check');

beforeAll(async () => {
  database = await createTestDatabase(await sharedPostgresUrl());
  const password = join(folder, 'password');
  writeFileSync(password, 'four words do it\n');
  const env = { DATABASE_URL: database.appUrl, DATABASE_OWNER_URL: database.ownerUrl };
  const facts = ['--name', 'Riverbend', '--slug', 'river', '--time-zone', 'UTC', '--currency', 'USD'];
  const admin = ['--admin-name', 'Dev', '--admin-email', 'dev@river.example'];
  const period = ['--first-period', '2026-01-01', '--admin-password-file', password];
  const created = await habitat(env, 'cooperative', 'create', ...facts, ...admin, ...period);
  if (created.code !== 0) throw new Error(created.said());
});
afterAll(async () => {
  await database.end();
  rmSync(folder, { recursive: true });
});

test('check seals what waits, walks every chain and prints where it ends', async () => {
  const ran = await check();
  expect(ran.code).toBe(0);
  head = /Head (\d+:[0-9a-f]{64})/.exec(ran.said())?.[1] ?? '';
  expect(ran.said()).toMatch(/^river: \d+ entries, each as it was sealed\./);
  expect(Number(head.split(':')[0])).toBeGreaterThan(0);
});

test('a package verifies with no setting and no database, by its key and by an entry kept elsewhere', async () => {
  const [river] = await listCooperatives(database.database);
  if (river === undefined) throw new Error('not founded');
  const text = await exportAuditTrail(database.database, river.cooperativeId, 0, async (stretch) => {
    const header: PackageHeader = {
      format: PACKAGE_FORMAT,
      cooperativeId: river.cooperativeId,
      cooperativeName: 'Riverbend',
      after: stretch.after,
      head: stretch.head,
      exportedAt: '2026-03-01T12:00:00.000Z',
      exportedBy: 'Noor',
      publicKey: key.publicKey,
    };
    const lines = [headerLine(header, key)];
    for await (const sealed of stretch.entries) lines.push(entryLine(sealed));
    return lines.join('');
  });
  writeFileSync(file, text);
  const ran = await habitat({}, 'audit', 'verify', file, '--fingerprint', fingerprint, '--anchor', head);
  expect(ran.said()).toContain('each as it was sealed');
  expect(ran.code).toBe(0);
});

test('a damaged, forged or foreign package is refused in one sentence', async () => {
  const text = readFileSync(file, 'utf8');
  const first = text.split('\n')[1] ?? '';
  const cases: [string, string[], string][] = [
    [text.replace('"correlationId":"', '"correlationId":"x'), [], 'Entry 1 was changed after it was sealed.'],
    [text.replace(`${first}\n`, ''), [], 'Entry 1 is missing.'],
    [text.replace('Riverbend', 'Riverbank'), [], 'The signature is not the key’s'],
    [text, ['--fingerprint', '0000 1111'], 'It is signed with another key'],
    [text, ['--anchor', `1:${'f'.repeat(64)}`], 'Up to entry 1 the chain was written anew'],
    [text, ['--anchor', 'one'], 'is not an entry’s number'.replace('’', "'")],
    ['hello', [], 'This is not a package of an audit trail.'],
  ];
  for (const [content, options, sentence] of cases) {
    const path = join(folder, 'case.jsonl');
    writeFileSync(path, content);
    const ran = await habitat({}, 'audit', 'verify', path, ...options);
    expect(ran.said()).toContain(sentence);
    expect(ran.code).not.toBe(0);
  }
  expect((await habitat({}, 'audit', 'verify', join(folder, 'nowhere'))).said()).toContain(
    'There is no file',
  );
});

test('check names the entry a superuser changed', async () => {
  await database.asOwner('alter table platform.event disable trigger append_only');
  await database.asOwner(
    `update platform.event set correlation_id = 'somebody else' where position =
       (select position from platform.audit_seal where sequence = 2)`,
  );
  const ran = await check();
  expect(ran.code).toBe(1);
  expect(ran.said()).toContain('river: WRONG. Entry 2 was changed after it was sealed.');
});
