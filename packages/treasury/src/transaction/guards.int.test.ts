// The database's own guards, met by every way of writing there is: even a superuser in replica mode cannot bring the
// ledger out of balance, into a closed period or onto another cooperative's account.
import { newId } from '@habitat/kernel';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startLedger } from '../ledger.fixture.ts';
import type { Ledger } from '../ledger.fixture.ts';

let ledger: Ledger;
let other: Ledger;
let owner: pg.Client;
let periods: Record<string, string>;
let accounts: Record<string, string>;

beforeAll(async () => {
  ledger = await startLedger();
  other = await startLedger('worker', ledger.test);
  owner = new pg.Client({ connectionString: ledger.test.ownerUrl });
  await owner.connect();
  const byName = async (sql: string, of: string) =>
    Object.fromEntries(
      (await ledger.test.asOwner<{ name: string; id: string }>(sql, [of])).map(({ name, id }) => [name, id]),
    );
  periods = await byName(
    'select name, id from treasury.period where cooperative_id = $1',
    ledger.cooperativeId,
  );
  accounts = await byName(
    'select code as name, id from treasury.account where cooperative_id = $1',
    ledger.cooperativeId,
  );
});
afterAll(async () => {
  await owner.end();
  await ledger.test.end();
});

interface Row {
  readonly id?: string;
  readonly period?: string;
  readonly on?: string;
  readonly entryOn?: string;
  readonly count?: number;
  readonly entries?: readonly (readonly [account: string | undefined, book: number, tax: number])[];
}

const sound = (): readonly (readonly [string | undefined, number, number])[] => [
  [accounts['1110'], 5_000, 5_000],
  [accounts['4130'], -5_000, -5_000],
];

/** Header and entries in one statement, straight into the tables. */
function statement(row: Row): string {
  const id = row.id ?? newId();
  const entries = row.entries ?? sound();
  const on = row.on ?? '2026-05-01';
  const values = entries.map(
    ([account, book, tax], index) =>
      `('${ledger.cooperativeId}'::uuid, '${id}'::uuid, ${index + 1}, '${account}'::uuid, '${row.entryOn ?? on}'::date, '2026-05-01Z'::timestamptz, ${book}, ${tax}, false)`,
  );
  const header = `insert into treasury.transaction (cooperative_id, id, number, period_id, effective_on, recorded_at, description, source, entry_count, actor_kind, correlation_id)
    values ('${ledger.cooperativeId}', '${id}', 900000, '${row.period ?? periods['Q2 2026']}', '${on}', '2026-05-01Z', 'direct', 'manual', ${row.count ?? entries.length}, 'system', 'x')`;
  if (values.length === 0) return header;
  return `with header as (${header}) insert into treasury.entry (cooperative_id, transaction_id, line, account_id, effective_on, recorded_at, book_minor, tax_minor, is_closing) values ${values.join(', ')}`;
}

/** The error code of running SQL as superuser in replica mode; null when it went through (and is rolled back). */
async function refused(...statements: string[]): Promise<string | null> {
  await owner.query('begin');
  try {
    await owner.query('set local session_replication_role = replica');
    for (const sql of statements) await owner.query(sql);
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'none';
  } finally {
    await owner.query('rollback');
  }
}

