// Erasing a member through all contexts and their real handlers: what stands against it is said, two people agree, and
// afterwards no table holds a word of theirs while books, log and audit trail are what they were.
import { mkdtempSync, rmSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Readable } from 'node:stream';
import type { CommandContext } from '@habitat/database';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import type { Vault } from '@habitat/evidence';
import { openVault } from '@habitat/evidence';
import type { Actor, Role } from '@habitat/kernel';
import { expectAccepted as must, newId, systemActor } from '@habitat/kernel';
import { drainEvents, sealAuditTrail, verifyAuditTrail } from '@habitat/messaging';
import {
  addMember,
  approveContribution,
  approveErasure,
  askAboutContribution,
  changeMemberStatus,
  declineErasure,
  listErasures,
  logContribution,
  rejectContribution,
  requestErasure,
  setValuationRule,
  uploadEvidence,
  withdrawErasure,
} from '@habitat/people';
import { createCooperative, grantAccess, signIn } from '@habitat/platform';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { getTrialBalance, postTransaction } from '@habitat/treasury';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { noticeHandlers } from '../notice/noticing.ts';
import { removeErasedEvidence } from '../sweep-evidence.ts';
import { allHandlers } from './index.ts';

type Person = Actor & { readonly memberId: string; readonly loginId: string };

const now = new Date('2026-08-20T15:00:00Z');
const PASSWORD = 'four words do it';
const steward: readonly Role[] = ['administrator', 'reviewer', 'treasurer'];
const WORDS = 'canary sang in the barn';
const tokens = { secrets: ['x'.repeat(64)], accessSeconds: 600, refreshSeconds: 86_400 } as const;
let server: TestDatabase;
let directory: string;
let vault: Vault;

/** A cooperative with two administrators and a treasurer, founded as in production. */
async function found(slug: string) {
  const { database } = server;
  const founded = must(
    await createCooperative(
      database,
      { now, correlationId: 'erasure' },
      {
        ...{ name: slug, slug, currency: 'USD', timeZone: 'UTC', taxRegime: 'subchapter_k' },
        ...{ template: 'limited-cooperative-association', firstPeriodStartsOn: '2026-07-01' },
        periodLength: 'quarter',
        administrator: { email: `ada@${slug}.example`, displayName: 'Ada', password: PASSWORD },
      },
    ),
  );
  const { cooperativeId } = founded;
  const handlers = [...allHandlers, ...noticeHandlers(database)];
  const drain = () => drainEvents({ database, handlers, clock: () => now });
  await drain();
  const as = (actor: Actor): CommandContext => ({ cooperativeId, actor, now, correlationId: 'erasure' });
  const system = as(systemActor(cooperativeId));
  const ada: Person = { kind: 'person', ...founded, roles: ['administrator'] };
  const join = async (name: string, email: string, roles: readonly Role[]): Promise<Person> => {
    const who = { displayName: name, legalName: `${name} in law`, email, joinedOn: '2026-01-15', roles };
    const { memberId } = must(await addMember(database, system, who));
    const letIn = { memberId, email, displayName: name, password: PASSWORD };
    const { loginId } = must(await grantAccess(database, system, letIn));
    await drain();
    return { kind: 'person', cooperativeId, memberId, loginId, roles };
  };
  return { cooperativeId, as, system, ada, join, drain };
}

beforeAll(async () => {
  server = await createTestDatabase(await sharedPostgresUrl());
  directory = mkdtempSync(`${tmpdir()}/habitat-erasure-`);
  vault = openVault({ directory, s3: null, mostBytes: 100_000, scanCommand: null, clamd: null });
});
afterAll(async () => {
  await server.end();
  rmSync(directory, { recursive: true });
});

