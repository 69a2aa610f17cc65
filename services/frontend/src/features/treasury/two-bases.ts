// Debit and credit of a signed amount: debits are positive, credits negative, and each shows in its own column.
import { isNothing } from '../../lib/amount.ts';
import { negated } from '../../lib/format.ts';

export type Sides = { debit: string | null; credit: string | null };

export function sidesOf(amount: string): Sides {
  if (isNothing(amount)) return { debit: null, credit: null };
  return amount.startsWith('-') ? { debit: null, credit: negated(amount) } : { debit: amount, credit: null };
}

export const sections = ['asset', 'liability', 'equity', 'revenue', 'expense'] as const;
export type Section = (typeof sections)[number];

/** The part of the trial balance an account stands in: by its type, however the API spells it. */
export function sectionOf(type: string): Section {
  const name = type.toLowerCase();
  return sections.find((section) => name.startsWith(section.slice(0, 5))) ?? 'asset';
}
