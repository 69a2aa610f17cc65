import { describe, expect, it } from 'vitest';
import { expectAccepted } from '@habitat/kernel';
import { allocationsOf, inputOf, usd } from './allocation.fixture.ts';
import { allocableSurplus } from './surplus.ts';
import type { SurplusBase, SurplusLine } from './surplus.ts';

const reserve = (id: string, fraction: string, of: SurplusBase = 'net_income'): SurplusLine => ({
  kind: 'reserve',
  id,
  label: id,
  amount: { kind: 'fraction', fraction, of },
  indivisible: true,
  accountCode: '3330',
});
const capitalReturn = (fraction: string): SurplusLine => ({
  kind: 'return_on_share_capital',
  id: 'interest',
  label: 'Interest on share capital',
  amount: { kind: 'fraction', fraction, of: 'remaining' },
  accountCode: null,
});
const nonMember = (amount: SurplusLine['amount'] & { kind: 'fraction' | 'fixed' }): SurplusLine => ({
  kind: 'non_member_income',
  id: 'outside',
  label: 'Earned with non-members',
  amount,
  treatment: 'taxed_apart',
  accountCode: '3330',
});
const taken = (netIncome: string, lines: readonly SurplusLine[]) => {
  const { steps, allocableMinor } = expectAccepted(allocableSurplus(usd(netIncome), lines));
  return { taken: steps.map((step) => step.takenMinor), allocable: allocableMinor };
};

