// The closed lists of people's nouns as enums of the API.
import { builder } from '../builder.ts';

export const ContributionKindEnum = builder.enumType('ContributionKind', {
  description: 'What a member gave.',
  values: {
    LABOR: { value: 'labor', description: 'Hours of work.' },
    EXPERTISE: { value: 'expertise', description: 'Hours of professional advice.' },
    CASH: { value: 'cash', description: 'Money paid in.' },
    IN_KIND: { value: 'in_kind', description: 'Equipment, material, a place.' },
    REVENUE: { value: 'revenue', description: 'Sales brought to the cooperative.' },
    RELATIONSHIP: { value: 'relationship', description: 'An introduction that matters.' },
    COMMUNITY: { value: 'community', description: 'Hours given to the community.' },
  } as const,
});

export const ContributionStatusEnum = builder.enumType('ContributionStatus', {
  description: 'Where a contribution is in its life.',
  values: {
    DRAFT: { value: 'draft', description: 'Kept, not sent.' },
    SUBMITTED: { value: 'submitted', description: 'Waits for its reviewers.' },
    CLARIFICATION: { value: 'clarification', description: 'A question waits for its author.' },
    APPROVED: { value: 'approved', description: 'Approved, not valued yet.' },
    VALUED: { value: 'valued', description: 'Its value is firm; the ledger has not answered yet.' },
    APPLIED: { value: 'applied', description: 'In the books; counts.' },
    REJECTED: { value: 'rejected', description: 'Rejected with a reason.' },
    WITHDRAWN: { value: 'withdrawn', description: 'Taken back by its author.' },
    DISPUTED: { value: 'disputed', description: 'Its member disputes the value.' },
    RESOLVED: { value: 'resolved', description: 'The dispute is settled; the ledger takes the difference.' },
  } as const,
});

export const MemberStatusEnum = builder.enumType('MemberStatus', {
  description: 'A member’s standing.',
  values: {
    PENDING: { value: 'pending', description: 'Not admitted yet.' },
    ACTIVE: { value: 'active', description: 'In good standing.' },
    SUSPENDED: { value: 'suspended', description: 'May see what is their own, no more.' },
    INACTIVE: { value: 'inactive', description: 'Pauses.' },
    WITHDRAWING: { value: 'withdrawing', description: 'On the way out.' },
    WITHDRAWN: { value: 'withdrawn', description: 'Has left.' },
    EXPELLED: { value: 'expelled', description: 'Was expelled.' },
  } as const,
});
