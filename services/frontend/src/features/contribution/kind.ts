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
