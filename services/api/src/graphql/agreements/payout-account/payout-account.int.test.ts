// A member's payout account over HTTP: sealed wherever it lies, masked for its own member, in full for whoever pays and on
// record then, refused to everybody else, and readable through a change of the operator's key.
import { resealPayoutAccounts } from '@habitat/agreements';
import { runTransaction } from '@habitat/database';
import { memberErased, newEvent } from '@habitat/events';
import { systemActor } from '@habitat/kernel';
import { sealAuditTrail } from '@habitat/messaging';
import { createLog } from '@habitat/observability';
import type { Secrets } from '@habitat/platform';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import { Party } from '../../../testing/party.ts';
import type { Founded } from '../../../testing/served-cooperative.ts';
import { SECRETS_KEY, Served } from '../../../testing/served-cooperative.ts';

const NUMBER = '73310042177';
const IBAN = 'ES9121000418450200051332';
const ACCOUNT = { holder: 'Alice Quillfeather', routingNumber: '021000021', accountNumber: NUMBER };
const OWN = '{ me { payoutAccount { kind holder bankName ending } payoutAccountHistory { endedAt } } }';
const PAID = `query ($id: ID!) { distribution(id: $id) { lines { member { displayName } status
  payoutAccount { holder bankName iban routingNumber accountNumber } } } }`;

const logged: string[] = [];
let served: Served;
let river: Founded;
let party: Party;
let elsewhere: Party;
let distributionId: string;

/** Tables in which a text stands, wherever in them. */
async function tablesWith(text: string): Promise<string[]> {
  const tables = await served.test.asOwner<{ name: string }>(
    `select format('%I.%I', schemaname, tablename) as name from pg_tables
     where schemaname in ('platform', 'people', 'treasury', 'agreements')`,
  );
  const found: string[] = [];
  for (const { name } of tables) {
    const query = `select from ${name} t where t::text ilike '%' || $1 || '%' limit 1`;
    if ((await served.test.asOwner(query, [text])).length > 0) found.push(name);
  }
  return found;
}

/** Cash of 12,000.00 and capital of 100.00 each for two members, 40.00 of which are to be paid. */
async function calculate(): Promise<string> {
  const sale = {
    effectiveOn: '2026-11-12',
    description: 'Event rental',
    entries: [
      { accountCode: '1110', book: '4000.00' },
      { accountCode: '4130', book: '-4000.00' },
    ],
  };
  for (const _each of [1, 2, 3]) await party.act('tess', 'postTransaction', sale);
  for (const who of ['alice', 'bob']) {
    const work = { kind: 'CASH', quantity: '100.00', workedOn: '2026-10-05', description: 'Paid in' };
    const { contribution } = await party.act(who, 'logContribution', work, 'contribution { id }');
    await party.act('rita', 'approveContribution', { contributionId: contribution.id });
  }
  const { me: alice } = await party.ask('alice', '{ me { member { id } } }');
  const { me: bob } = await party.ask('bob', '{ me { member { id } } }');
  const wanted = { basis: 'EQUAL', pool: '80.00', memberIds: [alice.member.id, bob.member.id] };
  const made = await party.act('tess', 'calculateDistribution', wanted, 'distribution { id }');
  return made.distribution.id;
}

beforeAll(async () => {
  const destination = { write: (line: string) => void logged.push(line) };
  served = await Served.start({
    allowances: NO_ALLOWANCES,
    log: createLog({ service: 'api', level: 'debug', destination }),
  });
  river = await served.found('riverbend');
  party = await Party.join(served, river, {
    alice: ['member', 'contributor'],
    bob: ['member', 'contributor'],
    rita: ['reviewer'],
    tess: ['member', 'treasurer'],
    noor: ['auditor', 'allocator'],
  });
  elsewhere = await Party.join(served, await served.found('hillside'), { eve: ['member', 'treasurer'] });
  distributionId = await calculate();
});
afterAll(() => served.stop());

const history = async (who: string): Promise<boolean[]> => {
  const { me } = await party.ask(who, OWN);
  return me.payoutAccountHistory.map(({ endedAt }: { endedAt: string | null }) => endedAt === null);
};

test('an account is given by a member after proof, told to them, and shown to them by its last four alone', async () => {
  await party.act('alice', 'setPayoutAccount', { ...ACCOUNT, bankName: 'Valley Bank' });
  const { me } = await party.ask('alice', OWN);
  const shown = { kind: 'us', holder: ACCOUNT.holder, bankName: 'Valley Bank', ending: '2177' };
  expect(me.payoutAccount).toEqual(shown);
  expect(await history('alice')).toEqual([true]);
  const { notifications } = await party.ask(
    'alice',
    '{ notifications(first: 1) { edges { node { kind text } } } }',
  );
  expect(notifications.edges[0].node).toMatchObject({ kind: 'PAYOUT_ACCOUNT' });
  expect(notifications.edges[0].node.text).toMatch(/^The account you are paid to was changed\./);
  served.later(601);
  const stale = await party.refusedAct('alice', 'setPayoutAccount', ACCOUNT);
  expect(stale).toMatchObject({ reason: 'REAUTHENTICATION_REQUIRED' });
  await party.signInAgain();
  await elsewhere.signInAgain();
});

