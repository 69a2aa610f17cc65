// How an act ends, as a form sees it. A refusal names its fields; a session that has ended keeps what was typed.
import type { Answer, Fault } from './fault.ts';

export type FieldFault = { field: string | null; text: string; reason?: string };

export type ActionState =
  | { status: 'idle' }
  /** `said` is the sentence of the toast; `id` what was made, where an undo needs it; `to` the page that comes next. */
  | { status: 'done'; said: string; id?: string; to?: string }
  /** Something shown once: a link to be handed over, or lines that `said` speaks of. */
  | { status: 'hand-over'; link: string; said?: string }
  | { status: 'refused'; faults: readonly FieldFault[]; nextKey: string; typed?: Typed }
  | { status: 'signed-out'; typed?: Typed }
  /** The act asks for the password once more; what was typed is kept meanwhile. */
  | { status: 'unproven'; typed?: Typed }
  | { status: 'failed'; code: string; typed?: Typed };

/** What was typed, for a browser that draws the page anew because no script runs there. */
export type Typed = Readonly<Record<string, string>>;

export const idle: ActionState = { status: 'idle' };

/** The sentence of one refusal: ours when the catalogue has it, else the API's own. */
export type RefusalWords = (fault: Fault) => string;

/**
 * Ends an act that the API did not do. Refused acts get a fresh key, because the next try is another input; acts that
 * failed on our side keep theirs, so that trying again can never do them twice.
 */
export function endedBadly(
  answer: Extract<Answer<unknown>, { ok: false }>,
  words: RefusalWords,
): ActionState {
  const [first] = answer.faults;
  if (first.kind === 'signed-out') return { status: 'signed-out' };
  if (first.reason === 'REAUTHENTICATION_REQUIRED') return { status: 'unproven' };
  if (first.kind === 'internal' || first.kind === 'unreachable') {
    return { status: 'failed', code: first.correlationId ?? '' };
  }
  const faults = answer.faults.map((fault) => ({
    field: fault.field,
    text: words(fault),
    reason: fault.reason,
  }));
  return { status: 'refused', faults, nextKey: globalThis.crypto.randomUUID() };
}

/** True when one of the refusals is this one. */
export function refusedFor(state: ActionState, reason: string): boolean {
  return state.status === 'refused' && state.faults.some((fault) => fault.reason === reason);
}

/** The faults of one field, or of none. */
export function faultAt(state: ActionState, field: string): string | undefined {
  if (state.status !== 'refused') return undefined;
  return state.faults.find((fault) => fault.field === field)?.text;
}
