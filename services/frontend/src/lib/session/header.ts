// Headers our own proxy writes on a request, overwriting whatever a client sent under these names.
export const requestIdHeader = 'x-habitat-request-id';
export const pathHeader = 'x-habitat-path';
export const nonceHeader = 'x-nonce';
// Under it the proxy finds who it is that came.
export const turnHeader = 'x-habitat-turn';

// The same id on the answer: what a person is shown when something fails, and what operators look for in the logs.
export const correlationHeader = 'x-correlation-id';

// And once more where a script can read it: a page cannot see the headers it was sent with, but their Server-Timing.
export const correlationTiming = 'request';

// As what an answer is handed on, when somebody takes a table away: the API puts that in the audit trail.
export const takenAsHeader = 'x-habitat-taken-as';

// The span of the request being served (W3C trace context), where traces are kept: what it asks of the API hangs on it.
export const traceParentHeader = 'traceparent';
