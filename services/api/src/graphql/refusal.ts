// The one place where a refusal of the packages becomes an error of the API: which code it is, which field it
// points at, and its amounts as people read them.
import type { ApiErrorCode } from './error.ts';
import { ApiError } from './error.ts';

/** Any refusal of any noun: a code and facts. */
export interface AnyRefusal {
  readonly code: string;
}

/** Codes whose class their name does not tell; the rest is decided by `classify`. */
const NAMED: Readonly<Partial<Record<ApiErrorCode, readonly string[]>>> = {
  UNAUTHENTICATED: [
    'CHALLENGE_OVER',
    'IDENTITY_UNKNOWN',
    'PASSKEY_REFUSED',
    'PROVIDER_DENIED',
    'PROVIDER_NOT_BELIEVED',
    'PROVIDER_REQUEST_OVER',
    'SECOND_FACTOR_REQUIRED',
    'SIGN_IN_FAILED',
    'SESSION_ENDED',
    'SESSION_REUSED',
  ],
  RATE_LIMITED: ['TOO_MANY_ATTEMPTS'],
  NOT_FOUND: ['LINK_UNKNOWN', 'MEMBER_UNKNOWN'],
  FORBIDDEN: [
    'LINK_NOT_YOURS',
    'LOGGED_BY_YOU',
    'NOT_A_PEER',
    'NOT_THE_ASKER',
    'NOT_YOUR_TURN',
    'OUTSIDE_SCOPE',
    'OVER_LIMIT',
    'OVER_ROLE_LIMIT',
    'SCOPE_NOT_YOURS',
    'SECOND_PERSON_REQUIRED',
  ],
  // The input is fine, but not for the state things are in.
  CONFLICT: [
    'AWAY_ALREADY',
    'BACKUP_IS_AWAY',
    'API_KEY_OVER',
    'ACCOUNT_INACTIVE',
    'ACCOUNT_IN_USE',
    'BLOCKED',
    'CANNOT_REVERSE_REVERSAL',
    'CAPITAL_DEFICIT',
    'CASH_RESERVE',
    'CATEGORY_RETIRED',
    'CHANGE_WAITING',
    'CLASS_RETIRED',
    'CLOSE_NOT_RUNNING',
    'CAPITAL_LEFT',
    'DISTRIBUTION_UNDER_WAY',
    'EARLIER_PERIOD_OPEN',
    'HASH_MISMATCH',
    'IDEMPOTENCY_CONFLICT',
    'LAST_ADMINISTRATOR',
    'LAST_CLASS',
    'EMAIL_TAKEN',
    'EMAIL_UNCHANGED',
    'LINK_EXPIRED',
    'LINK_REPLACED',
    'LINK_USED',
    'LOT_IN_USE',
    'MADE_BY_CLOSE',
    'MAIL_NOT_SET_UP',
    'NOTHING_PROPOSED',
    'NOTHING_REQUESTED',
    'NOTHING_TO_DECIDE',
    'NOT_APPROVED',
    'NOT_READY',
    'NOT_WAITING',
    'NOT_WITH_PEERS',
    'NO_OVERRIDE_OPEN',
    'REMINDED_TODAY',
    'REMINDER_TOO_SOON',
    'NO_POSTING_PROBLEM',
    'OVERRIDE_OPEN',
    'PAYMENT_OPEN',
    'PENDING_ACT_OVER',
    'PERIOD_NOT_CLOSED',
    'PERIOD_NOT_OVER',
    'PROVIDER_UNREACHABLE',
    'PERIOD_TOO_EARLY',
    'RESET_BY_MAIL',
    'RESULT_DIFFERS',
    'ROLE_HELD',
    'SETUP_EXPIRED',
    'STEP_NOT_CURRENT',
    'STILL_A_MEMBER',
    'TOO_MANY_IDENTITIES',
    'TOO_MANY_KEYS',
    'TOO_MANY_PASSKEYS',
    'TOO_MANY_WEBHOOKS',
    'TRANSITION_NOT_ALLOWED',
    'WEBHOOK_STOPPED',
    'WORK_OPEN',
  ],
  // Named like something missing or taken, yet a slip within the input itself.
  VALIDATION_ERROR: [
    'DUPLICATE_CATEGORY',
    'DUPLICATE_CONTRIBUTION',
    'DUPLICATE_ID',
    'DUPLICATE_MEMBER',
    'DUPLICATE_SURPLUS_LINE',
    'UNKNOWN_CLASS',
    'UNKNOWN_FORMAT',
    'UNKNOWN_KIND',
    'UNKNOWN_METHOD',
    'UNKNOWN_ROLE',
  ],
};

