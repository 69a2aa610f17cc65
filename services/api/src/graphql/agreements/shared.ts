// Small types that several of agreements' modules show: fractions, facts, checks, signatures and policy lines.
import type { AllocationLine, AllocationSummary } from '@habitat/agreements';
import { builder } from '../builder.ts';
import type { ApiContext } from '../context.ts';
import { notFound } from '../error.ts';
import { MemberRef } from '../people/member.ref.ts';

/** The member behind a signature; people of this API are always members. */
export function memberOf(memberId: string | null): string {
  if (memberId === null) throw notFound('member');
  return memberId;
}

export const ShareFractionRef = builder
  .objectRef<{ readonly numerator: string; readonly denominator: string }>('ShareFraction')
  .implement({
    description: 'An exact share as a fraction in lowest terms.',
    authScopes: { signedIn: true },
    fields: (t) => ({
      numerator: t.exposeString('numerator', { description: 'Above the line, a whole number.' }),
      denominator: t.exposeString('denominator', { description: 'Below the line, a whole number.' }),
    }),
  });

export interface Fact {
  readonly label: string;
  readonly value: string;
}
export const FactRef = builder.objectRef<Fact>('Fact').implement({
  description: 'A labelled fact, ready to read.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    label: t.exposeString('label', { description: 'What it is about.' }),
    value: t.exposeString('value', { description: 'What it is.' }),
  }),
});

export interface Check {
  readonly ok: boolean;
  readonly text: string;
}
export const CheckRef = builder.objectRef<Check>('Check').implement({
  description: 'Something that was checked, and whether it held.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    ok: t.exposeBoolean('ok', { description: 'True when it held.' }),
    text: t.exposeString('text', { description: 'What was checked, as a sentence.' }),
  }),
});

export interface SignedBy {
  readonly memberId: string | null;
  readonly at: Date;
  readonly role: string;
}
export const AgreementSignatureRef = builder.objectRef<SignedBy>('AgreementSignature').implement({
  description: 'One person’s signature under an allocation or a payment.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    by: t.field({
      type: MemberRef,
      description: 'Who signed.',
      resolve: ({ memberId }) => memberOf(memberId),
    }),
    at: t.field({ type: 'DateTime', description: 'When.', resolve: ({ at }) => at }),
    role: t.exposeString('role', {
      description: 'What they signed as: proposer, approver, treasurer, allocator.',
    }),
  }),
});

export const PolicyLineRef = builder
  .objectRef<AllocationSummary['policyLines'][number]>('PolicyLine')
  .implement({
    description: 'A step from net income to the surplus that is shared.',
    authScopes: { signedIn: true },
    fields: (t) => ({
      label: t.exposeString('label', { description: 'What is taken.' }),
      kind: t.exposeString('kind', { description: 'non_member_income, reserve or return_on_share_capital.' }),
      amount: t.field({
        type: 'Money',
        description: 'How much is taken.',
        resolve: (line, _args, context) => context.money(BigInt(line.takenMinor)),
      }),
      remaining: t.field({
        type: 'Money',
        description: 'What is left after it.',
        resolve: (line, _args, context) => context.money(BigInt(line.remainingMinor)),
      }),
    }),
  });

export const AllocationLineRef = builder.objectRef<AllocationLine>('AllocationLine').implement({
  description: 'One member’s line of an allocation.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    member: t.field({
      type: MemberRef,
      description: 'Whose line it is.',
      resolve: ({ memberId }) => memberId,
    }),
    counts: t.field({
      type: 'Decimal',
      description: 'The member’s weighted total.',
      resolve: ({ detail }) => detail.weightedTotal,
    }),
    share: t.field({
      type: ShareFractionRef,
      description: 'The exact share.',
      resolve: ({ detail }) => detail.share,
    }),
    percent: t.field({
      type: 'Decimal',
      description: 'The share as a percentage with four digits, for reading.',
      resolve: ({ detail }) => detail.percent,
    }),
    participation: t.string({
      description: 'takes_part, not_eligible, no_patronage or below_threshold.',
      resolve: ({ detail }) => detail.participation,
    }),
    allocation: t.field({
      type: 'Money',
      description: 'Book amount; negative for a loss.',
      resolve: (line, _args, context) => context.money(line.bookMinor),
    }),
    tax: t.field({
      type: 'Money',
      description: 'Tax-basis amount.',
      resolve: (line, _args, context) => context.money(line.taxMinor),
    }),
    cash: t.field({
      type: 'Money',
      description: 'The part paid in cash.',
      resolve: (line, _args, context) => context.money(line.cashMinor),
    }),
    retained: t.field({
      type: 'Money',
      description: 'The part left in as capital.',
      resolve: (line, _args, context) => context.money(line.retainedMinor),
    }),
  }),
});

/** The member asked for, or the viewer's own. */
export function wantedMember(
  memberId: { id: string } | null | undefined,
  context: ApiContext,
): string | null {
  return memberId?.id ?? context.signedIn().actor.memberId;
}