test('neither holder nor number stands in any table or in the log', async () => {
  for (const text of [NUMBER, 'Quillfeather', ACCOUNT.routingNumber]) {
    expect(await tablesWith(text)).toEqual([]);
    expect(logged.join('')).not.toContain(text);
  }
});

test.each([
  [{ routingNumber: '021000012' }, 'BAD_ROUTING_NUMBER', 'routingNumber'],
  [{ accountNumber: '12' }, 'BAD_ACCOUNT_NUMBER', 'accountNumber'],
  [{ iban: IBAN }, 'ONE_ACCOUNT_ONLY', 'iban'],
  [{ holder: ' ' }, 'HOLDER_REQUIRED', 'holder'],
])('%j is refused with its field, and the account stays', async (change, reason, field) => {
  const refused = await party.refusedAct('alice', 'setPayoutAccount', { ...ACCOUNT, ...change });
  expect(refused).toMatchObject({ code: 'VALIDATION_ERROR', reason, path: ['input', field] });
  expect(await history('alice')).toEqual([true]);
});

test('whoever pays reads it in full, once a look on record; nobody else does', async () => {
  const { distribution } = await party.ask('tess', PAID, { id: distributionId });
  const { accountNumber, routingNumber, holder } = ACCOUNT;
  expect(distribution.lines).toEqual([
    {
      member: { displayName: 'alice' },
      status: 'calculated',
      payoutAccount: { holder, bankName: 'Valley Bank', iban: null, routingNumber, accountNumber },
    },
    { member: { displayName: 'bob' }, status: 'calculated', payoutAccount: null },
  ]);
  await sealAuditTrail(served.test.database, served.now);
  const { auditTrail } = await party.ask(
    'noor',
    '{ auditTrail(first: 3, command: "readData") { edges { node { actor { displayName } details { name value } } } } }',
  );
  expect(auditTrail.edges).toHaveLength(1);
  const [{ node }] = auditTrail.edges;
  expect(node.actor).toEqual({ displayName: 'tess' });
  const told = node.details.map(({ value }: { value: string }) => value);
  expect(told).toEqual(expect.arrayContaining(['distribution.pay', 'distribution']));
  expect(JSON.stringify(node)).not.toContain(NUMBER);

  // Who keeps the books without paying, the other member paid by the same distribution, and another cooperative's treasurer.
  for (const who of ['noor', 'bob', 'alice', 'rita'])
    expect(await party.refusal(who, PAID, { id: distributionId })).toMatchObject({ code: 'FORBIDDEN' });
  const foreign = await elsewhere.answer('eve', PAID, { id: distributionId });
  expect(foreign.body.data?.distribution ?? null).toBeNull();
  const { me } = await party.ask('bob', OWN);
  expect(me).toEqual({ payoutAccount: null, payoutAccountHistory: [] });
});

const trail = '{ auditTrail(first: 9, command: "readData") { edges { node { details { value } } } } }';

test('whoever pays sees without a look on record who gave an account, and its last four; nobody else sees that', async () => {
  const lines = `query ($id: ID!) { distribution(id: $id) { lines {
    maskedPayoutAccount { kind holder bankName ending } } } }`;
  const { distribution } = await party.ask('tess', lines, { id: distributionId });
  const shown = { kind: 'us', holder: ACCOUNT.holder, bankName: 'Valley Bank', ending: '2177' };
  expect(distribution.lines).toEqual([{ maskedPayoutAccount: shown }, { maskedPayoutAccount: null }]);
  const { distribution: audited } = await party.ask('noor', lines, { id: distributionId });
  expect(audited.lines).toEqual([{ maskedPayoutAccount: null }, { maskedPayoutAccount: null }]);
  await sealAuditTrail(served.test.database, served.now);
  const { auditTrail } = await party.ask('noor', trail);
  expect(auditTrail.edges).toHaveLength(1);
});

test('an act that answers with it is on record as a look as well', async () => {
  const lines = 'query ($id: ID!) { distribution(id: $id) { lines { id member { displayName } } } }';
  const { distribution } = await party.ask('tess', lines, { id: distributionId });
  const bobs = distribution.lines.find(
    ({ member }: { member: { displayName: string } }) => member.displayName === 'bob',
  );
  const cancel = `mutation ($input: CancelDistributionInput!) { cancelDistribution(input: $input) {
    distribution { lines { status payoutAccount { accountNumber } } } } }`;
  await sealAuditTrail(served.test.database, served.now);
  const looks = async () => (await party.ask('noor', trail)).auditTrail.edges.length;
  const before = await looks();
  const input = { distributionId, reason: 'Another day', lineIds: [bobs.id] };
  const answer = await party.answer('tess', cancel, { input });
  expect(answer.body.data.cancelDistribution.distribution.lines).toMatchObject([
    { status: 'calculated', payoutAccount: { accountNumber: NUMBER } },
    { status: 'cancelled', payoutAccount: null },
  ]);
  await sealAuditTrail(served.test.database, served.now);
  expect(await looks()).toBe(before + 1);
});