describe('even a superuser in replica mode', () => {
  test('may write a sound transaction in one statement', async () => {
    expect(await refused(statement({}))).toBeNull();
  });

  test('cannot write one that nobody hears of: its event is recorded with it', async () => {
    const id = newId();
    await owner.query('begin');
    await owner.query('set local session_replication_role = replica');
    await owner.query(statement({ id }));
    const { rows } = await owner.query(
      `select e.type, e.payload ->> 'cashChangeMinor' as cash, e.payload #>> '{incomeChange,bookMinor}' as income,
         (select count(*)::int from platform.outbox o where o.position = e.position) as waiting
       from platform.event e where e.aggregate_id = $1`,
      [id],
    );
    await owner.query('rollback');
    expect(rows).toEqual([{ type: 'treasury.transaction.posted', cash: '5000', income: '5000', waiting: 1 }]);
  });

  test('cannot write one that does not balance, in book or in tax', async () => {
    expect(
      await refused(
        statement({
          entries: [
            [accounts['1110'], 5_000, 5_000],
            [accounts['4130'], -4_999, -5_000],
          ],
        }),
      ),
    ).toBe('HB002');
    expect(
      await refused(
        statement({
          entries: [
            [accounts['1110'], 5_000, 5_000],
            [accounts['4130'], -5_000, 0],
          ],
        }),
      ),
    ).toBe('HB002');
  });

  test('cannot write a header without entries, nor its entries later', async () => {
    const id = newId();
    expect(await refused(statement({ id, entries: [], count: 2 }))).toBe('HB005');
    expect(await refused(statement({ id, count: 3 }))).toBe('HB005');
  });

  test('cannot add a balanced pair to a transaction that stands', async () => {
    const id = newId();
    const late = (line: number, minor: number) =>
      `('${ledger.cooperativeId}', '${id}', ${line}, '${accounts['1110']}', '2026-05-01', '2026-05-01Z', ${minor}, ${minor}, false)`;
    const add = `insert into treasury.entry (cooperative_id, transaction_id, line, account_id, effective_on, recorded_at, book_minor, tax_minor, is_closing) values ${late(3, 7)}, ${late(4, -7)}`;
    expect(await refused(statement({ id }), add)).toBe('HB005');
    const doubled = add.replace(', 3,', ', 1,').replace(', 4,', ', 2,');
    expect(await refused(statement({ id }), doubled)).toBe('23505');
  });

  test('cannot add entries by MERGE either', async () => {
    const merge = `merge into treasury.entry e using (values (1)) v (x) on false when not matched then
      insert (cooperative_id, transaction_id, line, account_id, effective_on, recorded_at, book_minor, tax_minor, is_closing)
      values ('${ledger.cooperativeId}', '${newId()}', 1, '${accounts['1110']}', '2026-05-01', '2026-05-01Z', 5, 5, false)`;
    expect(await refused(merge)).toBe('HB005');
  });

  test('cannot date a transaction outside its period, nor its entries on another day', async () => {
    expect(await refused(statement({ on: '2026-09-01' }))).toBe('HB003');
    expect(await refused(statement({ period: newId() }))).toBe('HB003');
    expect(await refused(statement({ entryOn: '2026-02-01' }))).toBe('HB003');
  });

  test('cannot post into a period that is closing or closed', async () => {
    const to = (status: string, extra = '') =>
      `update treasury.period set status = '${status}'${extra} where id = '${periods['Q2 2026']}'`;
    expect(await refused(to('closing'), `${to('closing')} and false`, statement({}))).toBeNull();
    expect(await refused(to('closing', `, books_final_at = now()`), statement({}))).toBe('HB003');
    expect(await refused(to('closing'), to('closed', ', closed_at = now()'), statement({}))).toBe('HB003');
  });

  test('cannot use a group, a retired account, one that is not there or another cooperative’s', async () => {
    const on = (account: string | undefined) =>
      statement({
        entries: [
          [account, 1, 1],
          [accounts['4130'], -1, -1],
        ],
      });
    expect(await refused(on(accounts['1100']))).toBe('HB004');
    expect(
      await refused(
        `update treasury.account set active = false where id = '${accounts['1120']}'`,
        on(accounts['1120']),
      ),
    ).toBe('HB004');
    expect(await refused(on(newId()))).toBe('HB008');
    const [foreign] = await ledger.test.asOwner<{ id: string }>(
      "select id from treasury.account where cooperative_id = $1 and code = '1110'",
      [other.cooperativeId],
    );
    expect(await refused(on(foreign?.id))).toBe('HB008');
  });

  test('cannot take a member’s capital below zero', async () => {
    const [capital] = await ledger.test.asOwner<{ id: string }>(
      'select id from treasury.account where member_id = $1',
      [ledger.members.alice],
    );
    expect(
      await refused(
        statement({
          entries: [
            [capital?.id, 1, 1],
            [accounts['1110'], -1, -1],
          ],
        }),
      ),
    ).toBe('HB009');
    const dro = `update treasury.account set dro_minor = 1 where id = '${capital?.id}'`;
    expect(
      await refused(
        dro,
        statement({
          entries: [
            [capital?.id, 1, 1],
            [accounts['1110'], -1, -1],
          ],
        }),
      ),
    ).toBeNull();
  });

  test('cannot change, delete or truncate what was posted', async () => {
    for (const table of ['transaction', 'entry', 'layer_704c']) {
      expect(await refused(`update treasury.${table} set recorded_at = now()`)).toBe('HB001');
      expect(await refused(`delete from treasury.${table}`)).toBe('HB001');
      expect(await refused(`truncate treasury.${table} cascade`)).toBe('HB001');
    }
    expect(await refused(`delete from treasury.account`)).toBe('HB001');
    expect(await refused(`update treasury.account set is_leaf = true where code = '1100'`)).toBe('HB001');
    expect(
      await refused(`update treasury.period set ends_on = '2026-07-15' where id = '${periods['Q2 2026']}'`),
    ).toBe('HB001');
    expect(
      await refused(`update treasury.period set status = 'locked' where id = '${periods['Q2 2026']}'`),
    ).toBe('HB003');
  });

  test('cannot reverse in part, nor twice', async () => {
    const id = newId();
    const undo = (minor: number) =>
      statement({
        entries: [
          [accounts['1110'], -minor, -minor],
          [accounts['4130'], minor, minor],
        ],
      })
        .replace("'manual'", "'reversal'")
        .replace('entry_count,', 'reverses_id, entry_count,')
        .replace("'reversal', 2", `'reversal', '${id}', 2`);
    expect(await refused(statement({ id }), undo(5_000))).toBeNull();
    expect(await refused(statement({ id }), undo(4_000))).toBe('HB010');
    expect(await refused(statement({ id }), undo(5_000), undo(5_000))).toBe('23505');
  });

  test('cannot open a period over another', async () => {
    const overlapping = `insert into treasury.period (cooperative_id, id, name, starts_on, ends_on) values ('${ledger.cooperativeId}', '${newId()}', 'x', '2026-06-30', '2026-08-01')`;
    expect(await refused(overlapping)).toBe('23P01');
  });

  test('cannot post at an isolation level that would still see an old period', async () => {
    await owner.query('begin isolation level repeatable read');
    await expect(owner.query(statement({}))).rejects.toMatchObject({ code: 'HB003' });
    await owner.query('rollback');
  });
});

test('nobody who can log in without being a superuser acts as the role the guards look with', async () => {
  const members = await ledger.test.asOwner(
    `select rolname from pg_roles where rolcanlogin and not rolsuper and pg_has_role(oid, 'habitat_guard', 'member')`,
  );
  expect(members).toEqual([]);
  const posing = ledger.test.database.single('treasury', 'set role habitat_guard');
  await expect(posing).rejects.toMatchObject({ code: '42501' });
});

test('without a cooperative named, treasury’s role sees nothing and writes nothing', async () => {
  const rows = await ledger.test.database.transaction('treasury', {}, (client) =>
    client.query('select id from treasury.account'),
  );
  expect(rows).toEqual([]);
  const writing = ledger.test.database.transaction(
    'treasury',
    { cooperativeId: other.cooperativeId },
    (client) => client.query(statement({})),
  );
  await expect(writing).rejects.toMatchObject({ code: '42501' });
});
