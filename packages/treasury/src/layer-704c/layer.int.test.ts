// A §704(c) layer stands as long as what opened it does, and the divergence of the bases tells it.
import type { LocalDate } from '@habitat/kernel';
import { addDays, expectAccepted } from '@habitat/kernel';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  approveRequest,
  getDivergence,
  listLayers,
  postContributions,
  reverseTransaction,
} from '../index.ts';
import { startLedger, valued } from '../ledger.fixture.ts';
import type { Ledger } from '../ledger.fixture.ts';

let ledger: Ledger;

beforeAll(async () => {
  ledger = await startLedger();
});
afterAll(() => ledger.test.end());

test('a member’s bases differ by the layer until the equipment is taken back out', async () => {
  await ledger.deliver(
    postContributions,
    valued(ledger, { kind: 'in_kind', valueMinor: 1_000_000n, taxMinor: 700_000n }),
  );
  const { database } = ledger.test;
  const [layer] = await listLayers(database, ledger.cooperativeId);
  const given = (layer?.effectiveOn ?? '') as LocalDate;
  const { requestId } = expectAccepted(
    await reverseTransaction(database, ledger.as('tess', ['treasurer']), {
      transactionId: layer?.transactionId ?? '',
      reason: 'it was lent, not given',
      effectiveOn: addDays(given, 1),
    }),
  );
  expectAccepted(await approveRequest(database, ledger.as('ada', ['administrator']), { requestId }));
  const at = (day: string) => getDivergence(database, ledger.cooperativeId, day);
  expect((await at(given)).members).toMatchObject([
    { memberId: ledger.members.alice, differenceMinor: -300_000n, builtInGainMinor: 300_000n },
  ]);
  expect(await at(addDays(given, 1))).toEqual({ lines: [], members: [] });
});