test('who is no member to be paid gives no account', async () => {
  const refused = await party.refusedAct('rita', 'setPayoutAccount', ACCOUNT);
  expect(refused).toMatchObject({ code: 'FORBIDDEN' });
});

test('after a change of SECRETS_KEY it is sealed anew, and the key before may be forgotten', async () => {
  const { database } = served.test;
  const { cooperativeId } = river;
  const facts = {
    cooperativeId,
    actor: systemActor(cooperativeId),
    now: served.now,
    correlationId: 'reseal',
  };
  const reseal = (secrets: Secrets) =>
    runTransaction(database, 'agreements', facts, (tx) => resealPayoutAccounts(tx, secrets));
  const fresh = 'f'.repeat(64);
  await expect(reseal([fresh])).rejects.toThrow('no longer known');
  expect(await reseal([fresh, SECRETS_KEY])).toBe(1);
  expect(await reseal([fresh])).toBe(0);
  expect((await party.answer('alice', OWN)).errors).not.toEqual([]);
  expect(await reseal([SECRETS_KEY, fresh])).toBe(1);
  expect((await party.ask('alice', OWN)).me.payoutAccount).toMatchObject({ ending: '2177' });
});

test('a row moved to another member opens for nobody', async () => {
  const { memberIds } = party;
  const move = (from: string, to: string) =>
    served.test.asOwner('update agreements.payout_account set member_id = $1 where member_id = $2', [
      memberIds.get(to),
      memberIds.get(from),
    ]);
  await move('alice', 'bob');
  const answer = await party.answer('bob', OWN);
  expect(answer.body.data?.me?.payoutAccount ?? null).toBeNull();
  await move('bob', 'alice');
});

test('of an account that was replaced or taken away only the days are left', async () => {
  await party.act('alice', 'setPayoutAccount', { holder: 'Alice', iban: IBAN });
  expect((await party.ask('alice', OWN)).me.payoutAccount).toMatchObject({ kind: 'iban', ending: '1332' });
  expect(await history('alice')).toEqual([true, false]);
  await party.act('alice', 'removePayoutAccount', {});
  expect(await history('alice')).toEqual([false, false]);
  expect(await party.refusedAct('alice', 'removePayoutAccount', {})).toMatchObject({
    code: 'NOT_FOUND',
    reason: 'PAYOUT_ACCOUNT_NOT_FOUND',
  });
  const kept = await served.test.asOwner('select sealed from agreements.payout_account');
  expect(kept).toEqual([{ sealed: null }, { sealed: null }]);
});

test('it goes with the member, and with nobody else', async () => {
  const { database } = served.test;
  const { cooperativeId } = river;
  await party.act('alice', 'setPayoutAccount', ACCOUNT);
  await party.act('bob', 'setPayoutAccount', { holder: 'Bob', iban: IBAN });
  const memberId = party.memberIds.get('alice') ?? '';
  const facts = { cooperativeId, actor: systemActor(cooperativeId), now: served.now, correlationId: 'erase' };
  await runTransaction(database, 'people', facts, (tx) =>
    Promise.resolve(tx.append(newEvent(memberErased, memberId, { memberId, number: 2 }))),
  );
  await served.settle();
  const kept = await served.test.asOwner(
    'select distinct member_id as "memberId" from agreements.payout_account',
  );
  expect(kept).toEqual([{ memberId: party.memberIds.get('bob') }]);
});

test('a program is shown no account and gives none, whatever it may do in its supervisor’s name', async () => {
  const scopes = ['distribution.view_all', 'distribution.pay', 'distribution.view_own'];
  const wish = { name: 'Payer', scopes, ceiling: '0.00' };
  const { secret } = await party.act('tess', 'createApiKey', wish, 'secret');
  const read = async (field: string) => {
    const query = `query ($id: ID!) { distribution(id: $id) { lines { ${field} } } }`;
    return served.ask(query, { id: distributionId }, secret);
  };
  expect((await read('status')).body.data.distribution.lines).toHaveLength(2);
  expect((await read('payoutAccount { holder }')).errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  const masked = (await read('maskedPayoutAccount { holder }')).body.data.distribution.lines;
  expect(masked).toEqual([{ maskedPayoutAccount: null }, { maskedPayoutAccount: null }]);
  await party.act('tess', 'setPayoutAccount', { holder: 'Tess', iban: IBAN });
  const own = await served.ask(OWN, {}, secret);
  expect(own.body.data?.me?.payoutAccount ?? null).toBeNull();
  for (const [name, input] of [
    ['setPayoutAccount', ACCOUNT],
    ['removePayoutAccount', {}],
  ] as const) {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const act = `mutation ($input: ${type}!) { ${name}(input: $input) { __typename } }`;
    expect((await served.ask(act, { input }, secret)).errors[0]?.extensions).toMatchObject({
      code: 'FORBIDDEN',
    });
  }
  expect((await party.ask('tess', OWN)).me.payoutAccount).toMatchObject({ ending: '1332' });
});