const CLASS_OF_CODE: ReadonlyMap<string, ApiErrorCode> = new Map(
  Object.entries(NAMED).flatMap(([code, reasons]) => reasons.map((reason) => [reason, code as ApiErrorCode])),
);

const CLASSES: readonly (readonly [RegExp, ApiErrorCode])[] = [
  [/(^|_)NOT_FOUND$|^UNKNOWN_/, 'NOT_FOUND'],
  [/^FORBIDDEN|(^|_)(OWN|SELF|SAME_PERSON|NOT_ALLOWED|NOT_PERMITTED)(_|$)/, 'FORBIDDEN'],
  [
    /^ALREADY_|_ALREADY(_|$)|(^|_)(CONFLICT|CHANGED|STALE|TAKEN|DUPLICATE|LOCKED|CLOSED|NOT_OPEN)(_|$)|WRONG_(STATE|STATUS)|_EXISTS$/,
    'CONFLICT',
  ],
];

/** The API's code for a refusal's code. Whatever is not missing, forbidden or in conflict is a fault of the input. */
export function classify(refusalCode: string): ApiErrorCode {
  const named = CLASS_OF_CODE.get(refusalCode);
  if (named !== undefined) return named;
  return CLASSES.find(([pattern]) => pattern.test(refusalCode))?.[1] ?? 'VALIDATION_ERROR';
}

/** "NOT_YOUR_OWN" → "Not your own." for refusals that bring no sentence. */
function sentenceOf(code: string): string {
  const words = code.toLowerCase().replaceAll('_', ' ');
  return `${words.charAt(0).toUpperCase()}${words.slice(1)}.`;
}

/** `entries[1].bookMinor` or ['entries', 1] → a path below the mutation's `input`. */
function pathOf(path: unknown): (string | number)[] {
  if (Array.isArray(path)) return ['input', ...(path as (string | number)[])];
  if (typeof path !== 'string' || path === '') return ['input'];
  const parts = path.split(/[.[\]]+/).filter((part) => part !== '');
  return ['input', ...parts.map((part) => (/^\d+$/.test(part) ? Number(part) : part.replace(/Minor$/, '')))];
}

/** Facts as JSON; `xMinor` also as the Money text `x`, so that a screen need not know the currency's digits. */
function factsOf(
  facts: Readonly<Record<string, unknown>>,
  money: (minor: bigint) => string,
): Record<string, unknown> {
  const shown: Record<string, unknown> = {};
  for (const [name, value] of Object.entries(facts)) {
    if (
      name.endsWith('Minor') &&
      (typeof value === 'bigint' || (typeof value === 'string' && /^-?\d+$/.test(value)))
    ) {
      shown[name.slice(0, -'Minor'.length)] = money(BigInt(value));
    } else {
      shown[name] = typeof value === 'bigint' ? value.toString() : value;
    }
  }
  return shown;
}

/** What a refusal says to a person. */
function toldOf({ code, message }: AnyRefusal & { readonly message?: unknown }): string {
  return typeof message === 'string' ? message : sentenceOf(code);
}

/** Every rule an input broke, in the order checked, when more than one was told: { path, message, reason }. */
function faultsOf(first: AnyRefusal, more: unknown): Record<string, unknown> {
  if (!Array.isArray(more) || more.length === 0) return {};
  const all = [first, ...(more as unknown[])] as (AnyRefusal & { path?: unknown; field?: unknown })[];
  return {
    faults: all.map((one) => ({
      path: pathOf(one.path ?? one.field),
      message: toldOf(one),
      reason: one.code,
    })),
  };
}

/** The error a refusal becomes: extensions { code, reason, path, …facts }, and `faults` when several rules were broken. */
export function refusalError(refusal: AnyRefusal, money: (minor: bigint) => string): ApiError {
  const {
    code: reason,
    path,
    field,
    message: _told,
    more,
    ...facts
  } = refusal as AnyRefusal & Record<string, unknown>;
  return new ApiError(classify(reason), toldOf(refusal), {
    ...factsOf(facts, money),
    ...faultsOf(refusal, more),
    reason,
    path: pathOf(path ?? field),
  });
}
