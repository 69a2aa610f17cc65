// The demo cooperative on a real database: its figures are those of the worked example, whatever day it is made on,
// something waits in every queue, and making it again changes nothing.
import { readFile, readdir } from 'node:fs/promises';
import { getAllocation, listDistributions, listRetainedYears } from '@habitat/agreements';
import { createTestDatabase } from '@habitat/database/testing';
import type { TestDatabase } from '@habitat/database/testing';
import { expectAccepted, formatMinor } from '@habitat/kernel';
import { findMemberByEmail } from '@habitat/people';
import { listCooperatives } from '@habitat/platform';
import { getTrialBalance, listMemberCapital, listPeriods } from '@habitat/treasury';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterEach, describe, expect, it } from 'vitest';
import type { PersonKey } from './cast.ts';
import { emailOf } from './cast.ts';
import { makeDemo } from './demo.ts';

let test: TestDatabase | undefined;
afterEach(async () => {
  await test?.end();
  test = undefined;
});

async function demoOn(day: string) {
  test = await createTestDatabase(await sharedPostgresUrl());
  const { database } = test;
  const now = new Date(`${day}T15:00:00Z`);
  const demo = await makeDemo(database, { now });
  const [cooperative] = await listCooperatives(database);
  const cooperativeId = cooperative?.cooperativeId ?? '';
  const memberId = async (key: PersonKey) =>
    (await findMemberByEmail(database, cooperativeId, emailOf(key)))?.memberId ?? '';
  return { test, database, demo, cooperativeId, memberId, now };
}

const money = (minor: bigint) => formatMinor(minor, 2);

/** Capital of the three on a day, book and tax. */
async function capitalOn(world: Awaited<ReturnType<typeof demoOn>>, asOf: string) {
  const all = await listMemberCapital(world.database, world.cooperativeId, { asOf });
  return Object.fromEntries(
    await Promise.all(
      (['alice', 'bob', 'carol'] as const).map(async (key) => {
        const id = await world.memberId(key);
        const found = all.find((one) => one.memberId === id);
        return [key, found === undefined ? [] : [money(found.bookMinor), money(found.taxMinor)]] as const;
      }),
    ),
  );
}

