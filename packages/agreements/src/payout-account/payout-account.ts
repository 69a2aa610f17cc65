// Where a member is paid: an IBAN, or a routing and an account number of a bank in the United States. A number that cannot
// be right is refused before it is kept, because a payment to a wrong account rarely comes back.
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { electronicFormatIBAN, isValidIBAN } from 'ibantools';

interface Named {
  /** Whose account it is, as the bank knows them. */
  readonly holder: string;
  readonly bankName: string | null;
}

/** An account in full. It exists in memory only: what is kept is sealed. */
export type PayoutDetails = Named &
  (
    | { readonly kind: 'iban'; readonly iban: string }
    | { readonly kind: 'us'; readonly routingNumber: string; readonly accountNumber: string }
  );

/** What may be shown of an account to whoever does not pay. */
export type MaskedAccount = Named & {
  readonly kind: PayoutDetails['kind'];
  /** The last four characters of its number; of a short number the last two. */
  readonly ending: string;
};

/** An account as it was typed: an IBAN, or the two numbers. */
export interface PayoutAccountInput {
  readonly holder: string;
  readonly iban?: string | null | undefined;
  readonly routingNumber?: string | null | undefined;
  readonly accountNumber?: string | null | undefined;
  readonly bankName?: string | null | undefined;
}

/** In the order checked. */
export type PayoutDetailsRefusal =
  | { readonly code: 'HOLDER_REQUIRED'; readonly field: 'holder' }
  | { readonly code: 'TOO_LONG'; readonly field: 'holder' | 'bankName'; readonly most: number }
  | { readonly code: 'ONE_ACCOUNT_ONLY' | 'BAD_IBAN'; readonly field: 'iban' }
  | { readonly code: 'BAD_ROUTING_NUMBER'; readonly field: 'routingNumber' }
  | { readonly code: 'BAD_ACCOUNT_NUMBER'; readonly field: 'accountNumber' };

const MOST = { holder: 140, bankName: 140 } as const;
const SHORT_NUMBER = 8;

/** People copy numbers in groups. */
const ungrouped = (text: string | null | undefined) => (text ?? '').replace(/[\s-]/g, '');

/**
 * Whether nine digits can be a routing number: the prefixes the American Bankers Association gives to banks, and its
 * checksum, in which the digits weigh 3, 7 and 1 in turn and their sum divides by ten.
 */
export function isRoutingNumber(text: string): boolean {
  if (!/^(0[1-9]|1[0-2]|2[1-9]|3[0-2]|6[1-9]|7[0-2]|80)\d{7}$/.test(text)) return false;
  const sum = [...text].reduce(
    (total, digit, place) => total + Number(digit) * ([3, 7, 1][place % 3] ?? 0),
    0,
  );
  return sum % 10 === 0;
}

/** Reads an account as it was typed. */
export function readPayoutAccount(input: PayoutAccountInput): Result<PayoutDetails, PayoutDetailsRefusal> {
  const holder = input.holder.trim();
  const bankName = input.bankName?.trim() || null;
  if (holder === '') return refuse({ code: 'HOLDER_REQUIRED', field: 'holder' });
  if (holder.length > MOST.holder) return refuse({ code: 'TOO_LONG', field: 'holder', most: MOST.holder });
  if (bankName !== null && bankName.length > MOST.bankName)
    return refuse({ code: 'TOO_LONG', field: 'bankName', most: MOST.bankName });
  const [routingNumber, accountNumber] = [ungrouped(input.routingNumber), ungrouped(input.accountNumber)];
  const iban = electronicFormatIBAN(ungrouped(input.iban)) ?? '';
  const isAmerican = routingNumber !== '' || accountNumber !== '';
  if (isAmerican === (iban !== '')) return refuse({ code: 'ONE_ACCOUNT_ONLY', field: 'iban' });
  if (!isAmerican)
    return isValidIBAN(iban)
      ? accept({ kind: 'iban', holder, bankName, iban })
      : refuse({ code: 'BAD_IBAN', field: 'iban' });
  if (!isRoutingNumber(routingNumber)) return refuse({ code: 'BAD_ROUTING_NUMBER', field: 'routingNumber' });
  // The widest an account number may be in an ACH entry is seventeen (Nacha Operating Rules, appendix three).
  if (!/^\d{4,17}$/.test(accountNumber))
    return refuse({ code: 'BAD_ACCOUNT_NUMBER', field: 'accountNumber' });
  return accept({ kind: 'us', holder, bankName, routingNumber, accountNumber });
}

/** The account as it is shown to its own member. */
export function masked(details: PayoutDetails): MaskedAccount {
  const { kind, holder, bankName } = details;
  const number = details.kind === 'iban' ? details.iban : details.accountNumber;
  return { kind, holder, bankName, ending: number.slice(number.length < SHORT_NUMBER ? -2 : -4) };
}
