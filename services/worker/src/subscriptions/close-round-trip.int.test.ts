// A quarter from the first logged hour to paid members through all contexts and their real handlers: what agreements
// asks, treasury books and answers, and every check of the database holds at the end.
import { readdir, readFile } from 'node:fs/promises';
import {
  approveAllocation,
  approveDistribution,
  approveReopen,
  beginPeriodClose,
  calculateDistribution,
  confirmCloseStep,
  findDistributions,
  getPeriodClose,
  listRetainedLots,
  listStatements,
  markDistributionPaid,
  proposeAllocation,
  requestReopen,
  scheduleDistribution,
} from '@habitat/agreements';
import type { CommandContext } from '@habitat/database';
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import type { Actor, Result, Role } from '@habitat/kernel';
import { newId, systemActor } from '@habitat/kernel';
import { drainEvents, replayProjection } from '@habitat/messaging';
import { addMember, approveContribution, logContribution, setValuationRule } from '@habitat/people';
import { createCooperative } from '@habitat/platform';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { getTrialBalance, listMemberCapital, listPeriods, postTransaction } from '@habitat/treasury';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { agreementsProjections } from './agreements.ts';
import { allHandlers } from './index.ts';

let server: TestDatabase;
let now = new Date('2026-06-20T15:00:00Z');
let cooperativeId = '';

beforeAll(async () => {
  server = await createTestDatabase(await sharedPostgresUrl());
});
afterAll(() => server.end());

function must<T>(result: Result<T, unknown>): T {
  if (result.ok) return result.value;
  const told = JSON.stringify(result.refusal, (_key, one: unknown) =>
    typeof one === 'bigint' ? one.toString() : one,
  );
  throw new Error(`refused: ${told}`);
}

const as = (actor: Actor): CommandContext => ({ cooperativeId, actor, now, correlationId: 'round-trip' });
const drain = () => drainEvents({ database: server.database, handlers: allHandlers, clock: () => now });

async function join(name: string, roles: readonly Role[]): Promise<Actor & { memberId: string }> {
  const email = `${name.toLowerCase()}@riverbend.example`;
  const input = { displayName: name, email, joinedOn: '2026-01-15', roles };
  const { memberId } = must(await addMember(server.database, as(systemActor(cooperativeId)), input));
  return { kind: 'person', cooperativeId, loginId: newId(), memberId, roles };
}

async function faults(): Promise<unknown[]> {
  const folder = new URL('../../../../schema/checks/', import.meta.url);
  const found: unknown[] = [];
  for (const name of await readdir(folder)) {
    const rows = await server.asOwner(
      (await readFile(new URL(name, folder), 'utf8')).trim().replace(/;$/, ''),
    );
    found.push(...rows.map((row) => ({ name, ...row })));
  }
  return found;
}

async function deadLetters(): Promise<unknown[]> {
  return server.asOwner('select handler, error from platform.dead_letter');
}

