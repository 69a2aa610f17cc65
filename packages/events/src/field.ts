// Field types shared by all event contracts. Amounts travel as decimal strings of minor units, because JSON
// numbers are floats; they are bigint again once parsed.
import { z } from 'zod';

const integerText = z.string().regex(/^-?\d{1,18}$/, 'an amount in minor units, as a decimal string');

/** Signed amount in minor units: a decimal string on the wire, a bigint in code. */
export const minorUnits = z.union([integerText, z.bigint()]).transform((value) => BigInt(value));

/** Exact decimal as text, such as "6.5" hours or a weight of "0.40". */
export const decimalText = z.string().regex(/^-?\d{1,15}(\.\d{1,12})?$/, 'a decimal number as text');

/** Civil date "2026-09-30" in the cooperative's calendar. */
export const localDate = z.iso.date();

/** UUID of an aggregate, member, account and so on. */
export const identifier = z.uuid();

/** What a member gave, one of the seven kinds. */
export const contributionKind = z.enum([
  'labor',
  'expertise',
  'cash',
  'in_kind',
  'revenue',
  'relationship',
  'community',
]);
export type ContributionKind = z.infer<typeof contributionKind>;

/** capital posts without patronage; patronage counts in the formula and posts nothing; both does both. */
export const treatment = z.enum(['capital', 'patronage', 'both']);
export type Treatment = z.infer<typeof treatment>;

export const memberStatus = z.enum([
  'pending',
  'active',
  'suspended',
  'inactive',
  'withdrawing',
  'withdrawn',
  'expelled',
]);
export type MemberStatus = z.infer<typeof memberStatus>;

export const periodStatus = z.enum(['open', 'closing', 'closed', 'locked']);
export type PeriodStatus = z.infer<typeof periodStatus>;

/** Book (IRC §704(b)) and tax amounts of one figure; signs are stated where the figure is used. */
export const twoBases = z.object({ bookMinor: minorUnits, taxMinor: minorUnits });
