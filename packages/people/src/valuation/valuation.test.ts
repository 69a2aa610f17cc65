// What contributions are worth: the rate of the day of the work, exact clock time, tax by cost and policy, formulas.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { addDays, expectAccepted, localDate, parseDecimal } from '@habitat/kernel';
import type { LocalDate } from '@habitat/kernel';
import { defaultPolicies } from '../policy/policy.ts';
import type { ServicesTaxBody } from '../policy/policy.ts';
import { evaluateFormula } from './formula.ts';
import { formatQuantity, parseQuantity } from './quantity.ts';
import type { ValuationFacts } from './valuation.ts';
import { valueContribution } from './valuation.ts';
import type { ValuationRule } from './valuation-rule.ts';
import { ruleInForce } from './valuation-rule.ts';

const member = '01990000-0000-7000-8000-00000000000a';
const decimal = (text: string) => expectAccepted(parseDecimal(text));
const day = (text: string) => text as LocalDate;

function rate(perHour: string, effectiveFrom: string, more: Partial<ValuationRule> = {}): ValuationRule {
  return {
    ruleId: effectiveFrom + perHour,
    kind: 'labor',
    category: null,
    memberId: null,
    version: 1,
    effectiveFrom: day(effectiveFrom),
    method: 'rate',
    rate: decimal(perHour),
    fixedMinor: null,
    expression: null,
    ...more,
  };
}

function facts(
  more: Partial<ValuationFacts> = {},
  servicesTax: ServicesTaxBody = { method: 'A' },
): ValuationFacts {
  return {
    kind: 'labor',
    category: 'Engineering',
    workedOn: '2026-03-30',
    quantity: expectAccepted(parseQuantity('10', 'labor', 2)),
    declaredValueMinor: null,
    costBasisMinor: null,
    rule: rate('75', '2026-01-01'),
    digits: 2,
    policy: defaultPolicies('multi_stakeholder', 2).contribution,
    servicesTax,
    ...more,
  };
}

describe('the rate in force on the day of the work counts', () => {
  const rules = [rate('75', '2026-01-01'), rate('100', '2026-04-01', { version: 2 })];

  test('ten hours worked on March 30 and approved in April are worth 750.00', () => {
    const rule = ruleInForce(rules, {
      kind: 'labor',
      category: 'Engineering',
      memberId: member,
      on: day('2026-03-30'),
    });
    expect(valueContribution(facts({ rule }))).toMatchObject({
      ok: true,
      value: { valueMinor: 75_000n, taxMinor: 0n },
    });
  });

  test('a member’s own rate goes before the category’s, and that before the kind’s', () => {
    const all = [
      ...rules,
      rate('120', '2026-01-01', { category: 'Engineering' }),
      rate('150', '2026-01-01', { memberId: member }),
      rate('180', '2026-02-01', { memberId: member, category: 'engineering' }),
    ];
    const on = (text: string, category: string, memberId: string) =>
      ruleInForce(all, { kind: 'labor', category, memberId, on: day(text) })?.rate?.coefficient;
    expect(on('2026-05-01', 'Other', 'nobody')).toBe(100n);
    expect(on('2026-05-01', 'ENGINEERING', 'nobody')).toBe(120n);
    expect(on('2026-01-15', 'Engineering', member)).toBe(150n);
    expect(on('2026-05-01', 'Engineering', member)).toBe(180n);
  });

  test('no rule of another kind, of the future or of somebody else is ever chosen, and none that began later is passed over', () => {
    const start = localDate(2026, 1, 1);
    const anyRule = fc.record({
      offset: fc.integer({ min: 0, max: 400 }),
      version: fc.integer({ min: 1, max: 9 }),
    });
    fc.assert(
      fc.property(fc.array(anyRule, { maxLength: 12 }), fc.integer({ min: 0, max: 400 }), (drafts, at) => {
        const made = drafts.map(({ offset, version }, index) =>
          rate('1', addDays(start, offset), { version, ruleId: String(index) }),
        );
        const on = addDays(start, at);
        const chosen = ruleInForce(made, { kind: 'labor', category: 'x', memberId: member, on });
        const begun = made.filter((rule) => rule.effectiveFrom <= on);
        if (chosen === null) return begun.length === 0;
        return begun.every(
          (rule) =>
            rule.effectiveFrom < chosen.effectiveFrom ||
            (rule.effectiveFrom === chosen.effectiveFrom && rule.version <= chosen.version),
        );
      }),
    );
  });
});

