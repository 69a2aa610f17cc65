// Evidence through the command and the worker's schedule: what was changed or lost is named, what nobody attached goes.
import { mkdtempSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { openVault } from '@habitat/evidence';
import type { Vault } from '@habitat/evidence';
import { expectAccepted, newId } from '@habitat/kernel';
import { drainEvents } from '@habitat/messaging';
import { listEvidenceFiles, logContribution, uploadEvidence } from '@habitat/people';
import { createCooperative } from '@habitat/platform';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { allHandlers, sweepEvidence } from '@habitat/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runHabitat } from './program.ts';

const NOW = new Date('2026-11-20T15:00:00Z');
const A_DAY = 86_400_000;
const PDF = Buffer.from(`%PDF-1.7\n${'1 0 obj << >> endobj\n'.repeat(40)}%%EOF\n`);
let owner: TestDatabase;
let directory: string;
let vault: Vault;
let founded: { cooperativeId: string; memberId: string; loginId: string };

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'habitat-evidence-'));
  vault = openVault({ directory, s3: null, mostBytes: 100_000, scanCommand: null, clamd: null });
  owner = await createTestDatabase(await sharedPostgresUrl());
  founded = expectAccepted(
    await createCooperative(
      owner.database,
      { now: NOW, correlationId: 'founding' },
      {
        ...{ name: 'Riverbend', slug: 'riverbend', currency: 'USD', timeZone: 'UTC' },
        ...{ taxRegime: 'subchapter_k', template: 'limited-cooperative-association' },
        ...{ firstPeriodStartsOn: '2026-10-01', periodLength: 'quarter' },
        administrator: { email: 'a@r.example', displayName: 'Ana', password: 'four words do it' },
      },
    ),
  );
  await drainEvents({ database: owner.database, handlers: allHandlers, clock: () => NOW });
});
afterAll(async () => {
  await owner.end();
  rmSync(directory, { recursive: true });
});

function context() {
  const { cooperativeId, loginId, memberId } = founded;
  const roles = ['member', 'contributor'] as const;
  const actor = { kind: 'person', cooperativeId, loginId, memberId, roles } as const;
  return { cooperativeId, actor, now: NOW, correlationId: 'test' };
}

async function upload(): Promise<string> {
  const fileId = newId();
  const sent = { content: Readable.from([PDF]), name: 'receipt.pdf', contentType: 'application/pdf' };
  const { cooperativeId } = founded;
  const { size: sizeBytes, ...rest } = expectAccepted(
    await vault.receive({ cooperativeId, fileId }, sent, () => undefined),
  );
  expectAccepted(await uploadEvidence(owner.database, context(), { ...rest, sizeBytes, fileId }));
  return fileId;
}

const pathOf = (fileId: string) => join(directory, 'files', founded.cooperativeId, fileId);

async function attached(): Promise<string> {
  const fileId = await upload();
  const work = { kind: 'cash', quantity: '120.00', workedOn: '2026-10-05', description: 'Paid for the pump' };
  expectAccepted(await logContribution(owner.database, context(), { ...work, evidenceFiles: [fileId] }));
  return fileId;
}

async function verify(): Promise<{ code: number; said: string }> {
  let said = '';
  const out = (text: string) => {
    said += text;
  };
  const env = { DATABASE_URL: owner.appUrl, EVIDENCE_DIRECTORY: directory };
  return { code: await runHabitat(['evidence', 'verify'], env, { out, err: out }), said };
}

test('what nobody attached within a day goes with its bytes, and bytes without a row go too; the rest stays', async () => {
  const kept = await attached();
  const loose = await upload();
  const orphan = newId();
  writeFileSync(pathOf(orphan), PDF);
  const sweep = sweepEvidence(vault);
  await sweep.run(owner.database, new Date(NOW.getTime() + A_DAY - 1));
  expect(await vault.read({ ...founded, fileId: loose })).not.toBeNull();
  for (const fileId of [kept, loose, orphan]) utimesSync(pathOf(fileId), NOW, NOW);
  await sweep.run(owner.database, new Date(NOW.getTime() + A_DAY + 1_000));
  const rows = await listEvidenceFiles(owner.database, founded.cooperativeId);
  expect(rows.map(({ fileId }) => fileId)).toEqual([kept]);
  const stored = await vault.list(founded.cooperativeId);
  expect(stored.map(({ fileId }) => fileId)).toEqual([kept]);
});

test('habitat evidence verify names the file that was changed and the one that is lost', async () => {
  const changed = await attached();
  const lost = await attached();
  expect(await verify()).toEqual({
    code: 0,
    said: 'riverbend: 3 of 3 evidence files are as they came in.\n',
  });
  writeFileSync(pathOf(changed), Buffer.concat([PDF.subarray(0, -1), Buffer.from('!')]));
  rmSync(pathOf(lost));
  const { code, said } = await verify();
  expect(code).toBe(1);
  expect(said).toMatch(new RegExp(`WRONG. ${changed} \\(receipt.pdf, .*\\) was changed`));
  expect(said).toMatch(new RegExp(`WRONG. ${lost} \\(receipt.pdf, .*\\) is missing`));
  expect(said).toContain('1 of 3 evidence files');
});
