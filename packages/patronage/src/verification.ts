/**
 * Recomputes an allocation from nothing but its record and compares byte for byte: how an auditor, or
 * the operator's `habitat verify`, proves that a stored allocation follows from its recorded inputs.
 */
import { accept, refuse, sha256Hex } from '@habitat/kernel';
import type { JsonValue, Result } from '@habitat/kernel';
import { calculateAllocation } from './allocation.ts';
import type { AllocationCalculation, AllocationRefusal } from './allocation.ts';
import type { AllocationInput } from './policy.ts';
import { ALLOCATION_RECORD_FORMAT, sealRecord } from './record.ts';
import type { AllocationRecord } from './record.ts';

export type VerificationRefusal =
  | { readonly code: 'HASH_MISMATCH'; readonly statedHash: string; readonly recordHash: string }
  | { readonly code: 'UNKNOWN_FORMAT' }
  | { readonly code: 'MALFORMED_INPUTS' }
  | { readonly code: 'INPUTS_REFUSED'; readonly refusal: AllocationRefusal }
  | { readonly code: 'RESULT_DIFFERS'; readonly recordHash: string; readonly recomputedHash: string };

/** Free texts as keys: nothing below them is an amount, whatever its name ends in. */
const NAMED_DECIMALS = new Set(['weights', 'multipliers']);

/**
 * Verifies a record's text against the hash stated for it, and accepts with the calculation run again. Refusals in
 * order: HASH_MISMATCH (the text was altered), UNKNOWN_FORMAT, MALFORMED_INPUTS and INPUTS_REFUSED (no calculation
 * accepts these inputs), RESULT_DIFFERS (the stored result does not follow from the inputs, byte for byte).
 */
export function verifyRecord(
  text: string,
  statedHash: string,
): Result<AllocationCalculation, VerificationRefusal> {
  const hash = sha256Hex(text);
  if (hash !== statedHash) return refuse({ code: 'HASH_MISMATCH', statedHash, recordHash: hash });
  const input = inputOfRecord(text);
  if (!input.ok) return input;
  const again = recompute(input.value);
  if (!again.ok) return again;
  const { calculation, recomputedHash } = again.value;
  if (recomputedHash !== hash) return refuse({ code: 'RESULT_DIFFERS', recordHash: hash, recomputedHash });
  return accept(calculation);
}

function inputOfRecord(text: string): Result<AllocationInput, VerificationRefusal> {
  try {
    const { format, inputs, references } = JSON.parse(text) as AllocationRecord;
    if (format !== ALLOCATION_RECORD_FORMAT) return refuse({ code: 'UNKNOWN_FORMAT' });
    return accept({ ...(reviveAmounts(inputs ?? null) as object), references } as AllocationInput);
  } catch {
    return refuse({ code: 'MALFORMED_INPUTS' });
  }
}

function recompute(
  input: AllocationInput,
): Result<
  { readonly calculation: AllocationCalculation; readonly recomputedHash: string },
  VerificationRefusal
> {
  try {
    const result = calculateAllocation(input);
    if (!result.ok) return refuse({ code: 'INPUTS_REFUSED', refusal: result.refusal });
    return accept({ calculation: result.value, recomputedHash: sealRecord(input, result.value).hash });
  } catch {
    // A record comes from outside: inputs of another shape are its fault, not ours.
    return refuse({ code: 'MALFORMED_INPUTS' });
  }
}

/** An input as JSON text, every amount a decimal string of minor units: what `readAllocationInput` reads back. */
export function allocationInputText(input: AllocationInput): string {
  return JSON.stringify(input, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
}

/** The input behind such a text, so that a browser calculates from exactly what a server would. Throws on other text. */
export function readAllocationInput(text: string): AllocationInput {
  return reviveAmounts(JSON.parse(text) as JsonValue) as AllocationInput;
}

/** Turns the texts of every key that ends in `Minor` back into bigints. */
function reviveAmounts(value: JsonValue): unknown {
  if (value === null || typeof value !== 'object') return value;
  if (Array.isArray(value)) return value.map((item: JsonValue) => reviveAmounts(item));
  const entries = Object.entries(value as Readonly<Record<string, JsonValue>>);
  return Object.fromEntries(
    entries.map(([key, item]) => {
      if (NAMED_DECIMALS.has(key)) return [key, item];
      return [key, key.endsWith('Minor') && typeof item === 'string' ? BigInt(item) : reviveAmounts(item)];
    }),
  );
}
