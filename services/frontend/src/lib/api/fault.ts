// What can come back instead of an answer. A refusal is the person's to mend and keeps the place it belongs to; anything
// else is ours and carries the code an operator can look up.
export type FaultKind =
  'signed-out' | 'forbidden' | 'not-found' | 'refused' | 'too-many' | 'internal' | 'unreachable';

export type Fault = {
  kind: FaultKind;
  /** The closed code of the refusal (`OVER_24_HOURS`), or the error code when there is none. */
  reason: string;
  message: string;
  /** The field of the form it belongs to, without the leading "input". */
  field: string | null;
  correlationId: string | null;
  /** What the refusal names: dates, amounts, codes. For the sentence in the catalogue. */
  facts: Readonly<Record<string, string>>;
};

export type Answer<T> = { ok: true; data: T } | { ok: false; faults: readonly [Fault, ...Fault[]] };

/** One error of a GraphQL response, as far as we rely on its form. */
export type GraphqlError = {
  message: string;
  extensions?: {
    code?: string;
    reason?: string;
    path?: unknown;
    correlationId?: string;
    [fact: string]: unknown;
  };
};

const kindByCode: Record<string, FaultKind> = {
  UNAUTHENTICATED: 'signed-out',
  FORBIDDEN: 'forbidden',
  NOT_FOUND: 'not-found',
  VALIDATION_ERROR: 'refused',
  BAD_USER_INPUT: 'refused',
  CONFLICT: 'refused',
  RATE_LIMITED: 'too-many',
};

/** Reads one error of the API; a code we do not know is a fault of ours, never the person's. */
export function faultOf(error: GraphqlError, requestId: string): Fault {
  const {
    code = 'INTERNAL_ERROR',
    reason,
    path,
    correlationId,
    faults: _,
    ...facts
  } = error.extensions ?? {};
  return {
    kind: kindByCode[code] ?? 'internal',
    reason: reason ?? code,
    message: error.message,
    field: fieldOf(path),
    correlationId: correlationId ?? requestId,
    facts: Object.fromEntries(
      Object.entries(facts).map(([name, value]) => [
        name,
        typeof value === 'string' ? value : JSON.stringify(value),
      ]),
    ),
  };
}

type Place = { path?: unknown; message?: unknown; reason?: string };

/** Every fault of one error: an input that is wrong in several places names each of them. */
export function faultsOf(error: GraphqlError, requestId: string): Fault[] {
  const first = faultOf(error, requestId);
  const places = error.extensions?.faults;
  if (!Array.isArray(places) || places.length === 0) return [first];
  return places.map((place: Place, index) => ({
    ...first,
    reason: place.reason ?? first.reason,
    // The facts of the error are those of the first place.
    facts: index === 0 ? first.facts : {},
    field: fieldOf(place.path),
    message: typeof place.message === 'string' ? place.message : first.message,
  }));
}

/** The fault of an API that did not answer at all. */
export function unreachable(requestId: string): Fault {
  return {
    kind: 'unreachable',
    reason: 'UNREACHABLE',
    message: '',
    field: null,
    correlationId: requestId,
    facts: {},
  };
}

function fieldOf(path: unknown): string | null {
  if (!Array.isArray(path)) return null;
  const parts = path.filter((part) => part !== 'input').map(String);
  return parts.length > 0 ? parts.join('.') : null;
}
