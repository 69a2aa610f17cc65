// Reads a stored allocation record back into the formula's inputs, so that anybody can run it again and compare
// the bytes. Only what the record itself carries is used.
import { canonicalJson, sha256Hex } from '@habitat/kernel';
import type { AllocationCalculation, AllocationInput } from '@habitat/patronage';
import { allocationRecord, calculateAllocation } from '@habitat/patronage';
import { z } from 'zod';

const minor = z.string().transform((text) => BigInt(text));
const amount = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('fixed'), amountMinor: minor }),
  z.object({
    kind: z.literal('fraction'),
    fraction: z.string(),
    of: z.enum(['net_income', 'member_income', 'remaining']),
  }),
]);
const rate = z.object({ kind: z.literal('rate_on_capital'), rate: z.string(), capitalMinor: minor });
const line = { id: z.string(), label: z.string(), accountCode: z.string().nullable() };

const inputsSchema = z.object({
  currency: z.string(),
  digits: z.int(),
  netIncomeMinor: minor,
  taxNetIncomeMinor: minor,
  policy: z.object({
    surplusLines: z.array(
      z.discriminatedUnion('kind', [
        z.object({
          ...line,
          kind: z.literal('non_member_income'),
          amount,
          treatment: z.enum(['kept', 'taxed_apart']),
        }),
        z.object({ ...line, kind: z.literal('reserve'), amount, indivisible: z.boolean() }),
        z.object({ ...line, kind: z.literal('return_on_share_capital'), amount: z.union([amount, rate]) }),
      ]),
    ),
    formula: z.discriminatedUnion('kind', [
      z.object({ kind: z.literal('weighted') }),
      z.object({ kind: z.literal('equal') }),
      z.object({ kind: z.literal('hours_only'), categories: z.array(z.string()).exactOptional() }),
      z.object({ kind: z.literal('revenue_only'), categories: z.array(z.string()).exactOptional() }),
      z.object({ kind: z.literal('tiered'), multipliers: z.record(z.string(), z.string()) }),
    ]),
    weights: z.record(z.string(), z.string()),
    threshold: z
      .discriminatedUnion('kind', [
        z.object({ kind: z.literal('fixed'), amountMinor: minor }),
        z.object({ kind: z.literal('hours'), hours: z.string() }),
        z.object({ kind: z.literal('percent_of_average'), fraction: z.string() }),
      ])
      .nullable(),
    maximumShare: z.string().nullable(),
    rounding: z.enum(['largest_remainder', 'residual_to_largest']),
    cashRate: z.string(),
  }),
  members: z.array(
    z.object({
      memberId: z.string(),
      memberClass: z.string(),
      status: z.string(),
      eligible: z.boolean(),
      lossCapacityMinor: minor.nullable(),
      categories: z.array(
        z.object({
          category: z.string(),
          valueMinor: minor,
          hours: z.string(),
          contributionIds: z.array(z.string()),
        }),
      ),
    }),
  ),
});
const recordSchema = z.object({ references: z.record(z.string(), z.string()), inputs: inputsSchema });

/** The inputs a record was calculated from; throws when it is not an allocation record. */
export function inputOfRecord(recordText: string): AllocationInput {
  const { references, inputs } = recordSchema.parse(JSON.parse(recordText));
  return { ...inputs, references };
}

/** The calculation a record stands for, run again. */
export function recalculate(recordText: string): AllocationCalculation {
  const calculated = calculateAllocation(inputOfRecord(recordText));
  if (!calculated.ok)
    throw new Error(`a stored record can no longer be calculated: ${calculated.refusal.code}`);
  return calculated.value;
}

/** Canonical bytes and hash of a calculation. */
export function sealRecord(
  input: AllocationInput,
  calculation: AllocationCalculation,
): { text: string; hash: string } {
  const text = canonicalJson(allocationRecord(input, calculation));
  return { text, hash: sha256Hex(text) };
}

/** Runs a record again from its own inputs and compares the bytes. */
export function rerun(recordText: string): { readonly sameBytes: boolean; readonly hash: string } {
  const again = sealRecord(inputOfRecord(recordText), recalculate(recordText));
  return { sameBytes: again.text === recordText, hash: again.hash };
}
