// How the demo's contributions are written down: who gave what on which day, and how it was decided. The quarters'
// tables are made of these.
import type { ContributionKind } from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import type { PersonKey } from '../cast.ts';

export interface Gift {
  readonly who: PersonKey;
  readonly on: LocalDate;
  readonly kind: ContributionKind;
  readonly category: string;
  /** As a person types it: hours, units or money. */
  readonly quantity: string;
  readonly what: string;
  readonly more?: {
    /** In kind: fair market value and cost to its giver. */
    readonly value?: string;
    readonly cost?: string;
    readonly evidence?: readonly { readonly label: string; readonly url: string }[];
    /** Revenue: the description of the sale in the journal. */
    readonly sale?: string;
  };
  /** Who signs, in order; each the day after the one before. */
  readonly by: readonly PersonKey[];
  /** How the first of them decides, when not by approving as logged. */
  readonly as?:
    | { readonly act: 'adjust'; readonly quantity: string; readonly reason: string }
    | { readonly act: 'reject'; readonly reason: string };
}

/** A gift in few words; hours, money or one unit. */
export function gift(
  who: PersonKey,
  on: LocalDate,
  [kind, quantity, category]: readonly [ContributionKind, string, string],
  what: string,
  by: readonly PersonKey[],
  rest: Pick<Gift, 'more' | 'as'> = {},
): Gift {
  return { who, on, kind, quantity, category, what, by, ...rest };
}

/** A journal entry of two lines, the same in both bases. */
export interface Entry {
  readonly on: LocalDate;
  readonly what: string;
  readonly debit: string;
  readonly credit: string;
  readonly amount: string;
}

export function entry(on: LocalDate, what: string, debit: string, credit: string, amount: string): Entry {
  return { on, what, debit, credit, amount };
}

/** Accounts of the demo's chart, by what they are used for. */
export const ACCOUNT = {
  bank: '1110',
  receivable: '1220',
  payable: '2110',
  markets: '4150',
  wholesale: '4250',
  workshops: '4340',
  supplies: '5160',
  rent: '5170',
  guaranteed: '5210',
  insurance: '5350',
} as const;

/** Leaves Riverbend added to the template's chart, with the code of their parent. */
export const ADDED_ACCOUNTS = [
  { parent: '4100', code: ACCOUNT.markets, name: 'Produce and markets' },
  { parent: '4200', code: ACCOUNT.wholesale, name: 'Wholesale' },
  { parent: '4300', code: ACCOUNT.workshops, name: 'Workshops and rental' },
  { parent: '5100', code: ACCOUNT.supplies, name: 'Supplies and seed' },
  { parent: '5100', code: ACCOUNT.rent, name: 'Rent and utilities' },
  { parent: '5300', code: ACCOUNT.insurance, name: 'Insurance and fees' },
] as const;
