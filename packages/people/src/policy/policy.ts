// The cooperative's own settings for people and work, versioned by topic: treatments and grace, the tax basis of
// services, who approves what, member classes. Every act notes the version it was done under.
import { z } from 'zod';
import type { ContributionKind } from '@habitat/events';
import { contributionKind, identifier, treatment } from '@habitat/events';
import { ROLES } from '@habitat/kernel';

const minorText = z.string().regex(/^\d{1,15}$/, 'an amount in minor units, as text');
const percentText = z.string().regex(/^(100(\.0{1,6})?|\d{1,2}(\.\d{1,6})?)$/, 'a percentage from 0 to 100');

const kindPolicy = z
  .object({ treatment, patronageCategory: z.string().min(1).max(80).nullable() })
  .refine((kind) => (kind.treatment === 'capital') === (kind.patronageCategory === null), {
    message: 'a kind has a patronage category exactly when it counts as patronage',
  });

/** A category named beside those the rates name, or one that is not offered any more. */
const kindCategory = z.object({ name: z.string().min(1).max(80), retired: z.boolean() });

/** How each kind is treated, how long late logging is free, how long a change of rate is announced. */
const contributionPolicyBody = z.object({
  kinds: z.record(contributionKind, kindPolicy),
  /** Days after a period's end in which its work may still be logged without an override. */
  graceDays: z.int().min(0).max(366),
  /** Days between announcing a changed rate and its first day. */
  noticeDays: z.int().min(0).max(366),
  /** In kind: from these values on comparables, then an appraisal, are recommended (minor units). */
  documentation: z
    .object({ comparablesFromMinor: minorText, appraisalAboveMinor: minorText })
    .refine((tiers) => BigInt(tiers.comparablesFromMinor) <= BigInt(tiers.appraisalAboveMinor), {
      message: 'comparables are asked for before an appraisal is',
      path: ['comparablesFromMinor'],
    }),
  /** Categories by kind, beside those that rates name; absent in policies from before there were any. */
  categories: z.partialRecord(contributionKind, z.array(kindCategory).max(200)).optional(),
});
export type ContributionPolicyBody = z.infer<typeof contributionPolicyBody>;

/** Tax basis of services: A none, B their full value (guaranteed payment, IRC §707(c)), C a percentage of it. */
const servicesTaxBody = z.discriminatedUnion('method', [
  z.object({ method: z.literal('A') }),
  z.object({ method: z.literal('B') }),
  z.object({ method: z.literal('C'), percent: percentText }),
]);
export type ServicesTaxBody = z.infer<typeof servicesTaxBody>;

const approvalRoute = z
  .object({
    /** Null covers every kind, every category. The most particular route wins. */
    kind: contributionKind.nullable(),
    category: z.string().min(1).max(80).nullable(),
    approverMemberId: identifier,
    /** Decides when the approver may not, or has not within the days given. */
    backupMemberId: identifier.nullable(),
    withinDays: z.int().min(0).max(90),
  })
  .refine((route) => route.approverMemberId !== route.backupMemberId, {
    message: 'the backup is somebody else',
  });
export type ApprovalRoute = z.infer<typeof approvalRoute>;

/** What follows when the days pass and not enough peers have said anything. */
export const PEER_TIMEOUTS = ['escalate', 'approve', 'reject'] as const;

const peerRule = z.object({
  /** Null covers every kind, every category. The most particular rule wins. */
  kind: contributionKind.nullable(),
  category: z.string().min(1).max(80).nullable(),
  /** How many different peers have to validate it. */
  peers: z.int().min(1).max(20),
  /** Days they have after the one it was submitted on. */
  days: z.int().min(1).max(90),
  onTimeout: z.enum(PEER_TIMEOUTS),
  /** Only holders of this role are asked; null asks every member. */
  role: z.enum(ROLES).nullable(),
  /** Only members of the class of whoever gave it. */
  sameClass: z.boolean(),
});
export type PeerRule = z.infer<typeof peerRule>;

/** Who decides, and from which value two people have to. Without a matching route any reviewer in scope decides. */
const approvalPolicyBody = z.object({
  twoApproversFromMinor: minorText,
  twoApproversFromMinorByKind: z.partialRecord(contributionKind, minorText),
  routes: z.array(approvalRoute).max(200),
  /** What peers validate before any reviewer decides it; absent in earlier versions. */
  peerRules: z.array(peerRule).max(200).optional(),
  staleDays: z.int().min(1).max(90),
  /** Days after which what waits for a second person expires, in every room; the usual where absent. */
  secondPersonDays: z.int().min(1).max(365).optional(),
  /** A reviewer who decides too what nobody named can decide, or has gone stale; absent in earlier versions. */
  fallbackMemberId: identifier.nullable().optional(),
});
export type ApprovalPolicyBody = z.infer<typeof approvalPolicyBody>;

