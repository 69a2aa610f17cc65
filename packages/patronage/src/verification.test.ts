import { expectAccepted } from '@habitat/kernel';
import { describe, expect, it } from 'vitest';
import { calculated, inputOf, usd, walkthrough } from './allocation.fixture.ts';
import type { AllocationInput } from './policy.ts';
import { allocationRecord, recordHash } from './record.ts';
import type { AllocationRecord } from './record.ts';
import { verifyRecord } from './verification.ts';

/** The record as it comes back from a database or a file. */
const stored = (input: AllocationInput): AllocationRecord =>
  JSON.parse(JSON.stringify(allocationRecord(input, calculated(input)))) as AllocationRecord;
const outcome = (record: AllocationRecord, hash = recordHash(record)): string => {
  const result = verifyRecord(record, hash);
  return result.ok ? 'VERIFIED' : result.refusal.code;
};

describe('verification', () => {
  it('recomputes a stored record to the same bytes, with every kind of option', () => {
    const inputs: AllocationInput[] = [
      inputOf('12000.00'),
      inputOf('-2000.00', walkthrough, { rounding: 'residual_to_largest' }),
      inputOf('12000.00', walkthrough, {
        formula: { kind: 'tiered', multipliers: { cooperative: '1.5' } },
        threshold: { kind: 'fixed', amountMinor: usd('10') },
        maximumShare: '0.40',
        surplusLines: [
          {
            kind: 'return_on_share_capital',
            id: 'return',
            label: 'Return',
            amount: { kind: 'rate_on_capital', rate: '0.02', capitalMinor: usd('5000') },
            accountCode: null,
          },
        ],
      }),
      inputOf('10.00', walkthrough, { formula: { kind: 'revenue_only', categories: ['revenue', 'cash'] } }),
    ];
    for (const input of inputs) {
      const record = stored(input);
      expect(expectAccepted(verifyRecord(record, recordHash(record)))).toEqual({ hash: recordHash(record) });
    }
  });

  it('notices a record that was altered after it was hashed', () => {
    const record = stored(inputOf('12000.00'));
    expect(outcome({ ...record, references: { period: '2027-Q1' } }, recordHash(record))).toBe(
      'HASH_MISMATCH',
    );
  });

  it('notices a result that does not follow from its inputs, even with a fresh hash', () => {
    const record = stored(inputOf('12000.00'));
    const outputs = { ...(record.outputs as object), cashMinor: '240001' };
    expect(outcome({ ...record, outputs })).toBe('RESULT_DIFFERS');
  });

  it('refuses other formats, inputs of another shape and inputs no calculation accepts', () => {
    const record = stored(inputOf('12000.00'));
    expect(outcome({ ...record, format: 'other/1' })).toBe('UNKNOWN_FORMAT');
    expect(outcome({ ...record, inputs: { members: 'nobody' } })).toBe('MALFORMED_INPUTS');
    expect(outcome({ ...record, inputs: { ...(record.inputs as object), members: [] } })).toBe(
      'INPUTS_REFUSED',
    );
  });
});