/** Tables in which a text stands, wherever in them. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await server.asOwner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('platform', 'people', 'treasury', 'agreements')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const rows = await server.asOwner(`select from ${name} t where t::text ilike '%' || $1 || '%' limit 1`, [
      text,
    ]);
    if (rows.length > 0) found.push(name);
  }
  return found;
}

async function faults(): Promise<unknown[]> {
  const folder = new URL('../../../../schema/checks/', import.meta.url);
  const found: unknown[] = [];
  for (const name of await readdir(folder)) {
    const sql = (await readFile(new URL(name, folder), 'utf8')).trim().replace(/;$/, '');
    found.push(...(await server.asOwner(sql)).map((row) => ({ name, ...row })));
  }
  return found;
}

async function upload(context: CommandContext): Promise<string> {
  const fileId = newId();
  const { cooperativeId } = context;
  const content = Readable.from([Buffer.from(`%PDF-1.7\n${WORDS}\n%%EOF\n`)]);
  const sent = { content, name: `${WORDS}.pdf`, contentType: 'application/pdf' };
  const { size: sizeBytes, ...rest } = must(
    await vault.receive({ cooperativeId, fileId }, sent, () => undefined),
  );
  must(await uploadEvidence(server.database, context, { ...rest, sizeBytes, fileId }));
  return fileId;
}

const entering = (email: string, cooperativeSlug: string) =>
  signIn(server.database, tokens, now, {
    email,
    password: PASSWORD,
    cooperativeSlug,
    address: '192.0.2.1',
    userAgent: 'Canary',
    correlationId: 'erasure',
  });

test(
  'a member who left is erased by two people, and nothing of theirs is left but the books',
  { timeout: 60_000 },
  async () => {
    const { database } = server;
    const river = await found('riverbend');
    const { as, ada, drain, cooperativeId } = river;
    const bob = await river.join('Bob', 'bob@riverbend.example', steward);
    const wren = await river.join('Canary Wren', 'canary@wren.example', ['member', 'contributor']);

    // What is written by her and about her.
    const evidence = await upload(as(wren));
    const gift = { kind: 'cash', quantity: '120', workedOn: '2026-08-05', description: `Paid, ${WORDS}` };
    const { contributionId } = must(
      await logContribution(database, as(wren), { ...gift, evidenceFiles: [evidence] }),
    );
    const ask = (who: Person) => requestErasure(database, as(who), { memberId: wren.memberId });
    expect(await ask(wren)).toMatchObject({ refusal: { code: 'STILL_A_MEMBER', status: 'active' } });
    must(
      await askAboutContribution(database, as(bob), { contributionId, question: `Was it when a ${WORDS}?` }),
    );
    const entries = (minor: bigint) => [
      { accountCode: '1110', bookMinor: minor, taxMinor: minor },
      { accountCode: '3100-03', bookMinor: -minor, taxMinor: -minor },
    ];
    const post = async (minor: bigint) =>
      must(
        await postTransaction(database, river.system, {
          effectiveOn: '2026-08-15',
          description: 'Capital of member 03',
          entries: entries(minor),
        } as never),
      );
    await post(20_000n);
    for (const status of ['withdrawing', 'withdrawn'] as const)
      must(
        await changeMemberStatus(database, as(ada), {
          memberId: wren.memberId,
          status,
          reason: `Since a ${WORDS}`,
        }),
      );
    await drain();
    must(await entering('canary@wren.example', 'riverbend'));

    // What stands against it, one after the other.
    expect(await ask(wren)).toMatchObject({ refusal: { code: 'WORK_OPEN', count: 1 } });
    must(await rejectContribution(database, as(bob), { contributionId, reason: `It was when a ${WORDS}` }));
    must(await ask(wren));
    await drain();
    const last = async () =>
      (await listErasures(database, cooperativeId, { memberId: wren.memberId, limit: 1 }))[0];
    expect(await last()).toMatchObject({
      status: 'refused',
      obstacle: 'CAPITAL_LEFT',
      obstacleMinor: 20_000n,
    });
    await post(-20_000n);
    await drain();

    // Two people.
    expect(
      await requestErasure(database, as({ ...wren, memberId: bob.memberId, roles: ['member'] }), {
        memberId: wren.memberId,
      }),
    ).toMatchObject({ refusal: { code: 'FORBIDDEN' } });
    const { erasureId } = must(await ask(ada));
    expect(await ask(wren)).toMatchObject({ refusal: { code: 'ALREADY_REQUESTED' } });
    expect(await approveErasure(database, as(bob), { erasureId })).toMatchObject({
      refusal: { code: 'NOT_WAITING' },
    });
    await drain();
    expect(await approveErasure(database, as(ada), { erasureId })).toMatchObject({
      refusal: { code: 'SECOND_PERSON_REQUIRED' },
    });
    expect(
      await approveErasure(database, as({ ...wren, roles: ['administrator'] }), { erasureId }),
    ).toMatchObject({ refusal: { code: 'SECOND_PERSON_REQUIRED' } });
    expect(await withdrawErasure(database, as(bob), { erasureId })).toMatchObject({
      refusal: { code: 'FORBIDDEN' },
    });
    // A no leaves no words behind either; and nobody agrees to what has waited too long.
    const no = (who: Person, requestId: string) =>
      declineErasure(database, as(who), { requestId, reason: `Since a ${WORDS}` });
    must(await no(bob, erasureId));
    expect(await last()).toMatchObject({ status: 'declined', endedReason: `Since a ${WORDS}` });
    expect(await no(bob, erasureId)).toMatchObject({ refusal: { code: 'REQUEST_NOT_FOUND' } });
    const again = must(await ask(ada));
    await drain();
    const late = { ...as(bob), now: new Date(now.getTime() + 14 * 86_400_000) };
    expect(await approveErasure(database, late, again)).toMatchObject({
      refusal: { code: 'NOT_WAITING', status: 'expired' },
    });
    must(await no(ada, again.erasureId));
    expect(await last()).toMatchObject({ status: 'withdrawn', declinedByMemberId: null });
    // What nobody agreed to in time keeps nobody from asking anew.
    const early = { ...as(ada), now: new Date(now.getTime() - 14 * 86_400_000) };
    const forgotten = must(await requestErasure(database, early, { memberId: wren.memberId }));
    await drain();
    const third = must(await ask(ada));
    const all = await listErasures(database, cooperativeId, { memberId: wren.memberId, limit: 9 });
    expect(all.filter(({ status }) => status === 'expired')).toMatchObject([forgotten]);
    await drain();

    await sealAuditTrail(database, now);
    const books = await getTrialBalance(database, cooperativeId, { asOf: '2026-12-31' });
    expect(await tablesWith('canary')).not.toEqual([]);
    must(await approveErasure(database, as(bob), third));
    await drain();
    expect(await last()).toMatchObject({ status: 'erased', approvedByMemberId: bob.memberId });
    await removeErasedEvidence(vault).run(database, now);

    expect(await tablesWith('canary')).toEqual([]);
    expect(await vault.read({ cooperativeId, fileId: evidence })).toBeNull();
    expect(await entering('canary@wren.example', 'riverbend')).toMatchObject({
      refusal: { code: 'SIGN_IN_FAILED' },
    });
    expect(await getTrialBalance(database, cooperativeId, { asOf: '2026-12-31' })).toEqual(books);
    await sealAuditTrail(database, now);
    expect(await verifyAuditTrail(database, cooperativeId)).toMatchObject({ fault: null });
    expect(await faults()).toEqual([]);
    expect(await server.asOwner('select handler, error from platform.dead_letter')).toEqual([]);
    expect(await ask(ada)).toMatchObject({ refusal: { code: 'ALREADY_ERASED' } });
  },
);

test(
  'work whose surplus is still to be divided stands against it; an account of another cooperative stays',
  { timeout: 60_000 },
  async () => {
    const { database } = server;
    const north = await found('north');
    const hill = await found('hill');
    const rate = { kind: 'labor', method: 'rate', rate: '100', effectiveFrom: '2026-07-01' };
    must(
      await setValuationRule(database, north.system, {
        ...rate,
        rationale: 'Agreed',
        waiveNotice: true,
      } as never),
    );
    const bob = await north.join('Bob', 'bob@north.example', steward);
    const [here, there] = [
      await north.join('Robin', 'robin@both.example', ['member', 'contributor']),
      await hill.join('Robin', 'robin@both.example', ['member']),
    ];
    expect(here.loginId).toBe(there.loginId);
    const work = { kind: 'labor', quantity: '3', workedOn: '2026-08-05', description: 'Fences' };
    const { contributionId } = must(await logContribution(database, north.as(here), work));
    must(await approveContribution(database, north.as(bob), { contributionId }));
    for (const status of ['withdrawing', 'withdrawn'] as const)
      must(
        await changeMemberStatus(database, north.as(north.ada), {
          memberId: here.memberId,
          status,
          reason: 'Moved',
        }),
      );
    await north.drain();
    const ask = () => requestErasure(database, north.as(here), { memberId: here.memberId });
    expect(await ask()).toMatchObject({
      refusal: { code: 'PERIOD_NOT_CLOSED', period: expect.stringContaining('Q3') as string },
    });

    // Closed, and the capital paid out: by hand here, as the close is not what this is about.
    await server.asOwner(`update people.period set status = 'closed' where cooperative_id = $1`, [
      north.cooperativeId,
    ]);
    await server.asOwner(`alter table agreements.capital_change disable trigger all`);
    await server.asOwner(`delete from agreements.capital_change where cooperative_id = $1`, [
      north.cooperativeId,
    ]);
    await server.asOwner(`alter table agreements.capital_change enable trigger all`);
    const { erasureId } = must(await ask());
    await north.drain();
    must(await approveErasure(database, north.as(bob), { erasureId }));
    await north.drain();
    expect(await entering('robin@both.example', 'north')).toMatchObject({ ok: false });
    must(await entering('robin@both.example', 'hill'));
  },
);
