// Terms a cooperative starts with, by the template it was founded on. They are a first version like any other:
// recorded, dated and replaced by what the members decide.
import type { Policies, TermsKind, Weights } from './terms.ts';

const policies: Policies = {
  formula: { kind: 'weighted' },
  threshold: null,
  maximumShare: null,
  eligibility: {
    classes: null,
    // A member who left during the period still did the work; one who never was admitted takes no part.
    statuses: ['active', 'suspended', 'inactive', 'withdrawing', 'withdrawn'],
    minimumTenureDays: 0,
  },
  rounding: 'largest_remainder',
  cashRate: '0.20',
  surplusLines: [],
  cashReserveMinor: '1000000',
};

const everyKind: Weights = {
  weights: {
    labor: '0.40',
    expertise: '0.40',
    revenue: '0.30',
    relationship: '0.30',
    cash: '0.20',
    community: '0.10',
  },
};

const byTemplate: Readonly<
  Record<string, { readonly weights?: Weights; readonly policies?: Partial<Policies> }>
> = {
  'limited-cooperative-association': {},
  'multi-stakeholder': {},
  // Worker cooperatives divide by labor: 26 USC 1385 speaks of business done with or for patrons, here their work.
  worker: { weights: { weights: { labor: '1', expertise: '1', community: '1' } } },
  producer: { weights: { weights: { revenue: '1' } }, policies: { formula: { kind: 'revenue_only' } } },
  housing: { policies: { formula: { kind: 'equal' } } },
  nonprofit: { policies: { cashRate: '0' } },
};

/** The first weights and policies of a template; the general ones for a template not named here. */
export function defaultTerms(
  template: string,
): readonly { readonly kind: TermsKind; readonly document: Weights | Policies }[] {
  const own = byTemplate[template] ?? {};
  return [
    { kind: 'weights', document: own.weights ?? everyKind },
    { kind: 'policies', document: { ...policies, ...own.policies } },
  ];
}
