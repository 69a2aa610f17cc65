// What waited too long for a second person: the commands themselves take no yes to it, whoever calls them, and it keeps
// nobody from asking anew.
import { expectAccepted } from '@habitat/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approveRequest,
  declineRequest,
  decideSetting,
  postTransaction,
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
