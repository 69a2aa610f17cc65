import { formatMinor } from '@habitat/kernel';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { totalOf } from '../../lib/amount.ts';
import { wentOut } from './went-out.ts';

const line = (amount: string, status: string) => ({ amount, status });

describe('what of a distribution went out', () => {
  it('leaves out a payment that came back', () => {
    const lines = [line('525.41', 'PAID'), line('389.19', 'FAILED'), line('285.40', 'PAID')];
    expect(wentOut(lines)).toEqual({ isOpen: false, paid: '810.81', notPaid: '389.19' });
  });

  it('says of nothing that came back, nothing', () => {
    expect(wentOut([line('525.41', 'PAID')])).toEqual({ isOpen: false, paid: '525.41', notPaid: null });
  });

  it('is open while one payment is still to be made', () => {
    const lines = [line('525.41', 'PAID'), line('389.19', 'SCHEDULED')];
    expect(wentOut(lines)).toEqual({ isOpen: true, paid: '525.41', notPaid: null });
  });

  it('what was paid, what was not and what is still to be paid make the whole, to the cent', () => {
    const status = fc.constantFrom('CALCULATED', 'APPROVED', 'SCHEDULED', 'PAID', 'FAILED', 'CANCELLED');
    const some = fc.record({
      amount: fc.bigInt(0n, 10n ** 12n).map((minor) => formatMinor(minor, 2)),
      status,
    });
    fc.assert(
      fc.property(fc.array(some, { minLength: 1 }), (lines) => {
        const { paid, notPaid } = wentOut(lines);
        const open = lines.filter(({ status: one }) => !['PAID', 'FAILED', 'CANCELLED'].includes(one));
        const parts = [paid, notPaid ?? '0.00', ...open.map(({ amount }) => amount)];
        expect(totalOf(parts)).toBe(totalOf(lines.map(({ amount }) => amount)));
      }),
    );
  });
});
