// What waited too long for a second person: the commands themselves take no yes to it, whoever calls them, and it keeps
// nobody from asking anew.
import { expectAccepted } from '@habitat/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approveRequest,
  correctTransaction,
  declineRequest,
  decideSetting,
  expireTreasuryWaiting,
  listTreasuryWaiting,
  lockPeriod,
  postTransaction,
  reverseTransaction,
  setJournalThreshold,
} from '../index.ts';
import type { Ledger } from '../ledger.fixture.ts';
import { brokenChecks, NOW, startLedger } from '../ledger.fixture.ts';
import { treasurySettings } from '../setting/setting.queries.ts';

let ledger: Ledger;

beforeAll(async () => {
  ledger = await startLedger();
});
afterAll(async () => {
  expect(await brokenChecks(ledger)).toEqual([]);
  await ledger.test.end();
});

const later = (who: string, days: number) =>
  ledger.as(who, ['treasurer', 'administrator'], new Date(NOW.getTime() + days * 86_400_000));

test('a journal entry past its days takes no yes any more, and a no still', async () => {
  const { database } = ledger.test;
  const amount = (accountCode: string, minor: bigint) => ({ accountCode, bookMinor: minor, taxMinor: minor });
  const sale = {
    effectiveOn: '2026-05-04',
    description: 'rental',
    entries: [amount('1110', 500_000n), amount('4130', -500_000n)],
  };
  const asked = expectAccepted(await postTransaction(database, ledger.as('tess', ['treasurer']), sale));
  const requestId = asked.requestId ?? '';
  const expired = { refusal: { code: 'ALREADY_DECIDED', status: 'expired' } };
  expect(await approveRequest(database, later('ted', 14), { requestId })).toMatchObject(expired);
  const three = { requestId, secondPersonDays: 3 };
  expect(await approveRequest(database, later('ted', 3), three)).toMatchObject(expired);
  expectAccepted(await declineRequest(database, later('ted', 14), { requestId, reason: 'not any more' }));
});

test('a raised threshold past its days is not agreed to, and another one may be asked for', async () => {
  const { database } = ledger.test;
  const raise = { amountMinor: 900_000n, rationale: 'larger deals' };
  const ada = ledger.as('ada', ['administrator']);
  const { settingId } = expectAccepted(await setJournalThreshold(database, ada, raise));
  const late = later('bea', 3);
  const yes = { settingId, approve: true, secondPersonDays: 3 };
  expect(await decideSetting(database, late, yes)).toMatchObject({ refusal: { code: 'NOTHING_TO_DECIDE' } });
  expect(await setJournalThreshold(database, late, raise)).toMatchObject({
    refusal: { code: 'CHANGE_WAITING' },
  });
  const anew = expectAccepted(await setJournalThreshold(database, late, { ...raise, secondPersonDays: 3 }));
  const { versions } = await treasurySettings(database, ledger.cooperativeId);
  expect(versions.map(({ id, outcome }) => [id, outcome])).toEqual([
    [anew.settingId, null],
    [settingId, 'expired'],
  ]);
});

/** What the log tells of requests that nobody decided in time, the newest first. */
const expired = () =>
  ledger.test.asOwner<{ requestId: string; asked: string; expiredOn: string; command: string }>(
    `select payload ->> 'requestId' as "requestId", payload ->> 'asked' as asked,
       payload ->> 'expiredOn' as "expiredOn", command
     from platform.event where cooperative_id = $1 and type = 'platform.request.expired' order by position desc`,
    [ledger.cooperativeId],
  );
const dones = async (command: string) =>
  (
    await ledger.test.asOwner(
      `select 1 from platform.event where cooperative_id = $1 and type = 'platform.act.done' and command = $2`,
      [ledger.cooperativeId, command],
    )
  ).length;

test('a reversal or correction past its days ends when it is asked for anew, once, and the log tells both', async () => {
  const { database } = ledger.test;
  const amount = (accountCode: string, minor: bigint) => ({ accountCode, bookMinor: minor, taxMinor: minor });
  const sale = {
    effectiveOn: '2026-05-04',
    description: 'rental',
    entries: [amount('1110', 1_000n), amount('4130', -1_000n)],
  };
  const posted = expectAccepted(await postTransaction(database, ledger.as('tess', ['treasurer']), sale));
  const undoing = {
    transactionId: posted.transactionIds[0] ?? '',
    reason: 'double',
    effectiveOn: '2026-05-05',
  };
  const asking = {
    reverseTransaction: (who: string, days: number) =>
      reverseTransaction(database, later(who, days), { ...undoing, secondPersonDays: 3 }),
    correctTransaction: (who: string, days: number) =>
      correctTransaction(database, later(who, days), {
        ...undoing,
        replacement: sale,
        secondPersonDays: 3,
      }),
  };
  for (const [name, ask] of Object.entries(asking)) {
    const { requestId } = expectAccepted(await ask('tess', 0));
    expect(await ask('ted', 2)).toMatchObject({ refusal: { code: 'REQUEST_EXISTS' } });
    const atOnce = await Promise.all([ask('ted', 3), ask('tess', 3), ask('ada', 3)]);
    const refused = atOnce.flatMap((one) => (one.ok ? [] : one.refusal.code));
    expect(refused).toEqual(['REQUEST_EXISTS', 'REQUEST_EXISTS']);
    const [newest, ...rest] = await expired();
    expect(newest).toEqual({ requestId, asked: name, expiredOn: '2026-05-15', command: name });
    expect(rest.map((one) => one.requestId)).not.toContain(requestId);
    expect(await dones(name)).toBe(2);
  }
});

test('the second call after the days of a lock locks nothing: it asks anew', async () => {
  const { database } = ledger.test;
  const periodId = await ledger.periodId('Q1 2026');
  for (const status of ['closing', 'closed'])
    await ledger.test.asOwner(
      `update treasury.period set status = $3, closed_at = case when $3 = 'closed' then now() end
       where cooperative_id = $1 and id = $2`,
      [ledger.cooperativeId, periodId, status],
    );
  const lock = (who: string, days: number) =>
    lockPeriod(database, later(who, days), { periodId, secondPersonDays: 3 });
  const first = expectAccepted(await lock('ada', 0));
  const anew = expectAccepted(await lock('bea', 3));
  expect(anew).toMatchObject({ locked: false });
  expect((await expired())[0]).toMatchObject({ requestId: first.requestId, asked: 'lockPeriod' });
  expect(expectAccepted(await lock('ada', 4))).toEqual({ ...anew, locked: true });
});

test('the clock tells of each request it ends, and of none it leaves', async () => {
  const { database } = ledger.test;
  const told = (await expired()).length;
  const waiting = await listTreasuryWaiting(database, ledger.cooperativeId);
  await expireTreasuryWaiting(database, later('clock', 5), 3);
  expect(await expired()).toHaveLength(told);
  await expireTreasuryWaiting(database, later('clock', 6), 3);
  expect(
    (await expired())
      .slice(0, -told)
      .map((one) => one.requestId)
      .sort(),
  ).toEqual(waiting.map(({ id }) => id).sort());
  expect(await listTreasuryWaiting(database, ledger.cooperativeId)).toEqual([]);
});
