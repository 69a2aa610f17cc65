// Every rule a form breaks is told at once, with the path of each, in a stable order; the first is still the reason.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Party } from '../testing/party.ts';
import { Served } from '../testing/served-cooperative.ts';

let served: Served;
let party: Party;

beforeAll(async () => {
  served = await Served.start();
  party = await Party.join(served, await served.found('riverbend'), {
    ada: ['member', 'administrator', 'contributor', 'treasurer'],
  });
});
afterAll(() => served.stop());

async function refusal(name: string, input: object) {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  const query = `mutation ($input: ${type}Input!) { ${name}(input: $input) { __typename } }`;
  const { errors } = await party.answer('ada', query, { input });
  return errors[0]?.extensions;
}
const told = (facts: Record<string, unknown> | undefined) =>
  (facts?.['faults'] as { path: string[]; reason: string }[]).map(
    ({ path, reason }) => `${path.join('.')} ${reason}`,
  );

const work = { kind: 'LABOR', quantity: '2', workedOn: '2026-11-10', description: 'x' };

test('a contribution with negative hours, a day to come and damaged evidence is told of all three', async () => {
  const wrong = {
    ...work,
    category: 'x'.repeat(81),
    quantity: '-2',
    workedOn: '2026-12-24',
    evidence: [{ label: 'photo', url: 'ftp://nowhere' }],
  };
  const facts = await refusal('logContribution', wrong);
  expect(facts).toMatchObject({ code: 'VALIDATION_ERROR', reason: 'CATEGORY_TOO_LONG' });
  const [category, quantity, ...rest] = told(facts);
  expect(category).toBe('input.category CATEGORY_TOO_LONG');
  expect(quantity).toMatch(/^input\.quantity /);
  expect(rest).toEqual(['input.workedOn FUTURE_DATE', 'input.evidence EVIDENCE_INVALID']);
  expect(await refusal('logContribution', wrong)).toEqual(facts);
});

test('wrong hours of work that has no rate and no description are told together', async () => {
  const wrong = {
    kind: 'LABOR',
    category: 'Juggling',
    quantity: '-2',
    workedOn: '2026-12-24',
    description: ' ',
  };
  const facts = await refusal('logContribution', wrong);
  const [quantity, ...rest] = told(facts);
  expect(quantity).toMatch(/^input\.quantity /);
  expect(rest).toEqual([
    'input.workedOn FUTURE_DATE',
    'input.description DESCRIPTION_REQUIRED',
    'input.category NO_VALUATION_RULE',
  ]);
  const sound = await refusal('logContribution', { ...work, category: 'Juggling', description: '' });
  expect(sound).toMatchObject({ reason: 'DESCRIPTION_REQUIRED' });
  expect(told(sound)).toEqual(['input.description DESCRIPTION_REQUIRED', 'input.category NO_VALUATION_RULE']);
});

test('editing tells them together as logging does', async () => {
  const rule = { kind: 'LABOR', method: 'rate', rate: '20', effectiveFrom: '2026-10-01', rationale: 'x' };
  expect(await refusal('setValuationRule', rule)).toBeUndefined();
  const query = `mutation ($input: LogContributionInput!) { logContribution(input: $input) { contribution { id } } }`;
  const { logContribution } = await party.ask('ada', query, { input: work });
  const facts = await refusal('editContribution', {
    contributionId: logContribution.contribution.id,
    ...work,
    quantity: '30',
    workedOn: '2026-12-24',
  });
  expect(told(facts)).toEqual(['input.quantity OVER_24_HOURS', 'input.workedOn FUTURE_DATE']);
});

test('a rule without reason, with a wrong rate and for nobody is told of all three', async () => {
  const facts = await refusal('setValuationRule', {
    kind: 'LABOR',
    memberId: Buffer.from('Member:01a1f000-0000-7000-8000-000000000000').toString('base64url'),
    method: 'rate',
    rate: '-5',
    effectiveFrom: '2026-12-01',
    rationale: ' ',
  });
  expect(told(facts)).toEqual([
    'input.memberId MEMBER_NOT_FOUND',
    'input.rationale RATIONALE_REQUIRED',
    'input.rate NOT_A_RATE',
  ]);
});

test('policies without reason, with a share and a cash rate beyond one are told of each', async () => {
  const wrong = { effectiveOn: '2027-01-01', rationale: '', maximumShare: '1.5', cashReserve: '-1.00' };
  const facts = await refusal('setAgreementPolicies', wrong);
  expect(facts).toMatchObject({ code: 'VALIDATION_ERROR', reason: 'REASON_REQUIRED' });
  expect(told(facts)).toEqual([
    'input.rationale REASON_REQUIRED',
    'input.maximumShare MAXIMUM_SHARE_OUT_OF_RANGE',
    'input.cashReserve RESERVE_NEGATIVE',
  ]);
  const malformed = { effectiveOn: '2027-01-01', rationale: 'x', formula: 'guess', rounding: 'down' };
  expect(told(await refusal('setAgreementPolicies', malformed))).toEqual([
    expect.stringMatching(/^input\.formula.* MALFORMED$/),
    'input.rounding MALFORMED',
  ]);
});

test('one broken rule alone is told as before', async () => {
  const facts = await refusal('logContribution', { ...work, workedOn: '2026-12-24' });
  expect(facts).toMatchObject({ reason: 'FUTURE_DATE', path: ['input', 'workedOn'] });
  expect(facts).not.toHaveProperty('faults');
});

test('a member without a name, with a damaged email and an unknown class is told of all three', async () => {
  const facts = await refusal('addMember', { displayName: ' ', email: 'nobody', class: 'nobles' });
  expect(facts).toMatchObject({ code: 'VALIDATION_ERROR', reason: 'NAME_REQUIRED' });
  expect(told(facts)).toEqual([
    'input.displayName NAME_REQUIRED',
    'input.email NOT_AN_EMAIL',
    'input.class UNKNOWN_CLASS',
  ]);
});

test('an entry without description, of a day to come, on unknown accounts is told of each', async () => {
  const facts = await refusal('postTransaction', {
    effectiveOn: '2026-12-24',
    description: '  ',
    entries: [
      { accountCode: '9999', book: '10.00', tax: '10.00' },
      { accountCode: '1110', book: '-10.00', tax: '-10.00' },
      { accountCode: '3100', book: '5.00', tax: '5.00' },
    ],
  });
  expect(facts).toMatchObject({ reason: 'NO_DESCRIPTION' });
  expect(told(facts)).toEqual([
    'input.description NO_DESCRIPTION',
    'input.effectiveOn FUTURE_DATE',
    'input.entries.0.accountId UNKNOWN_ACCOUNT',
    'input.entries.2.accountId ACCOUNT_NOT_A_LEAF',
  ]);
});

test('an entry out of balance in both bases is told of both', async () => {
  const facts = await refusal('postTransaction', {
    effectiveOn: '2026-11-10',
    description: 'Sales',
    entries: [
      { accountCode: '1110', book: '10.00', tax: '10.00' },
      { accountCode: '4210', book: '-9.00', tax: '-8.00' },
    ],
  });
  expect(facts).toMatchObject({ reason: 'UNBALANCED', basis: 'book', difference: '1.00' });
  expect(told(facts)).toEqual(['input.entries UNBALANCED', 'input.entries UNBALANCED']);
});