describe('the demo cooperative', () => {
  it('comes out to the cent in mid-quarter', async () => {
    const world = await demoOn('2026-11-21');
    const { database, cooperativeId } = world;
    expect(world.demo.created).toBe(true);
    const periods = await listPeriods(database, cooperativeId);
    expect(periods.map(({ name, status }) => `${name} ${status}`)).toEqual([
      'Q1 2026 closed',
      'Q2 2026 closed',
      'Q3 2026 closed',
      'Q4 2026 open',
    ]);

    const allocated = await Promise.all(
      periods.slice(0, 3).map(async ({ id }) => {
        const found = await getAllocation(database, cooperativeId, id);
        return found?.lines
          .filter((line) => line.bookMinor !== 0n)
          .map((line) => [money(line.bookMinor), money(line.cashMinor)])
          .sort();
      }),
    );
    expect(allocated).toEqual([
      [
        ['1313.51', '525.41'],
        ['713.51', '285.40'],
        ['972.98', '389.19'],
      ],
      [
        ['-475.67', '0.00'],
        ['-648.65', '0.00'],
        ['-875.68', '0.00'],
      ],
      [
        ['2854.05', '570.81'],
        ['3891.89', '778.38'],
        ['5254.06', '1050.81'],
      ],
    ]);
    expect(await capitalOn(world, '2026-06-30')).toMatchObject({ alice: ['22037.83', '8037.83'] });
    expect(await capitalOn(world, '2026-09-30')).toMatchObject({ alice: ['35266.48', '14766.48'] });
  });

  it('keeps the books of its third quarter as printed, before and after the close', async () => {
    const world = await demoOn('2026-11-21');
    const { database, cooperativeId } = world;
    const known = { asOf: '2026-09-30', asKnownAt: new Date('2026-10-07T12:00:00Z') };
    const trial = expectAccepted(await getTrialBalance(database, cooperativeId, known));
    const shown = Object.fromEntries(
      trial.lines
        .filter((line) => line.bookMinor !== 0n || line.taxMinor !== 0n)
        .map((line) => [line.code, [money(line.bookMinor), money(line.taxMinor)]]),
    );
    expect(shown).toEqual({
      1110: ['38385.07', '38385.07'],
      1220: ['6200.00', '6200.00'],
      1420: ['24500.00', '18700.00'],
      1910: ['52000.00', '0.00'],
      2110: ['-3840.00', '-3840.00'],
      2320: ['-1200.00', '-1200.00'],
      '3100-01': ['-30012.42', '-9512.42'],
      '3100-02': ['-38420.75', '-20820.75'],
      '3100-03': ['-27611.90', '-7911.90'],
      3330: ['-8000.00', '-8000.00'],
      4150: ['-24600.00', '-24600.00'],
      4250: ['-12900.00', '-12900.00'],
      4340: ['-3800.00', '-3800.00'],
      5160: ['11400.00', '11400.00'],
      5170: ['9800.00', '9800.00'],
      5210: ['6000.00', '6000.00'],
      5350: ['2100.00', '2100.00'],
    });
  });

  it('leaves something in every queue, and nothing broken behind it', async () => {
    const world = await demoOn('2026-11-21');
    const { database, cooperativeId } = world;
    const waiting = await world.test.asOwner<{ status: string; n: number }>(
      `select status, count(*)::int as n from people.contribution where status not in ('applied', 'rejected') group by 1 order by 1`,
    );
    expect(waiting).toEqual([
      { status: 'clarification', n: 1 },
      { status: 'disputed', n: 1 },
      { status: 'submitted', n: 11 },
    ]);
    const peers = await world.test.asOwner(
      `select c.description as what, p.needed, p.on_timeout as "onTimeout" from people.contribution c
       join people.peer_review p using (cooperative_id, contribution_id) where c.peer_state = 'open'`,
    );
    expect(peers).toEqual([
      { what: 'Cleared the Stones’ lane after the storm', needed: 2, onTimeout: 'escalate' },
    ]);
    const distributions = await listDistributions(database, cooperativeId, { limit: 10 });
    expect(
      distributions.map(({ number, status, totalMinor }) => [number, status, money(totalMinor)]).sort(),
    ).toEqual([
      [1, 'scheduled', '1200.00'],
      [2, 'calculated', '2400.00'],
    ]);
    const years = await listRetainedYears(database, cooperativeId, await world.memberId('alice'));
    expect(
      years.map(({ year, allocatedMinor, paidOutMinor, leftMinor }) => [
        year,
        ...[allocatedMinor, paidOutMinor, leftMinor].map(money),
      ]),
    ).toEqual([
      [2024, '1000.00', '0.00', '1000.00'],
      [2025, '2000.00', '400.00', '1600.00'],
      // 1,313.51 − 875.68 + 5,254.06, less the first quarter's payment, booked and out of capital.
      [2026, '5691.89', '525.41', '5166.48'],
    ]);
    const dead = await world.test.asOwner('select from platform.dead_letter');
    expect(dead).toEqual([]);
    const checks = new URL('../../../../schema/checks/', import.meta.url);
    for (const name of await readdir(checks)) {
      const rows = await world.test.asOwner(await readFile(new URL(name, checks), 'utf8'));
      expect([name, rows]).toEqual([name, []]);
    }
  });

  it('is found, not made again, by a second run', async () => {
    const world = await demoOn('2026-11-21');
    const before = await world.test.asOwner('select count(*) from platform.event');
    const again = await makeDemo(world.database, { now: new Date('2026-11-22T15:00:00Z') });
    expect(again).toEqual({ ...world.demo, created: false });
    expect(await world.test.asOwner('select count(*) from platform.event')).toEqual(before);
  });

  it('that was cut short is not mistaken for a whole one', async () => {
    test = await createTestDatabase(await sharedPostgresUrl());
    const { database } = test;
    const stop = (part: string) => {
      if (part.includes('second quarter')) throw new Error('cut short');
    };
    const now = new Date('2026-11-21T15:00:00Z');
    await expect(makeDemo(database, { now, onProgress: stop })).rejects.toThrow('cut short');
    await expect(makeDemo(database, { now })).rejects.toThrow('only half made');
  });

  it.each(['2026-10-01', '2027-01-03', '2028-03-31'])(
    'has nothing in the future when it is made on %s',
    async (day) => {
      const world = await demoOn(day);
      const late = await world.test.asOwner(
        `select 'event' as what, type as name from platform.event where recorded_at > $1
       union all select 'work', description from people.contribution where worked_on > $2
       union all select 'entry', description from treasury.transaction where effective_on > $2`,
        [world.now, day],
      );
      expect(late).toEqual([]);
      const [alice] = await world.test.asOwner<{ document: { capital: { closing: unknown } } }>(
        `select s.document from agreements.statement s join people.member m using (cooperative_id, member_id)
       where m.number = 1 order by s.document -> 'period' ->> 'startsOn' desc limit 1`,
      );
      expect(alice?.document.capital.closing).toEqual({ bookMinor: '3526648', taxMinor: '1476648' });
    },
    120_000,
  );
});
