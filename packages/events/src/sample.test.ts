// Golden samples: one real-looking event of every type, as it travels. A contract that no longer reads its sample
// would no longer read the events already in the log.
import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { encodePayload, envelopeSchema, eventContracts, readPayload } from './index.ts';

const folder = new URL('../samples/', import.meta.url);
const sampled = readdirSync(folder).map((name) => name.replace(/\.json$/, ''));

function sampleOf(type: string) {
  return envelopeSchema.parse(JSON.parse(readFileSync(new URL(`${type}.json`, folder), 'utf8')));
}

/** Every amount of a payload, wherever it stands, by its name. */
function amountsOf(value: unknown, name = ''): [string, unknown][] {
  if (Array.isArray(value)) return value.flatMap((item) => amountsOf(item, name));
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, item]) => amountsOf(item, key));
  }
  return name.endsWith('Minor') ? [[name, value]] : [];
}

test('every event type has a sample, and every sample a type', () => {
  expect(sampled.sort()).toEqual([...eventContracts.keys()].sort());
});

describe.each([...eventContracts.values()])('$type', (contract) => {
  test('reads its sample', () => {
    const sample = sampleOf(contract.type);
    expect(sample.aggregateType).toBe(contract.aggregateType);
    const payload = readPayload(contract, sample);
    expect(JSON.parse(encodePayload(payload))).toEqual(sample.payload);
  });

  test('carries amounts as text on the wire and as bigint in code', () => {
    const sample = sampleOf(contract.type);
    for (const [, amount] of amountsOf(sample.payload))
      expect(typeof amount === 'string' || amount === null).toBe(true);
    for (const [, amount] of amountsOf(readPayload(contract, sample))) {
      expect(typeof amount === 'bigint' || amount === null).toBe(true);
    }
  });

  test('refuses a payload that lacks a field', () => {
    const sample = sampleOf(contract.type);
    for (const field of Object.keys(sample.payload)) {
      const { [field]: value, ...rest } = sample.payload;
      expect(value).toBeDefined();
      const read = () => readPayload(contract, { ...sample, payload: rest });
      const isOptional = contract.payload.safeParse(rest).success;
      if (!isOptional) expect(read).toThrow();
    }
    expect(() => readPayload(contract, { ...sample, version: 99 })).toThrow('got');
  });
});

test('an amount written as a JSON number, with decimals or beyond 18 digits is refused', () => {
  const contract = eventContracts.get('people.contribution.valued');
  if (contract === undefined) throw new Error('no such contract');
  const sample = sampleOf(contract.type);
  for (const valueMinor of [65_000, '650.00', '1'.repeat(19), '', 'NaN']) {
    expect(contract.payload.safeParse({ ...sample.payload, valueMinor }).success).toBe(false);
  }
});

test('a cooperative founded before fiscal years could be chosen begins its year in January', () => {
  const contract = eventContracts.get('platform.cooperative.created');
  if (contract === undefined) throw new Error('no such contract');
  const { fiscalStartMonth: chosen, ...before } = sampleOf(contract.type).payload;
  expect(chosen).toBe(7);
  expect(contract.payload.parse(before)).toMatchObject({ fiscalStartMonth: 1 });
  for (const month of [0, 13, 1.5, '7'])
    expect(contract.payload.safeParse({ ...before, fiscalStartMonth: month }).success).toBe(false);
});