describe('quantities are exact', () => {
  test('one hour 41 minutes is worth 101 sixtieths of the rate, not 1.6833 of it', () => {
    const quantity = expectAccepted(parseQuantity('10:01–11:42', 'labor', 2));
    expect(formatQuantity(quantity)).toBe('1.683333333333');
    expect(valueContribution(facts({ quantity, rule: rate('36000', '2026-01-01') }))).toMatchObject({
      ok: true,
      value: { valueMinor: 6_060_000n },
    });
  });

  test('a third of an hour at a rate that ends on half a cent rounds up once', () => {
    const quantity = expectAccepted(parseQuantity('0:20', 'labor', 2));
    expect(valueContribution(facts({ quantity, rule: rate('100.125', '2026-01-01') }))).toMatchObject({
      ok: true,
      value: { valueMinor: 3_338n },
    });
  });

  test.each([
    [' ', 'labor', 'QUANTITY_REQUIRED'],
    ['', 'cash', 'QUANTITY_REQUIRED'],
    ['', 'in_kind', 'QUANTITY_REQUIRED'],
    ['-2', 'labor', 'NEGATIVE_DURATION'],
    ['0', 'labor', 'ZERO_DURATION'],
    ['24.5', 'labor', 'OVER_24_HOURS'],
    ['soon', 'labor', 'NOT_A_DURATION'],
    ['12.345', 'cash', 'TOO_MANY_DECIMALS'],
    ['0.00', 'cash', 'NOT_POSITIVE'],
    ['-5', 'cash', 'NOT_POSITIVE'],
    ['10000000000000.00', 'cash', 'OUT_OF_RANGE'],
    ['x', 'cash', 'NOT_A_NUMBER'],
    ['0', 'relationship', 'NOT_POSITIVE'],
    ['many', 'in_kind', 'NOT_A_QUANTITY'],
  ] as const)('%s of %s is refused as %s', (text, kind, code) => {
    expect(parseQuantity(text, kind, 2)).toMatchObject({ ok: false, refusal: { code } });
  });
});

describe('tax follows cost', () => {
  test('services carry nothing under A, everything under B, a rounded share under C', () => {
    const taxUnder = (policy: ServicesTaxBody) => {
      const valued = valueContribution(facts({}, policy));
      return valued.ok ? valued.value.taxMinor : null;
    };
    expect(taxUnder({ method: 'A' })).toBe(0n);
    expect(taxUnder({ method: 'B' })).toBe(75_000n);
    expect(taxUnder({ method: 'C', percent: '33.333' })).toBe(25_000n);
  });

  test('equipment worth 10,000 that cost 7,000 carries 7,000 of tax basis and no patronage', () => {
    const truck = facts({
      kind: 'in_kind',
      quantity: expectAccepted(parseQuantity('1', 'in_kind', 2)),
      declaredValueMinor: 1_000_000n,
      costBasisMinor: 700_000n,
      rule: null,
    });
    expect(valueContribution(truck)).toMatchObject({
      ok: true,
      value: { valueMinor: 1_000_000n, taxMinor: 700_000n, treatment: 'capital', patronageCategory: null },
    });
    expect(valueContribution({ ...truck, costBasisMinor: null })).toMatchObject({
      refusal: { code: 'COST_BASIS_REQUIRED' },
    });
    expect(valueContribution({ ...truck, declaredValueMinor: null })).toMatchObject({
      refusal: { code: 'VALUE_REQUIRED' },
    });
  });

  test('cash is worth its amount whatever a rule says, and what posts nothing carries no basis', () => {
    const cash = facts({
      kind: 'cash',
      quantity: expectAccepted(parseQuantity('5000.00', 'cash', 2)),
      rule: rate('2', '2026-01-01', { kind: 'cash' }),
    });
    expect(valueContribution(cash)).toMatchObject({
      value: { valueMinor: 500_000n, taxMinor: 500_000n, ruleId: null },
    });
    const worker = defaultPolicies('worker_coop', 2).contribution;
    expect(valueContribution(facts({ policy: worker }, { method: 'B' }))).toMatchObject({
      value: { treatment: 'patronage', taxMinor: 0n },
    });
  });

  test('work may be worth nothing, and never less', () => {
    expect(valueContribution(facts({ rule: rate('0', '2026-01-01') }))).toMatchObject({
      value: { valueMinor: 0n },
    });
    const below = rate('0', '2026-01-01', { method: 'formula', rate: null, expression: 'quantity - 11' });
    expect(valueContribution(facts({ rule: below }))).toMatchObject({
      refusal: { code: 'VALUE_OUT_OF_RANGE' },
    });
  });

  test('work without a rule says so', () => {
    expect(valueContribution(facts({ rule: null }))).toMatchObject({
      refusal: { code: 'NO_VALUATION_RULE', kind: 'labor', category: 'Engineering' },
    });
  });
});

describe('formulas are exact and cannot reach code', () => {
  const given = {
    quantity: { numerator: 3n, denominator: 1n },
    value: { numerator: 100n, denominator: 1n },
    cost: { numerator: 40n, denominator: 1n },
  };
  const result = (text: string) => {
    const computed = evaluateFormula(text, given);
    return computed.ok ? `${computed.value.numerator}/${computed.value.denominator}` : computed.refusal.code;
  };
  test.each([
    ['quantity * 25 / 3', '25/1'],
    ['(value - cost) / 7', '60/7'],
    ['min(quantity, 2) * 10', '20/1'],
    ['max(value, cost)', '100/1'],
    ['if(quantity > 2, value * 0.1, 0)', '10/1'],
    ['if(quantity = 2, 1, 5)', '5/1'],
    ['2 + 3 * 4', '14/1'],
    ['value / (quantity - 3)', 'FORMULA_DIVIDES_BY_ZERO'],
    ['process', 'FORMULA_INVALID'],
    ['constructor(1)', 'FORMULA_INVALID'],
    ['1 +', 'FORMULA_INVALID'],
    ['(1', 'FORMULA_INVALID'],
    ['1; 2', 'FORMULA_INVALID'],
    ['', 'FORMULA_INVALID'],
    ['('.repeat(300), 'FORMULA_INVALID'],
  ])('%s gives %s', (text, expected) => expect(result(text)).toBe(expected));
});
