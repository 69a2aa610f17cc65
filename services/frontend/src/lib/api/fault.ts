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
  const { code = 'INTERNAL_ERROR', reason, path, correlationId } = error.extensions ?? {};
  return {
    kind: kindByCode[code] ?? 'internal',
    reason: reason ?? code,
    message: error.message,
    field: fieldOf(path),
    correlationId: correlationId ?? requestId,
  };
}

/** The fault of an API that did not answer at all. */
export function unreachable(requestId: string): Fault {
  return { kind: 'unreachable', reason: 'UNREACHABLE', message: '', field: null, correlationId: requestId };
}

function fieldOf(path: unknown): string | null {
  if (!Array.isArray(path)) return null;
  const parts = path.filter((part) => part !== 'input').map(String);
  return parts.length > 0 ? parts.join('.') : null;
}
