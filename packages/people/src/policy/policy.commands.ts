// Setting policies: a new version with its first day and its rationale; what was in force before stays readable.
// Approval rules that would weaken control only count once a second administrator agrees (../policy-request).
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { CommandName, LocalDate, Result } from '@habitat/kernel';
import { accept, isLocalDate, may, refuse } from '@habitat/kernel';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import { lockCooperative } from '../member/member.store.ts';
import { isLooser } from '../policy-request/loosening.ts';
import { findPolicyChangeWaiting, insertPolicyRequest } from '../policy-request/policy-request.store.ts';
import type { ChangeWaiting } from '../policy-request/policy-request.ts';
import type { ApprovalPolicyBody, PolicyBody, PolicyTopic } from './policy.ts';
import { POLICY_BODIES } from './policy.ts';
import { findPolicyOn, insertPolicy } from './policy.store.ts';

export type SetPolicyRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'RATIONALE_REQUIRED'; readonly field: 'rationale' }
  | { readonly code: 'NOT_A_DATE' | 'PAST_DATE'; readonly field: 'effectiveFrom' }
  | { readonly code: 'POLICY_INVALID'; readonly field: string; readonly why: string }
  | { readonly code: 'MEMBER_NOT_FOUND'; readonly field: string }
  | ChangeWaiting;

export interface SetPolicyInput<Topic extends PolicyTopic> {
  readonly body: PolicyBody<Topic>;
  /** Today when absent; never a day that has passed. */
  readonly effectiveFrom?: string | null | undefined;
  readonly rationale: string;
}

export type PolicyAnswer = {
  readonly topic: string;
  /** The version that was set; the one it starts from while the change waits. */
  readonly version: number;
  /** True while looser approval rules wait for a second administrator. */
  readonly needsSecond: boolean;
};

/** By which name the audit trail, and whoever is told of a request, know it. */
const COMMANDS: Readonly<Record<PolicyTopic, CommandName>> = {
  approval: 'setApprovalPolicy',
  contribution: 'setContributionPolicy',
  services_tax: 'setServicesTaxPolicy',
  member_class: 'setMemberClasses',
};

/**
 * Sets the next version of a policy. Refusals in order: FORBIDDEN, RATIONALE_REQUIRED, NOT_A_DATE, PAST_DATE,
 * POLICY_INVALID (the first fault, by its path), MEMBER_NOT_FOUND (an approval route or the fallback names nobody),
 * CHANGE_WAITING (looser approval rules wait for a second administrator already).
 */
export async function setPolicy<Topic extends PolicyTopic>(
  database: Database,
  context: CommandContext,
  topic: Topic,
  input: SetPolicyInput<Topic>,
) {
  return runCommand<PolicyAnswer, SetPolicyRefusal>(
    database,
    'people',
    context,
    { name: COMMANDS[topic], input },
    (tx) => replacePolicyIn(tx, topic, { ...input, next: () => accept(input.body) }),
  );
}

/** A change of policy told as what the version in force on its first day becomes. */
export interface PolicyChange<Topic extends PolicyTopic, Refusal> {
  readonly effectiveFrom?: string | null | undefined;
  readonly rationale: string;
  readonly next: (
    before: PolicyBody<Topic>,
    today: LocalDate,
  ) => Result<PolicyBody<Topic>, Refusal> | Promise<Result<PolicyBody<Topic>, Refusal>>;
}

