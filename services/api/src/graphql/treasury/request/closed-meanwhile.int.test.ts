// What waits for a second person when its period closes: it says which period, nobody can approve it any more, and
// whoever might have can still decline it, as whoever asked can take it back.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import { Party } from '../../../testing/party.ts';
import { Served } from '../../../testing/served-cooperative.ts';
import { encodeGlobalId } from '../../global-id.ts';

let served: Served;
let party: Party;
const requests = new Map<string, string>();

const sale = (effectiveOn: string, description: string, amount = '80.00') => ({
  effectiveOn,
  description,
  entries: [
    { accountCode: '1110', book: amount },
    { accountCode: '4130', book: `-${amount}` },
  ],
});

async function post(description: string): Promise<string> {
  const payload = 'transaction { id }';
  const { transaction } = await party.act(
    'tess',
    'postTransaction',
    sale('2026-09-10', description),
    payload,
  );
  return transaction.id as string;
}

async function ask(name: string, act: string, input: object): Promise<void> {
  const { request } = await party.act('tess', act, input, 'request { id }');
  requests.set(name, request.id as string);
}

async function close(): Promise<void> {
  const { periods } = await party.ask('carol', '{ periods { id name } }');
  const periodId = periods.find(({ name }: { name: string }) => name === 'Q3 2026').id as string;
  const begun = await party.act('carol', 'beginPeriodClose', { periodId }, 'periodClose { id }');
  const closeId = begun.periodClose.id as string;
  for (const at of [1, 2, 3]) await party.act('carol', 'confirmCloseStep', { closeId, step: at });
  const payload = 'periodClose { proposal { recordHash } }';
  const { periodClose } = await party.act('carol', 'proposeAllocation', { closeId }, payload);
  await party.act('bea', 'approveAllocation', { closeId, recordHash: periodClose.proposal.recordHash });
}

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  served.now = new Date('2026-09-20T15:00:00Z');
  const hill = await served.found('hill', { firstPeriodStartsOn: '2026-07-01' });
  party = await Party.join(served, hill, {
    tess: ['member', 'treasurer'],
    theo: ['member', 'treasurer'],
    carol: ['member', 'allocator'],
    mia: ['member', 'contributor'],
    rita: ['member', 'reviewer'],
    bea: ['member', 'administrator', 'board_member'],
  });
  // The surplus goes to somebody, who was there.
  const memberId = encodeGlobalId('Member', party.memberIds.get('mia') ?? '');
  await party.act('bea', 'changeMember', { memberId, joinedOn: '2026-07-01' });
  const rule = {
    kind: 'LABOR',
    method: 'rate',
    rate: '50',
    effectiveFrom: '2026-09-20',
    rationale: 'as agreed',
  };
  await party.act('bea', 'setValuationRule', rule);
  const given = { kind: 'LABOR', quantity: '6', workedOn: '2026-09-20', description: 'Hay' };
  const { contribution } = await party.act('mia', 'logContribution', given, 'contribution { id }');
  await party.act('rita', 'approveContribution', { contributionId: contribution.id });
  served.now = new Date('2026-10-03T15:00:00Z');
  await party.signInAgain();
  await party.act('carol', 'openPeriod', {});
  const reason = 'Booked twice';
  const [whole, slip, moved, later] = [await post('A'), await post('B'), await post('C'), await post('D')];
  await ask('reversal', 'reverseTransaction', { transactionId: whole, reason, effectiveOn: '2026-09-28' });
  await ask('correction', 'correctTransaction', {
    transactionId: slip,
    reason,
    effectiveOn: '2026-09-28',
    replacement: sale('2026-09-28', 'Eight it was', '8.00'),
  });
  await ask('entry', 'postTransaction', sale('2026-09-28', 'A large one', '9000.00'));
  // Taken out of the quarter that is open, put into the one that closes.
  await ask('half', 'correctTransaction', {
    transactionId: moved,
    reason,
    effectiveOn: '2026-10-02',
    replacement: sale('2026-09-28', 'Where it belongs', '80.00'),
  });
  await ask('after', 'reverseTransaction', { transactionId: later, reason, effectiveOn: '2026-10-02' });
});
afterAll(() => served.stop());

const LISTED = '{ journalRequests { id act status closedPeriod viewerMay } }';

async function seenBy(who: string): Promise<Record<string, object>> {
  const { journalRequests } = await party.ask(who, LISTED);
  const byId = new Map(journalRequests.map((one: { id: string }) => [one.id, one]));
  return Object.fromEntries([...requests].map(([name, id]) => [name, byId.get(id) as object]));
}

test('while its period is open nothing is said of it, and another may approve', async () => {
  for (const one of Object.values(await seenBy('theo')))
    expect(one).toMatchObject({ closedPeriod: null, viewerMay: ['approve', 'decline'] });
});

test('once its period has closed it says so, to everybody, and nobody is offered to sign', async () => {
  await close();
  const seconds = await seenBy('theo');
  const asker = await seenBy('tess');
  for (const name of ['reversal', 'correction', 'entry', 'half']) {
    expect([name, seconds[name]]).toMatchObject([
      name,
      { status: 'pending', closedPeriod: 'Q3 2026', viewerMay: ['decline'] },
    ]);
    expect([name, asker[name]]).toMatchObject([name, { closedPeriod: 'Q3 2026', viewerMay: ['withdraw'] }]);
  }
  expect(seconds['after']).toMatchObject({ closedPeriod: null, viewerMay: ['approve', 'decline'] });
});

test('a yes that comes all the same is refused and posts nothing', async () => {
  const written = () => served.test.asOwner('select count(*)::int from treasury.transaction');
  const before = await written();
  for (const name of ['reversal', 'correction', 'entry', 'half'])
    expect([
      name,
      await party.refusedAct('theo', 'approveJournalRequest', { requestId: requests.get(name) }),
    ]).toMatchObject([name, { reason: 'PERIOD_NOT_OPEN' }]);
  expect(await written()).toEqual(before);
});

test('it is declined by whoever might have signed, taken back by whoever asked, and says nothing of a period then', async () => {
  const fields = 'request { status closedPeriod viewerMay }';
  const no = (who: string, name: string) =>
    party.act(who, 'declineJournalRequest', { requestId: requests.get(name), reason: 'Too late' }, fields);
  const over = { closedPeriod: null, viewerMay: [] };
  expect((await no('theo', 'reversal')).request).toEqual({ ...over, status: 'declined' });
  expect((await no('tess', 'correction')).request).toEqual({ ...over, status: 'withdrawn' });
  const yes = { requestId: requests.get('after') };
  const signed = await party.act('theo', 'approveJournalRequest', yes, fields);
  expect(signed.request).toEqual({ ...over, status: 'approved' });
});