test(
  'from a logged hour to a paid surplus, and back by an emergency reopen',
  { timeout: 120_000 },
  async () => {
    const { database } = server;
    const founded = must(
      await createCooperative(
        database,
        { now, correlationId: 'round-trip' },
        {
          name: 'Riverbend Cooperative',
          slug: 'riverbend',
          currency: 'USD',
          timeZone: 'America/New_York',
          taxRegime: 'subchapter_k',
          template: 'limited-cooperative-association',
          firstPeriodStartsOn: '2026-07-01',
          periodLength: 'quarter',
          administrator: {
            email: 'frances@riverbend.example',
            displayName: 'Frances',
            password: 'a long enough pass phrase',
          },
        },
      ),
    );
    cooperativeId = founded.cooperativeId;
    await drain();
    const everything: Role[] = [
      'member',
      'contributor',
      'reviewer',
      'treasurer',
      'allocator',
      'administrator',
      'board_member',
    ];
    const carol = await join('Carol', everything);
    const alice = await join('Alice', ['member', 'contributor']);
    const bob = await join('Bob', [
      'member',
      'contributor',
      'reviewer',
      'treasurer',
      'administrator',
      'board_member',
    ]);
    await drain();
    now = new Date('2026-07-02T15:00:00Z');
    must(
      await setValuationRule(database, as(systemActor(cooperativeId)), {
        kind: 'labor',
        method: 'rate',
        rate: '100',
        effectiveFrom: '2026-07-01',
        rationale: 'The assembly said so',
        waiveNotice: true,
      } as Parameters<typeof setValuationRule>[2]),
    );
    now = new Date('2026-08-20T15:00:00Z');
    for (const [who, hours] of [
      [alice, '9'],
      [bob, '6'],
      [carol, '5'],
    ] as const) {
      const work = {
        kind: 'labor',
        quantity: hours,
        workedOn: '2026-08-10',
        description: 'North field irrigation',
      };
      const { contributionId } = must(await logContribution(database, as(who), work));
      must(await approveContribution(database, as(who === bob ? carol : bob), { contributionId }));
    }
    for (let sale = 0; sale < 4; sale += 1) {
      const entries = [
        { accountCode: '1110', bookMinor: 400_000n, taxMinor: 400_000n },
        { accountCode: '4130', bookMinor: -400_000n, taxMinor: -400_000n },
      ];
      const sold = { effectiveOn: '2026-08-15', description: 'Event rental', entries };
      must(
        await postTransaction(database, as(carol), sold as unknown as Parameters<typeof postTransaction>[2]),
      );
    }
    await drain();
    expect(await deadLetters()).toEqual([]);

    now = new Date('2026-10-08T15:00:00Z');
    const period = (await listPeriods(database, cooperativeId)).find(({ name }) => name.includes('Q3'));
    if (period === undefined) throw new Error('there is no third quarter');
    const { closeId } = must(await beginPeriodClose(database, as(carol), { periodId: period.id }));
    for (const step of [1, 2, 3]) {
      must(await confirmCloseStep(database, as(carol), { closeId, step }));
      await drain();
    }
    const { recordHash } = must(await proposeAllocation(database, as(carol), { closeId }));
    must(await approveAllocation(database, as(bob), { closeId, recordHash }));
    await drain();
    expect(await deadLetters()).toEqual([]);
    const view = await getPeriodClose(database, cooperativeId, { closeId });
    expect(view?.close).toMatchObject({
      status: 'completed',
      income: { netIncome: { bookMinor: '1600000' } },
    });
    const shares = new Map(view?.lines.map((line) => [line.memberId, line.bookMinor]));
    expect([alice, bob, carol].map(({ memberId }) => shares.get(memberId))).toEqual([
      720_000n,
      480_000n,
      400_000n,
    ]);
    const capital = await listMemberCapital(database, cooperativeId, { asOf: '2026-09-30' });
    expect(
      JSON.stringify(capital, (_key, one: unknown) => (typeof one === 'bigint' ? one.toString() : one)),
    ).toContain('"810000"');
    expect((await getTrialBalance(database, cooperativeId, { asOf: '2026-10-08' })).ok).toBe(true);
    const [statement] = await listStatements(database, cooperativeId, alice.memberId);
    expect(statement?.document).toMatchObject({
      share: { shareMinor: '720000' },
      capital: { opening: { bookMinor: '0' }, closing: { bookMinor: '810000', taxMinor: '720000' } },
    });
    expect(await faults()).toEqual([]);

    const reopenable = { periodId: period.id, reason: 'An invoice was booked twice' };
    must(await requestReopen(database, as(carol), reopenable));
    must(await approveReopen(database, as(bob), { periodId: period.id }));
    await drain();
    expect((await getPeriodClose(database, cooperativeId, { closeId }))?.close.status).toBe('reopened');
    expect(await faults()).toEqual([]);

    const again = must(await beginPeriodClose(database, as(carol), { periodId: period.id })).closeId;
    for (const step of [1, 2, 3]) {
      must(await confirmCloseStep(database, as(carol), { closeId: again, step }));
      await drain();
    }
    const second = must(await proposeAllocation(database, as(carol), { closeId: again }));
    must(await approveAllocation(database, as(bob), { closeId: again, recordHash: second.recordHash }));
    await drain();
    expect((await getPeriodClose(database, cooperativeId, { closeId: again }))?.close.status).toBe(
      'completed',
    );

    const calculated = await calculateDistribution(database, as(bob), {
      basis: 'allocation',
      periodId: period.id,
    });
    const { distributionId } = must(calculated);
    must(await approveDistribution(database, as(carol), { distributionId }));
    must(await scheduleDistribution(database, as(bob), { distributionId, payOn: '2026-10-08' }));
    await drain();
    must(
      await markDistributionPaid(database, as(bob), {
        distributionId,
        paidOn: '2026-10-08',
        reference: 'ACH 17',
      }),
    );
    await drain();
    const [paid] = await findDistributions(database, cooperativeId, [distributionId]);
    expect(paid).toMatchObject({ status: 'completed', totalMinor: 320_000n, cashNowMinor: 1_280_000n });
    const lots = await listRetainedLots(database, cooperativeId, alice.memberId);
    expect(lots.map(({ leftMinor }) => leftMinor)).toEqual([0n, 576_000n]);
    expect(await deadLetters()).toEqual([]);
    expect(await faults()).toEqual([]);

    for (const projection of agreementsProjections) {
      const report = await replayProjection({ ownerUrl: server.ownerUrl, projection, cooperativeId });
      expect(report).toMatchObject({ projection: projection.name, differences: [] });
    }
  },
);
