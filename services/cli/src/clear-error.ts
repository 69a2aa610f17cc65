// An error an operator can act on: one sentence, no stack. Every other error is a fault of ours.
export class ClearError extends Error {
  constructor(
    message: string,
    /** What the process ends with: 1 for "it cannot be done", 2 for "what was asked makes no sense". */
    readonly exitCode: 1 | 2 = 1,
  ) {
    super(message);
    this.name = 'ClearError';
  }
}

/** A refusal as a sentence: its own message, or its code with its facts. */
export function sentenceOf(refusal: { readonly code: string }): string {
  const { code, message, ...facts } = refusal as { code: string; message?: unknown } & Record<
    string,
    unknown
  >;
  if (typeof message === 'string') return message;
  const told = Object.entries(facts)
    .map(([name, value]) => `${name} ${typeof value === 'object' ? JSON.stringify(value) : String(value)}`)
    .join(', ');
  const words = code.toLowerCase().replaceAll('_', ' ');
  return told === '' ? `${words}.` : `${words} (${told}).`;
}

const CONNECTION_FAULTS: ReadonlyMap<string, string> = new Map([
  ['ECONNREFUSED', 'nothing answers there'],
  ['ENOTFOUND', 'there is no such host'],
  ['ETIMEDOUT', 'it does not answer'],
  ['28P01', 'the password is wrong'],
  ['28000', 'this login is not let in'],
  ['3D000', 'there is no such database'],
]);

/** What to tell the operator about any error: one clear sentence where the cause is known. */
export function describe(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  const code = 'code' in error ? String(error.code) : '';
  const cause = CONNECTION_FAULTS.get(code);
  if (cause !== undefined) return `The database cannot be reached: ${cause}.`;
  if (code === '42P01' || code === '3F000' || code === '42501' || code === '22023') {
    return 'The database is not migrated, or not to this version: run "habitat migrate" first.';
  }
  return error.message;
}
