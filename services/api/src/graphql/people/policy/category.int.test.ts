// Categories over the endpoint: offered, retired and taken up again, for work from that day on; what was given stays.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Party } from '../../../testing/party.ts';
import { Served } from '../../../testing/served-cooperative.ts';

let served: Served;
let party: Party;

async function answer(who: string, name: string, input: object, payload: string) {
  const type = name.charAt(0).toUpperCase() + name.slice(1);
  return party.answer(who, `mutation ($input: ${type}Input!) { ${name}(input: $input) { ${payload} } }`, {
    input,
  });
}
const CATEGORY = 'category { kind name retired ownRate }';
async function act(name: string, input: object) {
  const { errors, body } = await answer('ada', name, { kind: 'LABOR', rationale: 'x', ...input }, CATEGORY);
  return errors[0]?.extensions ?? body.data[name].category;
}
async function log(category: string, workedOn: string) {
  const input = { kind: 'LABOR', category, quantity: '1', workedOn, description: 'x' };
  const { errors } = await answer('alice', 'logContribution', input, 'contribution { id }');
  return errors[0]?.extensions ?? 'ok';
}
async function offered(): Promise<string[]> {
  const query = '{ contributionOptions { kinds { kind categories { category } } } }';
  const { contributionOptions } = await party.ask('alice', query);
  const labor = contributionOptions.kinds.find((one: { kind: string }) => one.kind === 'LABOR');
  return labor.categories.map((one: { category: string }) => one.category);
}

beforeAll(async () => {
  served = await Served.start();
  party = await Party.join(served, await served.found('riverbend'), {
    ada: ['member', 'administrator'],
    alice: ['member', 'contributor'],
  });
  // The particular one first: a rate for all would make it a change, which needs notice.
  for (const category of ['Web', undefined]) {
    const rule = {
      kind: 'LABOR',
      category,
      method: 'rate',
      rate: '20',
      effectiveFrom: '2026-10-01',
      rationale: 'x',
    };
    const { errors } = await answer('ada', 'setValuationRule', rule, 'version');
    expect(errors).toEqual([]);
  }
});
afterAll(() => served.stop());

test('an added category is offered at the general rate beside those that rates name', async () => {
  expect(await act('addContributionCategory', { name: ' Repairs ', idempotencyKey: 'once' })).toEqual({
    kind: 'LABOR',
    name: 'Repairs',
    retired: false,
    ownRate: false,
  });
  expect(await act('addContributionCategory', { name: ' Repairs ', idempotencyKey: 'once' })).toMatchObject({
    name: 'Repairs',
  });
  expect(await offered()).toEqual(['Web', 'Repairs', 'General']);
  expect(await log('Repairs', '2026-11-20')).toBe('ok');
});

test('a retired one takes work of earlier days and no later ones, until it is taken up again', async () => {
  expect(await act('retireContributionCategory', { name: 'web' })).toMatchObject({
    name: 'Web',
    retired: true,
  });
  expect(await offered()).toEqual(['Repairs', 'General']);
  expect(await log('Web', '2026-11-20')).toMatchObject({
    code: 'CONFLICT',
    reason: 'CATEGORY_RETIRED',
    path: ['input', 'category'],
  });
  expect(await log('Web', '2026-11-19')).toBe('ok');
  const { contributionCategories } = await party.ask(
    'alice',
    '{ contributionCategories(kind: LABOR) { name retired ownRate } }',
  );
  expect(contributionCategories).toEqual([
    { name: 'Repairs', retired: false, ownRate: false },
    { name: 'Web', retired: true, ownRate: true },
  ]);
  expect(await act('addContributionCategory', { name: 'Web' })).toMatchObject({
    retired: false,
    ownRate: true,
  });
  expect(await log('Web', '2026-11-20')).toBe('ok');
});

test('names twice, unknown or too long and the wrong person are refused', async () => {
  expect(await act('addContributionCategory', { name: 'REPAIRS' })).toMatchObject({
    code: 'CONFLICT',
    reason: 'CATEGORY_EXISTS',
  });
  expect(await act('addContributionCategory', { name: ' ' })).toMatchObject({ reason: 'NAME_REQUIRED' });
  expect(await act('addContributionCategory', { name: 'x'.repeat(81) })).toMatchObject({
    reason: 'CATEGORY_TOO_LONG',
    path: ['input', 'name'],
  });
  expect(await act('retireContributionCategory', { name: 'Nothing' })).toMatchObject({ code: 'NOT_FOUND' });
  expect(await act('retireContributionCategory', { name: 'Web', rationale: '' })).toMatchObject({
    reason: 'RATIONALE_REQUIRED',
  });
  const input = { kind: 'LABOR', name: 'Mine', rationale: 'x' };
  for (const name of ['addContributionCategory', 'retireContributionCategory']) {
    const { errors } = await answer('alice', name, input, CATEGORY);
    expect(errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
  }
  const other = (await served.signIn((await served.found('elsewhere')).email)).accessToken;
  const seen = await served.ask('{ contributionCategories { name } }', {}, other);
  expect(seen.body.data.contributionCategories).toEqual([]);
});