/** As `setPolicy` within a transaction, from the version before; the change's own refusals come after PAST_DATE. */
export async function replacePolicyIn<Topic extends PolicyTopic, Refusal = never>(
  tx: Transaction,
  topic: Topic,
  change: PolicyChange<Topic, Refusal>,
): Promise<Result<PolicyAnswer, SetPolicyRefusal | Refusal>> {
  if (!may(tx.actor, 'policy.manage')) return refuse({ code: 'FORBIDDEN', act: 'policy.manage' });
  const rationale = change.rationale.trim();
  if (rationale === '') return refuse({ code: 'RATIONALE_REQUIRED', field: 'rationale' });
  await lockCooperative(tx);
  const { today } = await getCooperative(tx);
  const effectiveFrom = change.effectiveFrom ?? today;
  if (!isLocalDate(effectiveFrom)) return refuse({ code: 'NOT_A_DATE', field: 'effectiveFrom' });
  if (effectiveFrom < today) return refuse({ code: 'PAST_DATE', field: 'effectiveFrom' });
  const { version: baseVersion, ...rest } = await findPolicyOn(tx, topic, effectiveFrom);
  const before = rest as unknown as PolicyBody<Topic>;
  const next = await change.next(before, today);
  if (!next.ok) return next;
  const body = POLICY_BODIES[topic].safeParse(next.value);
  if (!body.success) {
    const [issue] = body.error.issues;
    return refuse({ code: 'POLICY_INVALID', field: issue?.path.join('.') ?? '', why: issue?.message ?? '' });
  }
  const named = membersNamed(body.data);
  const known = await tx.query<{ member_id: string }>(
    'select member_id from people.member where cooperative_id = $1 and member_id = any($2::uuid[])',
    [tx.cooperativeId, named],
  );
  const missing = named.find((id) => !known.some((row) => row.member_id === id));
  if (missing !== undefined) return refuse({ code: 'MEMBER_NOT_FOUND', field: `routes: ${missing}` });
  const terms = { body: body.data as PolicyBody<Topic>, effectiveFrom, rationale };
  if (topic === 'approval') {
    const base = { version: baseVersion, body: before as ApprovalPolicyBody };
    const looser = await askIfLooser(tx, base, { ...terms, body: terms.body as ApprovalPolicyBody });
    if (looser !== null) return looser;
  }
  return accept({ topic, version: await insertPolicy(tx, topic, terms), needsSecond: false });
}

/** Has looser approval rules wait for a second administrator; null when they may count at once. */
async function askIfLooser(
  tx: Transaction,
  before: { readonly version: number; readonly body: ApprovalPolicyBody },
  after: {
    readonly body: ApprovalPolicyBody;
    readonly effectiveFrom: LocalDate;
    readonly rationale: string;
  },
): Promise<Result<PolicyAnswer, ChangeWaiting> | null> {
  tx.judgedBy('approval', before.version);
  if (!isLooser(before.body, after.body)) return null;
  const topic = 'approval';
  const waiting = await findPolicyChangeWaiting(tx, { topic, ruleId: null });
  if (waiting !== null) return refuse({ code: 'CHANGE_WAITING', requestId: waiting });
  const { body: policy, ...rest } = after;
  await insertPolicyRequest(tx, { topic, baseVersion: before.version, policy, ...rest });
  return accept({ topic, version: before.version, needsSecond: true });
}

function membersNamed(body: object): string[] {
  if (!('routes' in body)) return [];
  const { routes, fallbackMemberId } = body as PolicyBody<'approval'>;
  const named = routes.flatMap((route) => [route.approverMemberId, route.backupMemberId]);
  return [...named, fallbackMemberId].flatMap((id) => id ?? []);
}

/** Who decides what, and above which value two people have to; looser rules wait for a second administrator. */
export function setApprovalPolicy(
  database: Database,
  context: CommandContext,
  input: SetPolicyInput<'approval'>,
) {
  return setPolicy(database, context, 'approval', input);
}

/** Treatments by kind, grace, notice, documentation tiers. */
export function setContributionPolicy(
  database: Database,
  context: CommandContext,
  input: SetPolicyInput<'contribution'>,
) {
  return setPolicy(database, context, 'contribution', input);
}

/** Tax basis of services: A, B or C. */
export function setServicesTaxPolicy(
  database: Database,
  context: CommandContext,
  input: SetPolicyInput<'services_tax'>,
) {
  return setPolicy(database, context, 'services_tax', input);
}

/** The classes a member may have. */
export function setMemberClasses(
  database: Database,
  context: CommandContext,
  input: SetPolicyInput<'member_class'>,
) {
  return setPolicy(database, context, 'member_class', input);
}
