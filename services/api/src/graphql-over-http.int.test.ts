// The endpoint against the GraphQL-over-HTTP specification, by the audits of its reference implementation: media types,
// status codes, methods, and what an ill-formed request is told. Introspection is on, since some audits ask for a type.
import { serverAudits } from 'graphql-http';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from './guard/allowance.ts';
import { Served } from './testing/served-cooperative.ts';

/** What the specification leaves open and is done otherwise here, with the reason. */
const otherwise: Readonly<Record<string, string>> = {
  '5A70': 'a form of any site can send this media type: it is refused (CSRF)',
  D6D5: 'a link of any site can be followed: a GET without a header of its own is refused (CSRF)',
  '6A70': 'the same',
  '572B': 'a document that cannot be parsed is a 400 for application/json too',
  FDE2: 'a document that is not valid is a 400 for application/json too',
  '7B9B': 'variables that do not fit are a 400 for application/json too',
};

let served: Served;
beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES, environment: 'development' });
});
afterAll(() => served.stop());

const audits = serverAudits({ url: () => `${served.url}/graphql` });
const asked = audits.filter(({ id }) => !(id in otherwise));

describe('the endpoint', () => {
  test.each(asked)('$name ($id)', async ({ fn }) => {
    const result = await fn();
    expect(result.status, 'reason' in result ? result.reason : '').toBe('ok');
  });

  test('does nothing otherwise that the specification demands, and nothing that it meanwhile does as it says', async () => {
    const left = audits.filter(({ id }) => id in otherwise);
    expect(left).toHaveLength(Object.keys(otherwise).length);
    for (const { name, fn } of left) {
      expect(name).not.toMatch(/^MUST/);
      expect(await fn()).toHaveProperty('reason', 'Response status code is not 200');
    }
  });
});
