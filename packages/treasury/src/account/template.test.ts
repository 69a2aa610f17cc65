// Every template is a sound chart: the accounts that closing and paying rely on are there, and what contributions
// are posted to exists.
import { describe, expect, test } from 'vitest';
import { chartOf, chartTemplates, CODE, postingRulesOf } from './template.ts';

describe.each(chartTemplates.map(({ name }) => name))('the template %s', (name) => {
  const chart = chartOf(name) ?? [];
  const byCode = new Map(chart.map((account) => [account.code, account]));

  test('has each code once, and parents before their children', () => {
    expect(byCode.size).toBe(chart.length);
    const seen = new Set<string>();
    for (const account of chart) {
      if (account.parentCode !== null) expect(seen.has(account.parentCode), account.code).toBe(true);
      seen.add(account.code);
    }
  });

  test('has the accounts that closing and paying name themselves', () => {
    for (const code of [...Object.values(CODE), '3320', '3330']) expect(byCode.has(code), code).toBe(true);
    expect(byCode.get('3100')).toMatchObject({ isLeaf: false, type: 'equity' });
    expect(chart.filter(({ isCash, isLeaf }) => isCash && isLeaf).map(({ code }) => code)).toEqual([
      '1110',
      '1120',
      '1130',
    ]);
    expect(byCode.get('1490')).toMatchObject({ type: 'asset', normalSide: 'credit' });
  });

  test('debits every contribution to a leaf that is an asset', () => {
    const rules = postingRulesOf(name) ?? [];
    expect(new Set(rules.map(({ kind }) => kind)).size).toBe(7);
    for (const { accountCode } of rules) {
      if (accountCode !== null)
        expect(byCode.get(accountCode), accountCode).toMatchObject({ isLeaf: true, type: 'asset' });
    }
  });
});

test('worker, producer and housing cooperatives take services as patronage: they post nothing', () => {
  for (const name of ['worker', 'producer', 'housing']) {
    expect(postingRulesOf(name)?.find(({ kind }) => kind === 'labor')?.accountCode).toBeNull();
  }
  expect(
    postingRulesOf('limited-cooperative-association')?.find(({ kind }) => kind === 'labor')?.accountCode,
  ).toBe('1910');
});

test('a name that is no template is none', () => {
  expect([chartOf('nothing'), postingRulesOf('nothing')]).toEqual([null, null]);
});
