/**
 * The answer of every decision: a value, or a refusal that names the rule that said no.
 * Refusals are returned so that callers must look at them; faults (bugs, outages) are thrown.
 */

export type Accepted<T> = { readonly ok: true; readonly value: T };
export type Refused<R> = { readonly ok: false; readonly refusal: R };

/** Either an accepted value or a refusal; look at `ok` before touching either. */
export type Result<T, R> = Accepted<T> | Refused<R>;

/** Wraps a value as an accepted result. */
export function accept<T>(value: T): Accepted<T> {
  return { ok: true, value };
}

/** Wraps a refusal (a member of a closed union `{ code, ...facts }`) as a result. */
export function refuse<R>(refusal: R): Refused<R> {
  return { ok: false, refusal };
}

/**
 * Refuses for every rule broken at once: the first refusal leads and carries the others as `more`, so that a form is
 * corrected once. The rules told together are independent of each other and stand in the order checked.
 */
export function refuseAll<R extends object>(first: R, others: readonly R[]): Refused<R> {
  return refuse(others.length === 0 ? first : { ...first, more: others });
}

/**
 * Unwraps a result that cannot be a refusal here (a constant, a value checked before).
 * Throws when it is one after all: that is a fault of ours, not of the person asking.
 */
export function expectAccepted<T, R>(result: Result<T, R>): T {
  if (result.ok) return result.value;
  const told = JSON.stringify(result.refusal, (_key, value: unknown) =>
    typeof value === 'bigint' ? value.toString() : value,
  );
  throw new Error(`expected an accepted result, got the refusal ${told}`);
}
