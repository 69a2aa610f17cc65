// Importing into a cooperative with closed periods and members at work: what the contexts refuse is told by line and
// column like the file's own faults, nothing is half imported, and a batch can be taken back.
import { createTestDatabase } from '@habitat/database/testing';
import type { TestDatabase } from '@habitat/database/testing';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from '../demo/demo.ts';
import { runHabitat } from '../program.ts';

let test: TestDatabase;
const folder = mkdtempSync(join(tmpdir(), 'habitat-import-'));

beforeAll(async () => {
  test = await createTestDatabase(await sharedPostgresUrl());
  await makeDemo(test.database, { now: new Date() });
});
afterAll(async () => {
  await test.end();
  rmSync(folder, { recursive: true });
});

interface Outcome {
  readonly state: string;
  readonly batchId: string;
  readonly rows: number;
  readonly items: number;
  readonly faults: readonly { line: number | null; column: string | null; code: string }[];
}

async function habitat(...argv: string[]): Promise<{ code: number; out: string; err: string }> {
  const told = { out: '', err: '' };
  const code = await runHabitat(
    argv,
    { DATABASE_URL: test.appUrl },
    {
      out: (text) => void (told.out += text),
      err: (text) => void (told.err += text),
    },
  );
  return { code, ...told };
}

async function run(kind: string, lines: readonly string[], ...more: string[]): Promise<Outcome> {
  const file = join(folder, `${kind}.csv`);
  writeFileSync(file, lines.join('\n'));
  const as = more.includes('--as') ? [] : ['--as', 'ed@riverbend.example'];
  const { out, err } = await habitat(
    'import',
    kind,
    file,
    '--cooperative',
    'riverbend',
    ...as,
    '--json',
    ...more,
  );
  expect(err).toBe('');
  return JSON.parse(out) as Outcome;
}

async function undo(kind: string, batchId: string): Promise<Outcome> {
  const { out } = await habitat(
    'import',
    kind,
    '--undo',
    batchId,
    '--reason',
    'the wrong file',
    '--cooperative',
    'riverbend',
    '--as',
    'ed@riverbend.example',
    '--json',
  );
  return JSON.parse(out) as Outcome;
}

const codes = (outcome: Outcome) => outcome.faults.map(({ line, column, code }) => [line, column, code]);

/** A fingerprint of everything an import could change. */
async function state(): Promise<Record<string, bigint> & { events: bigint }> {
  const [row] = await test.asOwner<Record<string, bigint> & { events: bigint }>(
    `select (select count(*) from people.member) as members, (select count(*) from people.contribution) as contributions,
       (select count(*) from treasury.transaction) as transactions, (select count(*) from platform.event) as events,
       (select count(*) from agreements.retained_lot) as lots, (select count(*) from platform.import_batch) as batches,
       (select count(*) from platform.idempotency_key) as keys`,
  );
  if (row === undefined) throw new Error('counting gave nothing');
  return row;
}

const today = () => new Intl.DateTimeFormat('en-CA', { timeZone: 'America/New_York' }).format(new Date());
const MEMBERS = 'display_name,email,class,joined_on';
const JOURNAL = 'entry,effective_on,description,account,member,book_debit,book_credit,tax_debit,tax_credit';
const GIFTS = 'member_email,kind,quantity,worked_on,description';
const LOTS = 'member,year,allocated,paid_out';

