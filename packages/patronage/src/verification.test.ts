import { canonicalJson, expectAccepted, sha256Hex } from '@habitat/kernel';
import { describe, expect, it } from 'vitest';
import { calculated, inputOf, usd, walkthrough } from './allocation.fixture.ts';
import type { AllocationInput } from './policy.ts';
import { allocationRecord, sealRecord } from './record.ts';
import type { AllocationRecord } from './record.ts';
import { verifyRecord } from './verification.ts';

const recordOf = (input: AllocationInput): AllocationRecord => allocationRecord(input, calculated(input));
/** What comes of a record that was written anew, hash included, or under the hash of another. */
const outcome = (record: AllocationRecord, hash = sha256Hex(canonicalJson(record))): string => {
  const result = verifyRecord(canonicalJson(record), hash);
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
      const { text, hash } = sealRecord(input, calculated(input));
      expect(expectAccepted(verifyRecord(text, hash))).toEqual(calculated(input));
    }
  });

  it('notices a record that was altered after it was hashed', () => {
    const { text, hash } = sealRecord(inputOf('12000.00'), calculated(inputOf('12000.00')));
    for (const altered of [text.replace('2026-Q1', '2027-Q1'), ` ${text}`, ''])
      expect(verifyRecord(altered, hash)).toMatchObject({ refusal: { code: 'HASH_MISMATCH' } });
  });

  it('notices a result that does not follow from its inputs, even with a fresh hash', () => {
    const record = recordOf(inputOf('12000.00'));
    const outputs = { ...(record.outputs as object), cashMinor: '240001' };
    expect(outcome({ ...record, outputs })).toBe('RESULT_DIFFERS');
  });

  it('refuses other formats, inputs of another shape and inputs no calculation accepts', () => {
    expect(verifyRecord('no JSON', sha256Hex('no JSON'))).toMatchObject({
      refusal: { code: 'MALFORMED_INPUTS' },
    });
    const record = recordOf(inputOf('12000.00'));
    expect(outcome({ ...record, format: 'other/1' })).toBe('UNKNOWN_FORMAT');
    expect(outcome({ ...record, inputs: { members: 'nobody' } })).toBe('MALFORMED_INPUTS');
    expect(outcome({ ...record, inputs: { ...(record.inputs as object), members: [] } })).toBe(
      'INPUTS_REFUSED',
    );
  });
});
