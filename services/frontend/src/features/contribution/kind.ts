// The seven kinds of contribution and their marks.
import type { IconName } from '../../components/icon.tsx';

export const kinds = [
  'LABOR',
  'EXPERTISE',
  'CASH',
  'IN_KIND',
  'REVENUE',
  'RELATIONSHIP',
  'COMMUNITY',
] as const;
export type Kind = (typeof kinds)[number];

export const kindIcon: Record<Kind, IconName> = {
  LABOR: 'labor',
  EXPERTISE: 'expertise',
  CASH: 'cash',
  IN_KIND: 'in_kind',
  REVENUE: 'revenue',
  RELATIONSHIP: 'relationship',
  COMMUNITY: 'community',
};

export const isKind = (text: string): text is Kind => (kinds as readonly string[]).includes(text);

/** Kinds given in hours. */
export const isHourly = (kind: string): boolean => ['LABOR', 'EXPERTISE', 'COMMUNITY'].includes(kind);

/** Categories in the order of the kinds they are named after; those of the cooperative's own after them, as they come. */
export function inKindOrder<Item>(items: readonly Item[], categoryOf: (item: Item) => string): Item[] {
  const place = (item: Item) => {
    const at = (kinds as readonly string[]).indexOf(categoryOf(item).toUpperCase());
    return at < 0 ? kinds.length : at;
  };
  return items.toSorted((left, right) => place(left) - place(right));
}
