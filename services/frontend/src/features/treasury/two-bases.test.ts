import { describe, expect, it } from 'vitest';
import { sectionOf, sidesOf } from './two-bases.ts';

describe('an entry in two columns', () => {
  it('a debit stands left, a credit right and unsigned, nothing stands nowhere', () => {
    expect(sidesOf('10000.00')).toEqual({ debit: '10000.00', credit: null });
    expect(sidesOf('-7000.00')).toEqual({ debit: null, credit: '7000.00' });
    expect(sidesOf('0.00')).toEqual({ debit: null, credit: null });
  });

  it('an account stands in the part of its type', () => {
    expect(['ASSET', 'liability', 'Equity', 'REVENUE', 'expense', 'ASSETS'].map(sectionOf)).toEqual([
      'asset',
      'liability',
      'equity',
      'revenue',
      'expense',
      'asset',
    ]);
  });
});
