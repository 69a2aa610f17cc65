import { describe, expect, it } from 'vitest';
import type { PostDraft, PostLine } from './post-draft.ts';
import {
  accountNamed,
  differenceOf,
  emptyLine,
  entriesOf,
  secondSignature,
  sentDraft,
} from './post-draft.ts';

const account = (code: string, name: string, more: object = {}) => ({
  id: `id-${code}`,
  code,
  name,
  leaf: true,
  active: true,
  member: null,
  ...more,
});
const accounts = [
  account('1110', 'Operating cash'),
  account('5110', 'Supplies'),
  account('1000', 'Assets', { leaf: false }),
  account('1120', 'Old cash', { active: false }),
  account('3100-01', 'Member capital 01', { member: { displayName: 'Alice Moreno' } }),
];
const line = (of: string, debit: string, credit: string, more: Partial<PostLine> = {}): PostLine => ({
  ...emptyLine,
  account: of,
  debit,
  credit,
  ...more,
});
const draft = (lines: readonly PostLine[], ownTax = false): PostDraft => ({
  effectiveOn: '2026-11-20',
  description: 'Seeds',
  ownTax,
  lines,
});
const reasons = (of: PostDraft) => {
  const built = entriesOf(of, accounts, 2);
  return built.ok ? [] : built.faults.map(({ field, reason }) => `${field} ${reason}`);
};

describe('an entry while it is typed', () => {
  it('debits are positive, credits negative, and tax is as book unless typed', () => {
    const built = entriesOf(
      draft([line('5110', '1,200.50', ''), line('1110 Operating cash', '', '1200.5')]),
      accounts,
      2,
    );
    expect(built.ok && built.entries).toEqual([
      { accountId: 'id-5110', book: '1200.50', tax: '1200.50' },
      { accountId: 'id-1110', book: '-1200.50', tax: '-1200.50' },
    ]);
  });

  it('empty lines are left out, and a fault of the API still finds its line', () => {
    const built = entriesOf(
      draft([emptyLine, line('5110', '10', ''), emptyLine, line('1110', '', '10')]),
      accounts,
      2,
    );
    expect(
      built.ok && [
        built.fieldOf('entries.1.accountId'),
        built.fieldOf('entries.0.book'),
        built.fieldOf('effectiveOn'),
      ],
    ).toEqual(['account.3', 'debit.1', 'effectiveOn']);
  });

  it('tells everything that is wrong at its field', () => {
    expect(reasons(draft([line('9999', '10', ''), line('1110', 'ten', '')]))).toEqual([
      'account.0 account',
      'debit.1 unreadable',
    ]);
    expect(reasons(draft([line('5110', '10', '10'), line('1110', '', '')]))).toEqual([
      'credit.0 twoSides',
      'debit.1 noAmount',
    ]);
    expect(reasons(draft([line('5110', '10', '')]))).toEqual(['account.0 tooFew']);
    expect(reasons(draft([line('5110', '10', ''), line('1110', '', '9')]))).toEqual(['debit.0 bookOff']);
    const tax = [line('5110', '10', '', { taxDebit: '10' }), line('1110', '', '10', { taxCredit: '9' })];
    expect(reasons(draft(tax, true))).toEqual(['taxDebit.0 taxOff']);
  });

  it('groups and retired accounts take no entries', () => {
    expect(
      ['1000', '1120', 'Operating cash', '3100-01 Alice Moreno'].map(
        (text) => accountNamed(text, accounts)?.code ?? null,
      ),
    ).toEqual([null, null, '1110', '3100-01']);
  });

  it('the running difference counts what can be read so far', () => {
    expect(differenceOf(draft([line('5110', '10.50', ''), line('1110', '', 'x')]), 2)).toEqual({
      book: 1050n,
      tax: 1050n,
    });
  });

  it('the cooperative’s line and more, or a member’s capital at any amount, needs a second signature', () => {
    const of = (amount: string, from: string, other = '1110') =>
      secondSignature(draft([line('5110', amount, ''), line(other, '', amount)]), accounts, 2, from);
    expect([of('4,999.99', '5000.00'), of('5,000.00', '5000.00')]).toEqual([null, 'amount']);
    expect([of('299.99', '300.00'), of('300', '300.00')]).toEqual([null, 'amount']);
    expect(of('1', '5000.00', '3100-01')).toBe('capital');
  });

  it('reads a form as it was sent', () => {
    const form = new FormData();
    for (const [name, value] of [
      ['effectiveOn', '2026-11-20'],
      ['description', ' Seeds '],
      ['line', '0'],
      ['account.0', '5110'],
      ['debit.0', '10'],
      ['line', '1'],
    ] as const)
      form.append(name, value);
    expect(sentDraft(form)).toMatchObject({
      description: 'Seeds',
      ownTax: false,
      lines: [{ debit: '10' }, emptyLine],
    });
  });
});
