// What the worker watches by the clock: books that must add up, and the certificate people are shown.
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createServer } from 'node:tls';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { newId } from '@habitat/kernel';
import { createLog, createMetrics } from '@habitat/observability';
import { createCooperative } from '@habitat/platform';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { watchCertificate } from './certificate.ts';
import { watchLedger } from './ledger.ts';

const NOW = new Date('2026-05-12T12:00:00Z');
const lines: Record<string, unknown>[] = [];
const log = createLog({
  service: 'worker',
  level: 'info',
  destination: { write: (line) => lines.push(JSON.parse(line) as Record<string, unknown>) },
});
let db: TestDatabase;

beforeAll(async () => {
  db = await createTestDatabase(await sharedPostgresUrl());
});
afterAll(() => db?.end());

async function found(slug: string): Promise<string> {
  const founded = await createCooperative(
    db.database,
    { now: NOW, correlationId: 'test' },
    {
      name: slug,
      slug,
      currency: 'USD',
      timeZone: 'UTC',
      taxRegime: 'subchapter_k',
      template: 'limited-cooperative-association',
      firstPeriodStartsOn: '2026-01-01',
      periodLength: 'quarter',
      administrator: {
        email: `admin@${slug}.example`,
        displayName: 'Admin',
        password: 'long enough for a test',
      },
    },
  );
  if (!founded.ok) throw new Error(founded.refusal.code);
  return founded.value.cooperativeId;
}

/** An entry nothing stands against, put where only a hand on the disk could put it. */
async function tamper(cooperativeId: string, bookMinor: number): Promise<void> {
  const owner = new pg.Client(db.ownerUrl);
  await owner.connect();
  try {
    await owner.query('alter table treasury.entry disable trigger all');
    await owner.query(
      `insert into treasury.entry (cooperative_id, transaction_id, line, account_id, effective_on, recorded_at,
         book_minor, tax_minor, is_closing) values ($1, $2, 1, $3, '2026-05-12', $4, $5, 0, false)`,
      [cooperativeId, newId(), newId(), NOW, bookMinor],
    );
  } finally {
    await owner.query('alter table treasury.entry enable always trigger all').catch(() => undefined);
    await owner.end();
  }
}

test('books that add up show 0; differences of two cooperatives never cancel, and the log names whose they are', async () => {
  const metrics = createMetrics('worker');
  const watch = watchLedger(metrics, log);
  const [one, other] = [await found('one'), await found('other')];
  await watch.run(db.database, NOW);
  const shown = () => metrics.registry.metrics();
  expect(await shown()).toContain('habitat_ledger_imbalance_minor{basis="book",service="worker"} 0');
  expect(await shown()).toContain('habitat_cooperatives{service="worker"} 2');
  expect(lines).toEqual([]);

  await tamper(one, 5);
  await tamper(other, -5);
  await watch.run(db.database, NOW);
  expect(await shown()).toContain('habitat_ledger_imbalance_minor{basis="book",service="worker"} 10');
  expect(await shown()).toContain('habitat_ledger_imbalance_minor{basis="tax",service="worker"} 0');
  expect(lines.map(({ cooperativeId }) => cooperativeId).sort()).toEqual([one, other].sort());
});

test('the day a certificate ends is told, also of one no browser would trust', async () => {
  const folder = mkdtempSync(join(tmpdir(), 'habitat-certificate-'));
  const [key, cert] = [join(folder, 'key.pem'), join(folder, 'cert.pem')];
  const request = `req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 9 -subj /CN=localhost`;
  execFileSync('openssl', [...request.split(' '), '-keyout', key, '-out', cert], { stdio: 'ignore' });
  const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const metrics = createMetrics('worker');
  try {
    const { port } = server.address() as AddressInfo;
    await watchCertificate(`https://127.0.0.1:${port}`, metrics).run(db.database, NOW);
    const text = await metrics.registry.metrics();
    const [, endsAt] = /^habitat_certificate_expires_timestamp_seconds\S* (\S+)/m.exec(text) ?? [];
    expect((Number(endsAt) - Date.now() / 1_000) / 86_400).toBeCloseTo(9, 1);
  } finally {
    server.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