describe('a dry run', () => {
  it('tells the faults only the cooperative knows, each at its line and column, and changes nothing', async () => {
    const before = await state();
    const members = await run(
      'members',
      [MEMBERS, 'Al,alice@riverbend.example,cooperative,2026-01-01', 'Vi,vi@v.example,nobles,2026-01-01'],
      '--dry-run',
    );
    expect(codes(members)).toEqual([
      [2, 'email', 'EMAIL_TAKEN'],
      [3, 'class', 'UNKNOWN_CLASS'],
    ]);
    const year = Number(today().slice(0, 4));
    const journal = await run(
      'journal',
      [
        JOURNAL,
        `1,${today()},Rent,5999,,10,,10,`,
        `1,${today()},Rent,1110,,,10,,10`,
        `2,${year - 3}-01-05,Old,5170,,10,,10,`,
        `2,${year - 3}-01-05,Old,1110,,,10,,10`,
        `3,${year + 1}-12-31,Later,5170,,10,,10,`,
        `3,${year + 1}-12-31,Later,1110,,,10,,10`,
        `4,${today()},Group,5100,,10,,10,`,
        `4,${today()},Group,1110,,,10,,10`,
      ],
      '--dry-run',
    );
    expect(codes(journal)).toEqual([
      [2, 'account', 'UNKNOWN_ACCOUNT'],
      [4, 'effective_on', 'PERIOD_NOT_OPEN'],
      [6, 'effective_on', 'FUTURE_DATE'],
      [8, 'account', 'ACCOUNT_NOT_A_LEAF'],
    ]);
    const gifts = await run(
      'contributions',
      [
        GIFTS,
        `alice@riverbend.example,labor,31,${today()},Too long`,
        `alice@riverbend.example,cash,10.005,${today()},Mills`,
        `nobody@x.example,labor,1,${today()},Nobody`,
      ],
      '--dry-run',
    );
    // An address nobody has is found before people are asked about the rest.
    expect(codes(gifts)).toEqual([[4, 'member_email', 'MEMBER_NOT_FOUND']]);
    const worth = await run(
      'contributions',
      [
        GIFTS,
        `alice@riverbend.example,labor,31,${today()},Too long`,
        `alice@riverbend.example,cash,10.005,${today()},Mills`,
      ],
      '--dry-run',
    );
    expect(worth.faults.map(({ line, column }) => [line, column])).toEqual([
      [2, 'quantity'],
      [3, 'quantity'],
    ]);
    expect(await state()).toEqual(before);
  });

  it('says what a sound file would make and makes none of it', async () => {
    const before = await state();
    const outcome = await run('members', [MEMBERS, 'Vi,vi@v.example,community,2026-01-01'], '--dry-run');
    expect(outcome).toEqual({ state: 'would import', rows: 1, items: 1 });
    expect(await state()).toEqual(before);
  });
});

describe('an import', () => {
  it('is all or nothing, and leaves nothing when it is refused but the try in the audit trail', async () => {
    const before = await state();
    const outcome = await run('members', [
      MEMBERS,
      'Vi,vi@v.example,community,2026-01-01',
      'Al,alice@riverbend.example,community,2026-01-01',
    ]);
    expect(codes(outcome)).toEqual([[3, 'email', 'EMAIL_TAKEN']]);
    expect(await state()).toEqual({ ...before, events: before.events + 1n });
  });

  it('is only for treasurers and administrators', async () => {
    const outcome = await run(
      'members',
      [MEMBERS, 'Vi,vi@v.example,community,2026-01-01'],
      '--as',
      'bob@riverbend.example',
    );
    expect(outcome.faults.map(({ code }) => code)).toEqual(['FORBIDDEN']);
  });

  it('of the same bytes is refused while the first one stands', async () => {
    const lines = [MEMBERS, 'Ida,ida@v.example,community,2026-01-01'];
    const first = await run('members', lines);
    expect(first.state).toBe('imported');
    expect(codes(await run('members', lines))).toEqual([[null, null, 'ALREADY_IMPORTED']]);
    expect((await undo('members', first.batchId)).items).toBe(1);
    expect((await run('members', lines)).state).toBe('imported');
  });

  it('that was cut short after its file was taken is finished by sending the file again', async () => {
    const lines = [MEMBERS, 'Rue,rue@v.example,community,2026-01-01'];
    const first = await run('members', lines);
    await test.asOwner(`update platform.import_batch set state = 'running', done_at = null where id = $1`, [
      first.batchId,
    ]);
    expect(await run('members', lines)).toEqual(first);
    const rues = await test.asOwner(`select from people.member where display_name = 'Rue'`);
    expect(rues).toHaveLength(1);
  });

  it('ends with one sentence for a person, and exit code 1 for faults', async () => {
    const file = join(folder, 'broken.csv');
    writeFileSync(file, `${MEMBERS}\n"Vi,vi@v.example,community,2026-01-01`);
    const { code, out } = await habitat(
      'import',
      'members',
      file,
      '--cooperative',
      'riverbend',
      '--as',
      'ed@riverbend.example',
    );
    expect([code, out.split('\n').at(-2)]).toEqual([1, '1 fault; nothing was imported.']);
    const missing = await habitat(
      'import',
      'members',
      join(folder, 'none.csv'),
      '--cooperative',
      'riverbend',
      '--as',
      'ed@riverbend.example',
    );
    expect([missing.code, missing.err]).toEqual([
      1,
      `The file ${join(folder, 'none.csv')} cannot be read.\n`,
    ]);
  });
});