/** Classes by the code members carry and terms count by; a name is what people read and may change. */
const memberClassBody = z.object({
  classes: z.array(z.string().min(1).max(60)).min(1).max(50),
  /** Names by code, also of retired classes; a class without one is called by its code. */
  names: z.record(z.string().min(1).max(60), z.string().min(1).max(60)).optional(),
});
export type MemberClassBody = z.infer<typeof memberClassBody>;

/** Shape of a policy's body by topic. */
export const POLICY_BODIES = {
  contribution: contributionPolicyBody,
  services_tax: servicesTaxBody,
  approval: approvalPolicyBody,
  member_class: memberClassBody,
} as const;
export type PolicyTopic = keyof typeof POLICY_BODIES;
export type PolicyBody<Topic extends PolicyTopic> = z.infer<(typeof POLICY_BODIES)[Topic]>;

type Versioned = { readonly version: number };
export type ContributionPolicy = ContributionPolicyBody & Versioned;
export type ServicesTaxPolicy = ServicesTaxBody & Versioned;
export type ApprovalPolicy = ApprovalPolicyBody & Versioned;
export type MemberClassPolicy = MemberClassBody & Versioned;

/** An amount in major units of a currency with that many digits, as minor-unit text. */
function major(whole: string, digits: number): string {
  return `${whole}${'0'.repeat(digits)}`;
}

/**
 * The policies a cooperative starts with. Worker, producer and housing templates count services as patronage
 * only; the others (limited cooperative association) credit them to capital as well. In kind is capital only:
 * it has no weight in the surplus.
 */
export function defaultPolicies(
  template: string,
  digits: number,
): { [Topic in PolicyTopic]: PolicyBody<Topic> } {
  const services = /worker|producer|farm|housing/i.test(template) ? 'patronage' : 'both';
  return {
    contribution: {
      kinds: {
        labor: { treatment: services, patronageCategory: 'labor' },
        expertise: { treatment: services, patronageCategory: 'expertise' },
        cash: { treatment: 'both', patronageCategory: 'cash' },
        in_kind: { treatment: 'capital', patronageCategory: null },
        revenue: { treatment: 'patronage', patronageCategory: 'revenue' },
        relationship: { treatment: 'patronage', patronageCategory: 'relationship' },
        community: { treatment: services, patronageCategory: 'community' },
      },
      graceDays: 7,
      noticeDays: 30,
      documentation: {
        comparablesFromMinor: major('250', digits),
        appraisalAboveMinor: major('5000', digits),
      },
    },
    services_tax: { method: 'A' },
    approval: {
      twoApproversFromMinor: major('2500', digits),
      twoApproversFromMinorByKind: { in_kind: major('5000', digits) },
      routes: [],
      staleDays: 3,
    },
    member_class: { classes: ['community', 'coworking', 'cooperative', 'investor'] },
  };
}

/** True when a policy offers this category of a kind no longer; capitals do not matter. */
export function isRetired(policy: ContributionPolicyBody, kind: ContributionKind, category: string): boolean {
  const known = policy.categories?.[kind]?.find(({ name }) => name.toLowerCase() === category.toLowerCase());
  return known?.retired === true;
}

/** The value from which a contribution of this kind needs two approvers, in minor units. */
export function twoApproversFrom(policy: ApprovalPolicyBody, kind: z.infer<typeof contributionKind>): bigint {
  return BigInt(policy.twoApproversFromMinorByKind[kind] ?? policy.twoApproversFromMinor);
}

type Scoped = { readonly kind: string | null; readonly category: string | null };

/** The most particular of those that cover a kind and category: both named, then category, then kind, then neither. */
function mostParticular<Item extends Scoped>(
  items: readonly Item[],
  kind: string,
  category: string,
): Item | null {
  const rank = (item: Item) => (item.category === null ? 0 : 2) + (item.kind === null ? 0 : 1);
  const matching = items.filter(
    (item) =>
      (item.kind === null || item.kind === kind) &&
      (item.category === null || item.category.toLowerCase() === category.toLowerCase()),
  );
  return matching.sort((left, right) => rank(right) - rank(left))[0] ?? null;
}

/** Which route a kind and category take: the most particular one. */
export function routeFor(policy: ApprovalPolicyBody, kind: string, category: string): ApprovalRoute | null {
  return mostParticular(policy.routes, kind, category);
}

/** Which rule has peers validate a kind and category: the most particular one; null where none does. */
export function peerRuleFor(
  policy: Pick<ApprovalPolicyBody, 'peerRules'>,
  kind: string,
  category: string,
): PeerRule | null {
  return mostParticular(policy.peerRules ?? [], kind, category);
}

/** What documents an in-kind value of this size should come with. */
export function documentationFor(
  policy: ContributionPolicyBody,
  valueMinor: bigint,
): 'own_estimate' | 'comparables' | 'appraisal' {
  if (valueMinor > BigInt(policy.documentation.appraisalAboveMinor)) return 'appraisal';
  return valueMinor >= BigInt(policy.documentation.comparablesFromMinor) ? 'comparables' : 'own_estimate';
}