describe('the allocable surplus', () => {
  it('is the net income when the bylaws take nothing', () => {
    expect(taken('3000.00', [])).toEqual({ taken: [], allocable: usd('3000.00') });
  });

  it('follows the statutory order of Republic Act 9520 by configuration alone', () => {
    const lines = [
      reserve('reserve', '0.10'),
      reserve('education-local', '0.05'),
      reserve('education-apex', '0.05'),
      reserve('community', '0.03'),
      reserve('optional', '0.07'),
    ];
    expect(taken('1000000', lines)).toEqual({
      taken: [usd('100000'), usd('50000'), usd('50000'), usd('30000'), usd('70000')],
      allocable: usd('700000'),
    });
    const { steps, allocableMinor } = expectAccepted(
      allocableSurplus(usd('1000000'), [...lines, capitalReturn('0.70')]),
    );
    expect(steps.at(-1)).toMatchObject({ baseMinor: usd('700000'), takenMinor: usd('490000') });
    expect(allocableMinor).toBe(usd('210000'));
  });

  it('follows the Italian reserves (Codice civile art. 2545-quater) by configuration alone', () => {
    expect(taken('100000', [reserve('legal', '0.30'), reserve('mutual-fund', '0.03')])).toEqual({
      taken: [usd('30000'), usd('3000')],
      allocable: usd('67000'),
    });
  });

  it('sets non-member income apart first, wherever the line stands', () => {
    const lines = [
      reserve('reserve', '0.10', 'member_income'),
      nonMember({ kind: 'fraction', fraction: '0.25', of: 'net_income' }),
    ];
    const { steps, memberIncomeMinor, allocableMinor } = expectAccepted(allocableSurplus(usd('1000'), lines));
    expect(steps.map((step) => [step.line.id, step.takenMinor, step.remainingMinor])).toEqual([
      ['outside', usd('250'), usd('750')],
      ['reserve', usd('75'), usd('675')],
    ]);
    expect([memberIncomeMinor, allocableMinor]).toEqual([usd('750'), usd('675')]);
  });

  it('takes no reserves of a loss, but leaves non-members their part of it', () => {
    const fixed: SurplusLine = {
      ...reserve('fixed', '0'),
      amount: { kind: 'fixed', amountMinor: usd('50') },
    };
    expect(taken('-100.00', [reserve('reserve', '0.10'), fixed])).toEqual({
      taken: [0n, 0n],
      allocable: usd('-100'),
    });
    const outside = nonMember({ kind: 'fraction', fraction: '0.10', of: 'net_income' });
    expect(taken('-100.00', [outside])).toEqual({ taken: [usd('-10')], allocable: usd('-90') });
    const { steps } = expectAccepted(
      allocableSurplus(usd('100'), [nonMember({ kind: 'fixed', amountMinor: usd('150') }), fixed]),
    );
    expect(steps.map((step) => [step.takenMinor, step.limitedBy])).toEqual([
      [usd('150'), null],
      [0n, 'loss'],
    ]);
  });

  it('never takes more than is left, and says so', () => {
    const fixed: SurplusLine = {
      ...reserve('fixed', '0'),
      amount: { kind: 'fixed', amountMinor: usd('80') },
    };
    const { steps, allocableMinor } = expectAccepted(
      allocableSurplus(usd('100'), [reserve('half', '0.5'), fixed]),
    );
    expect(steps[1]).toMatchObject({
      askedMinor: usd('80'),
      takenMinor: usd('50'),
      limitedBy: 'nothing_left',
    });
    expect(allocableMinor).toBe(0n);
  });

  it('of nothing takes nothing, and calls that no loss', () => {
    const fixed: SurplusLine = {
      ...reserve('fixed', '0'),
      amount: { kind: 'fixed', amountMinor: usd('50') },
    };
    const { steps, allocableMinor } = expectAccepted(allocableSurplus(0n, [reserve('tenth', '0.1'), fixed]));
    expect(steps.map((step) => step.limitedBy)).toEqual([null, 'nothing_left']);
    expect(allocableMinor).toBe(0n);
  });

  it('takes fractions of 0 and of 1 whole, and amounts of nothing', () => {
    expect(taken('100.00', [reserve('none', '0'), reserve('all', '1'), reserve('late', '1')])).toEqual({
      taken: [0n, usd('100'), 0n],
      allocable: 0n,
    });
    const nothing: SurplusLine[] = [
      { ...reserve('fixed', '0'), amount: { kind: 'fixed', amountMinor: 0n } },
      {
        kind: 'return_on_share_capital',
        id: 'return',
        label: 'Return',
        amount: { kind: 'rate_on_capital', rate: '0.05', capitalMinor: 0n },
        accountCode: null,
      },
    ];
    expect(taken('100.00', nothing)).toEqual({ taken: [0n, 0n], allocable: usd('100') });
  });

  it('pays share capital its rate, rounded to the cent', () => {
    const line: SurplusLine = {
      ...capitalReturn('0'),
      kind: 'return_on_share_capital',
      amount: { kind: 'rate_on_capital', rate: '0.0333', capitalMinor: usd('1000.50') },
    };
    expect(taken('100.00', [line])).toEqual({ taken: [usd('33.32')], allocable: usd('66.68') });
  });

  it('is what the members share', () => {
    expect(allocationsOf(inputOf('13333.33', undefined, { surplusLines: [reserve('r', '0.10')] }))).toEqual(
      allocationsOf(inputOf('12000.00')),
    );
  });

  it('refuses a line twice, a fraction outside 0 to 1 and a negative amount', () => {
    const code = (lines: readonly SurplusLine[]) => {
      const result = allocableSurplus(100n, lines);
      return result.ok ? 'ACCEPTED' : result.refusal.code;
    };
    expect(code([reserve('r', '0.1'), reserve('r', '0.1')])).toBe('DUPLICATE_SURPLUS_LINE');
    expect(code([reserve('r', '1.1')])).toBe('SURPLUS_FRACTION_INVALID');
    expect(code([reserve('r', '-0.1')])).toBe('SURPLUS_FRACTION_INVALID');
    expect(code([reserve('r', 'ten')])).toBe('SURPLUS_FRACTION_INVALID');
    expect(code([{ ...reserve('r', '0'), amount: { kind: 'fixed', amountMinor: -1n } }])).toBe(
      'SURPLUS_AMOUNT_NEGATIVE',
    );
  });
});