describe('taking a batch back', () => {
  it('reverses journal entries and leaves every balance as it was', async () => {
    const balances = () =>
      test.asOwner(
        'select account_id, sum(book_minor) as book, sum(tax_minor) as tax from treasury.entry group by 1 having sum(book_minor) <> 0 or sum(tax_minor) <> 0 order by 1',
      );
    const before = await balances();
    const lines = [
      JOURNAL,
      `a,${today()},Barn roof,5170,,9000,,9000,`,
      `a,${today()},Barn roof,1110,,,9000,,9000`,
    ];
    const outcome = await run('journal', lines);
    expect(outcome).toMatchObject({ state: 'imported', rows: 2, items: 1 });
    expect(await balances()).not.toEqual(before);
    expect(await undo('journal', outcome.batchId)).toEqual({ state: 'undone', items: 1 });
    expect(await balances()).toEqual(before);
    expect((await undo('journal', outcome.batchId)).faults.map(({ code }) => code)).toEqual([
      'BATCH_NOT_DONE',
    ]);
  });

  it('withdraws contributions nobody decided, and refuses when one is decided', async () => {
    const lines = [
      GIFTS,
      `alice@riverbend.example,labor,2,${today()},Fence`,
      `bob@riverbend.example,labor,1:30,${today()},Gate`,
    ];
    const outcome = await run('contributions', lines);
    expect(outcome).toMatchObject({ state: 'imported', items: 2 });
    await test.asOwner(`update people.contribution set status = 'rejected' where description = 'Gate'`);
    expect(codes(await undo('contributions', outcome.batchId))).toEqual([[3, null, 'ALREADY_DECIDED']]);
    await test.asOwner(`update people.contribution set status = 'submitted' where description = 'Gate'`);
    expect((await undo('contributions', outcome.batchId)).items).toBe(2);
    const left = await test.asOwner(
      `select distinct status from people.contribution where description in ('Gate', 'Fence')`,
    );
    expect(left).toEqual([{ status: 'withdrawn' }]);
  });

  it('keeps members somebody built on', async () => {
    const outcome = await run('members', [
      MEMBERS,
      'Uma,uma@v.example,community,2026-01-01',
      'Per,per@v.example,community,2026-01-01',
    ]);
    const gift = await run('contributions', [GIFTS, `uma@v.example,labor,2,${today()},Hedge`]);
    expect(gift.state).toBe('imported');
    expect(codes(await undo('members', outcome.batchId))).toEqual([[2, null, 'HAS_CONTRIBUTIONS']]);
    await undo('contributions', gift.batchId);
    expect((await undo('members', outcome.batchId)).items).toBe(2);
    const members = await test.asOwner(
      `select distinct status from people.member where display_name in ('Uma', 'Per')`,
    );
    expect(members).toEqual([{ status: 'withdrawn' }]);
  });

  it('empties opening lots; years the books know already are refused', async () => {
    const year = Number(today().slice(0, 4));
    expect(codes(await run('retained-patronage', [LOTS, `ed@riverbend.example,${year},10,`]))).toEqual([
      [2, null, 'YEAR_NOT_BEFORE_BOOKS'],
    ]);
    const outcome = await run('retained-patronage', [LOTS, `ed@riverbend.example,${year - 2},100.10,0.10`]);
    expect(outcome).toMatchObject({ state: 'imported', items: 1 });
    const again = await run('retained-patronage', [LOTS, `ed@riverbend.example,${year - 2},5,`]);
    expect(codes(again)).toEqual([[2, null, 'LOT_EXISTS']]);
    expect((await undo('retained-patronage', outcome.batchId)).items).toBe(1);
    const [left] = await test.asOwner<{ left: string }>(
      `select l.allocated_minor - l.opening_paid_minor - sum(m.amount_minor) as left
       from agreements.retained_lot l join agreements.lot_movement m on m.lot_id = l.id
       where l.allocated_minor = 10010 group by l.allocated_minor, l.opening_paid_minor`,
    );
    expect(left).toEqual({ left: '0' });
  });
});
