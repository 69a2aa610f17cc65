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

test('a limited cooperative association begins with the chart its statute and its bookkeepers expect', () => {
  const chart = chartOf('limited-cooperative-association') ?? [];
  const under = (parent: string) => chart.filter(({ parentCode }) => parentCode === parent);
  const groups = chart.filter(({ parentCode }) => parentCode?.endsWith('000'));
  expect(
    groups.map(({ code, name, parentCode }) => {
      const leaves = under(code).map((leaf) => `${leaf.code} ${leaf.name}`);
      return `${parentCode} ${code} ${name}: ${leaves.join(', ')}`;
    }),
  ).toEqual([
    '1000 1100 Cash and equivalents: 1110 Operating checking, 1120 Savings and reserve, 1130 Petty cash',
    '1000 1200 Receivables: 1210 Member receivables, 1220 Client receivables, 1230 Other receivables',
    '1000 1300 Prepaid and deposits: 1310 Prepaid rent, 1320 Security deposits, 1330 Prepaid insurance',
    '1000 1400 Property and equipment: 1410 Furniture and fixtures, 1420 Equipment, 1430 Leasehold improvements, 1490 Accumulated depreciation',
    '1000 1500 Digital assets: 1510 Digital currency holdings, 1520 Streaming tokens',
    '1000 1900 Other assets: 1910 Contributed services, 1920 Other',
    '2000 2100 Current liabilities: 2110 Accounts payable, 2120 Accrued expenses, 2130 Payroll liabilities, 2140 Sales tax payable',
    '2000 2200 Deferred revenue: 2210 Prepaid memberships, 2220 Service credits outstanding, 2230 Event deposits',
    '2000 2300 Member obligations: 2310 Member loans payable, 2320 Distributions payable',
    '2000 2900 Long-term liabilities: 2910 Notes payable, 2920 Capital lease obligations',
    '3000 3100 Member capital: ',
    '3000 3300 Retained patronage: 3310 Current-year net income, 3320 Allocated, not distributed, 3330 Unallocated reserves',
    '3000 3500 Other equity: 3510 Donated capital, 3520 Grant proceeds',
    '4000 4100 Space revenue: 4110 Membership dues, 4120 Day passes, 4130 Event rental, 4140 Mail service',
    '4000 4200 Service revenue: 4210 Formation assistance, 4220 Business planning, 4230 Technology services, 4240 Back-office services',
    '4000 4300 Venture revenue: 4310 Equity returns, 4320 Revenue share, 4330 Consulting',
    '4000 4400 Service credit revenue: 4420 Credit redemption',
    '4000 4500 Digital asset revenue: 4510 Streaming income, 4520 Staking and yield, 4530 Token grants',
    '4000 4900 Other revenue: 4910 Interest income, 4920 Donations, 4930 Grant income',
    '5000 5100 Space costs: 5110 Rent, 5120 Utilities, 5130 Internet and telecom, 5140 Maintenance, 5150 Insurance',
    '5000 5200 People costs: 5210 Guaranteed payments, 5220 Contractors, 5230 Benefits, 5240 Professional development',
    '5000 5300 Operations: 5310 Software and subscriptions, 5320 Office supplies, 5330 Marketing, 5340 Travel',
    '5000 5400 Professional services: 5410 Legal, 5420 Accounting, 5430 Consulting',
    '5000 5500 Infrastructure: 5510 Compute, 5520 Transfer, 5530 Storage, 5540 Domains and certificates',
    '5000 5600 Depreciation: 5610 Equipment depreciation, 5620 Leasehold amortization',
    '5000 5900 Other expenses: 5910 Bank fees, 5920 Bad debt, 5930 Miscellaneous',
  ]);
});

test('a name that is no template is none', () => {
  expect([chartOf('nothing'), postingRulesOf('nothing')]).toEqual([null, null]);
});
