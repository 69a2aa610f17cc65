// Policy versions' SQL: the one in force on a day, all of a topic, the next one.
import type { Queryable, Transaction } from '@habitat/database';
import { encodePayload } from '@habitat/events';
import type { Actor, LocalDate } from '@habitat/kernel';
import type { PolicyBody, PolicyTopic } from './policy.ts';
import { defaultPolicies } from './policy.ts';

/** The policy of a topic in force on a day, with its version. */
export async function findPolicyOn<Topic extends PolicyTopic>(
  client: Queryable,
  topic: Topic,
  on: LocalDate,
): Promise<PolicyBody<Topic> & { readonly version: number }> {
  const [row] = await client.query<{ policy: (PolicyBody<Topic> & { version: number }) | null }>(
    'select people.policy_on($1, $2) as policy',
    [topic, on],
  );
  if (row === undefined || row.policy === null) throw new Error(`no ${topic} policy is in force on ${on}`);
  return row.policy;
}

export interface PolicyVersion<Topic extends PolicyTopic> {
  readonly version: number;
  readonly effectiveFrom: LocalDate;
  readonly body: PolicyBody<Topic>;
  readonly rationale: string;
  readonly setByMemberId: string | null;
  readonly recordedAt: Date;
}

/** Every version of a topic, newest first. */
export async function listPolicyVersions<Topic extends PolicyTopic>(
  client: Queryable,
  cooperativeId: string,
  topic: Topic,
): Promise<PolicyVersion<Topic>[]> {
  const rows = await client.query<{
    version: number;
    effective_from: LocalDate;
    body: PolicyBody<Topic>;
    rationale: string;
    set_by_member_id: string | null;
    recorded_at: Date;
  }>(
    `select version, effective_from, body, rationale, set_by_member_id, recorded_at from people.policy
     where cooperative_id = $1 and topic = $2 order by version desc`,
    [cooperativeId, topic],
  );
  return rows.map((row) => ({
    version: row.version,
    effectiveFrom: row.effective_from,
    body: row.body,
    rationale: row.rationale,
    setByMemberId: row.set_by_member_id,
    recordedAt: row.recorded_at,
  }));
}

/** Stores the next version of a topic; the caller holds the cooperative's lock. Returns its number. */
export async function insertPolicy<Topic extends PolicyTopic>(
  tx: Transaction,
  topic: Topic,
  policy: {
    readonly body: PolicyBody<Topic>;
    readonly effectiveFrom: LocalDate;
    readonly rationale: string;
    /** Who asked for it, where somebody else's signature puts it in force; the actor otherwise. */
    readonly setBy?: Pick<Actor, 'kind' | 'loginId' | 'memberId'>;
  },
): Promise<number> {
  const { setBy = tx.actor } = policy;
  const [row] = await tx.query<{ version: number }>(
    `insert into people.policy (cooperative_id, topic, version, effective_from, body, rationale, set_by_kind, set_by_login_id,
       set_by_member_id, recorded_at)
     select $1, $2, coalesce(max(version), 0) + 1, $3, $4::jsonb, $5, $6, $7, $8, $9
     from people.policy where cooperative_id = $1 and topic = $2
     returning version`,
    [
      tx.cooperativeId,
      topic,
      policy.effectiveFrom,
      encodePayload(policy.body),
      policy.rationale,
      setBy.kind,
      setBy.loginId,
      setBy.memberId,
      tx.now,
    ],
  );
  if (row === undefined) throw new Error('a policy was stored without a version');
  return row.version;
}

/** The policies a cooperative starts with, in force from the beginning of time. */
export async function insertDefaultPolicies(
  tx: Transaction,
  template: string,
  digits: number,
): Promise<void> {
  const policies = defaultPolicies(template, digits);
  const effectiveFrom = '0001-01-01' as LocalDate;
  const rationale = `defaults of the template ${template}`;
  await insertPolicy(tx, 'contribution', { body: policies.contribution, effectiveFrom, rationale });
  await insertPolicy(tx, 'services_tax', { body: policies.services_tax, effectiveFrom, rationale });
  await insertPolicy(tx, 'approval', { body: policies.approval, effectiveFrom, rationale });
  await insertPolicy(tx, 'member_class', { body: policies.member_class, effectiveFrom, rationale });
}
