// The errors a client may see: seven codes, a sentence a person can read, and facts. Everything else that is
// thrown is a fault and leaves masked.
import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

export const API_ERROR_CODES = [
  'UNAUTHENTICATED',
  'FORBIDDEN',
  'NOT_FOUND',
  'VALIDATION_ERROR',
  'CONFLICT',
  'RATE_LIMITED',
  'INTERNAL_ERROR',
] as const;
export type ApiErrorCode = (typeof API_ERROR_CODES)[number];

/** One wrong place in what was sent: where (`['input', 'quantity']`) and what is wrong with it. */
export interface InputFault {
  readonly path: readonly (string | number)[];
  readonly message: string;
}

/** How HTTP says that something may be asked again later. */
function waiting(code: ApiErrorCode, { retryAfterSeconds }: Readonly<Record<string, unknown>>): object {
  if (code !== 'RATE_LIMITED' || typeof retryAfterSeconds !== 'number') return {};
  return { http: { status: 429, headers: new HeaderMap([['retry-after', String(retryAfterSeconds)]]) } };
}

/** An error on purpose: it reaches the client as it is, with `extensions.code` and the facts given. */
export class ApiError extends GraphQLError {
  constructor(code: ApiErrorCode, message: string, facts: Readonly<Record<string, unknown>> = {}) {
    super(message, { extensions: { ...facts, ...waiting(code, facts), code } });
    this.name = 'ApiError';
  }
}

/** What was sent cannot be understood; names every wrong place at once. */
export function invalidInput(faults: readonly InputFault[], reason = 'INVALID_INPUT'): ApiError {
  const first = faults[0];
  const message = first === undefined ? 'The input is not valid.' : sentence(first.message);
  return new ApiError('VALIDATION_ERROR', message, { reason, path: first?.path ?? [], faults });
}

/** Nothing with this id exists for the person asking; another cooperative's things look the same. */
export function notFound(what: string): ApiError {
  return new ApiError('NOT_FOUND', `There is no such ${what}.`, { reason: 'NOT_FOUND' });
}

export function unauthenticated(reason = 'SIGN_IN_REQUIRED'): ApiError {
  return new ApiError('UNAUTHENTICATED', 'Sign in to do this.', { reason });
}

export function forbidden(message = 'Your roles do not allow this.'): ApiError {
  return new ApiError('FORBIDDEN', message, { reason: 'FORBIDDEN' });
}

/** What is said of a text that is no amount of the cooperative's currency: the same words wherever it is found. */
export function moneyFault(code: 'NOT_A_NUMBER' | 'TOO_MANY_DECIMALS' | 'OUT_OF_RANGE'): string {
  if (code === 'TOO_MANY_DECIMALS') return 'the amount has more decimals than the currency';
  return code === 'OUT_OF_RANGE' ? 'the amount is larger than the books can hold' : 'this is not an amount';
}

function sentence(text: string): string {
  const capital = text.charAt(0).toUpperCase() + text.slice(1);
  return /[.!?]$/.test(capital) ? capital : `${capital}.`;
}

const HINT = ' Did you mean ';

/**
 * A message without the guess at what was meant that ends it: nobody is told names that exist. A message may carry half a
 * megabyte of what somebody sent, so no pattern looks for it that begins anew at each letter.
 */
export function withoutHint(message: string): string {
  const at = message.endsWith('?') ? message.indexOf(HINT) : -1;
  return at === -1 ? message : message.slice(0, at);
}
