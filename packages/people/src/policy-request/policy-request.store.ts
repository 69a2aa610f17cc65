// SQL of changes of the approval rules that wait for a second person: asked for once, ended once, never changed.
import type { Expired, Queryable, Transaction } from '@habitat/database';
import { encodePayload } from '@habitat/events';
import type { ContributionKind } from '@habitat/events';
import type { Actor, LocalDate } from '@habitat/kernel';
import { formatDecimal, newId } from '@habitat/kernel';
import { decimalOf } from '../contribution/contribution.rows.ts';
import type { ApprovalPolicyBody } from '../policy/policy.ts';
import { endedAsOverdue } from '../waiting/overdue.ts';
import type { AutoApprovalReach } from './loosening.ts';
import type { PolicyRequest } from './policy-request.ts';
import { ASKED_BY } from './policy-request.ts';

/** Of a row called `p`: nobody has agreed to it, declined it or let it expire. */
export const openPolicyRequest = `not exists (select from people.policy_request_ending e
    where e.cooperative_id = p.cooperative_id and e.request_id = p.request_id)`;

type RuleBody = Omit<AutoApprovalReach, 'maxQuantityPerWeek' | 'kind'> & {
  readonly kind: ContributionKind;
  readonly maxQuantityPerWeek: string;
};

type Row = {
  requestId: string;
  topic: PolicyRequest['topic'];
  ruleId: string | null;
  baseVersion: number;
  effectiveFrom: LocalDate;
  body: ApprovalPolicyBody | RuleBody;
  rationale: string;
  byKind: Actor['kind'];
  byLoginId: string | null;
  byMemberId: string | null;
  recordedAt: Date;
  open: boolean;
};

const select = `select request_id as "requestId", topic, rule_id as "ruleId", base_version as "baseVersion",
  effective_from as "effectiveFrom", body, rationale, by_kind as "byKind", by_login_id as "byLoginId",
  by_member_id as "byMemberId", recorded_at as "recordedAt", ${openPolicyRequest} as open from people.policy_request p`;

function requestOf({ body, topic, ruleId, ...asked }: Row): PolicyRequest {
  if (topic === 'approval') return { ...asked, topic, policy: body as ApprovalPolicyBody };
  if (ruleId === null) throw new Error(`request ${asked.requestId} is about no rule`);
  const { maxQuantityPerWeek, ...rule } = body as RuleBody;
  return { ...asked, topic, ruleId, rule: { ...rule, maxQuantityPerWeek: decimalOf(maxQuantityPerWeek) } };
}

/** Changes that wait, the oldest first. */
export async function listOpenPolicyRequests(
  client: Queryable,
  cooperativeId: string,
): Promise<PolicyRequest[]> {
  const rows = await client.query<Row>(
    `${select} where p.cooperative_id = $1 and ${openPolicyRequest} order by p.recorded_at, p.request_id limit 200`,
    [cooperativeId],
  );
  return rows.map(requestOf);
}

/** One change, and whether it still waits. */
export async function findPolicyRequest(
  tx: Transaction,
  requestId: string,
): Promise<{ readonly request: PolicyRequest; readonly open: boolean } | null> {
  const [row] = await tx.query<Row>(`${select} where p.cooperative_id = $1 and p.request_id = $2`, [
    tx.cooperativeId,
    requestId,
  ]);
  return row === undefined ? null : { request: requestOf(row), open: row.open };
}

/** The change of the policy, or of a rule, that waits already; one that is past its time is ended instead. */
export async function findPolicyChangeWaiting(
  tx: Transaction,
  about: { readonly topic: PolicyRequest['topic']; readonly ruleId: string | null },
): Promise<string | null> {
  const [newest] = await tx.query<Expired & Record<string, unknown>>(
    `select request_id as id, by_member_id as "byMemberId", recorded_at as "requestedAt"
     from people.policy_request p
     where p.cooperative_id = $1 and topic = $2 and rule_id is not distinct from $3 and ${openPolicyRequest}
     order by p.recorded_at desc, p.request_id desc limit 1`,
    [tx.cooperativeId, about.topic, about.ruleId],
  );
  if (newest === undefined) return null;
  const over = { ...newest, act: ASKED_BY[about.topic] };
  return (await endedAsOverdue(tx, over, (inside, id) => expirePolicyRequests(inside, [id])))
    ? null
    : newest.id;
}

type Fresh<Request> = Request extends PolicyRequest
  ? Omit<Request, 'requestId' | 'byKind' | 'byLoginId' | 'byMemberId' | 'recordedAt'>
  : never;

/** Keeps a change as asked for by the actor; the caller holds the cooperative's lock. */
export async function insertPolicyRequest(tx: Transaction, request: Fresh<PolicyRequest>): Promise<string> {
  const requestId = newId();
  const body: ApprovalPolicyBody | RuleBody =
    request.topic === 'approval'
      ? request.policy
      : { ...request.rule, maxQuantityPerWeek: formatDecimal(request.rule.maxQuantityPerWeek) };
  await tx.query(
    `insert into people.policy_request (cooperative_id, request_id, topic, rule_id, base_version, effective_from, body,
       rationale, by_kind, by_login_id, by_member_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7::jsonb, $8, $9, $10, $11, $12)`,
    [
      tx.cooperativeId,
      requestId,
      request.topic,
      request.topic === 'auto_approval' ? request.ruleId : null,
      request.baseVersion,
      request.effectiveFrom,
      encodePayload(body),
      request.rationale,
      tx.actor.kind,
      tx.actor.loginId,
      tx.actor.memberId,
      tx.now,
    ],
  );
  return requestId;
}

/** Ends a change in the actor's name: agreed to as the version it became, or declined with a reason. */
export async function endPolicyRequest(
  tx: Transaction,
  requestId: string,
  ending: { readonly version: number } | { readonly reason: string },
): Promise<void> {
  const version = 'version' in ending ? ending.version : null;
  const reason = 'reason' in ending ? ending.reason : null;
  const outcome = version === null ? 'declined' : 'approved';
  const { loginId, memberId } = tx.actor;
  await tx.query(
    `insert into people.policy_request_ending (cooperative_id, request_id, outcome, reason, version, by_login_id,
       by_member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [tx.cooperativeId, requestId, outcome, reason, version, loginId, memberId, tx.now],
  );
}

/** Ends changes nobody agreed to in time; returns those of them that still waited. */
export async function expirePolicyRequests(
  tx: Transaction,
  ids: readonly string[],
): Promise<readonly { readonly id: string }[]> {
  return tx.query<{ id: string }>(
    `insert into people.policy_request_ending (cooperative_id, request_id, outcome, recorded_at)
     select p.cooperative_id, p.request_id, 'expired', $2 from people.policy_request p
     where p.cooperative_id = $1 and p.request_id = any($3::uuid[]) and ${openPolicyRequest}
     on conflict do nothing returning request_id as id`,
    [tx.cooperativeId, tx.now, ids],
  );
}
