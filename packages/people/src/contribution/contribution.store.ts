// A contribution's SQL: lock, insert, update. Row, steps, signatures and comments of any number of contributions
// are written in one statement.
import type { Transaction } from '@habitat/database';
import { encodePayload } from '@habitat/events';
import { formatDecimal, newId } from '@habitat/kernel';
import type { Change, Contribution } from './contribution.ts';
import type { ContributionRow } from './contribution.rows.ts';
import { CONTRIBUTION_COLUMNS, contributionColumns, toContribution, toRecord } from './contribution.rows.ts';

const recordType = CONTRIBUTION_COLUMNS.map(({ name, type }) => `${name} ${type}`).join(', ');
const allNames = CONTRIBUTION_COLUMNS.map(({ name }) => name).join(', ');
const changing = CONTRIBUTION_COLUMNS.filter(({ once }) => once !== true);

// Steps, signatures and comments ride along; their foreign keys are checked at the end of the statement.
const alongside = `
  step as (
    insert into people.contribution_step (cooperative_id, contribution_id, sequence, act, from_status, to_status, reason,
      facts, actor_kind, actor_login_id, actor_member_id, recorded_at)
    select $1, s.contribution_id, s.sequence, s.act, s.from_status, s.to_status,
      people.seal(s.member_id, s.reason), s.facts, $6, $7, $8, $9
    from jsonb_to_recordset($3::jsonb) as s (contribution_id uuid, member_id uuid, sequence integer, act text, from_status text,
      to_status text, reason text, facts jsonb)
  ),
  signature as (
    insert into people.approval (cooperative_id, contribution_id, round, approver_member_id, approver_login_id, role,
      quantity, value_minor, policy_version, approved_at)
    select $1, s.contribution_id, s.round, s.approver_member_id, s.approver_login_id, s.role, s.quantity,
      s.value_minor, s.policy_version, $9
    from jsonb_to_recordset($4::jsonb) as s (contribution_id uuid, round smallint, approver_member_id uuid,
      approver_login_id uuid, role text, quantity numeric, value_minor bigint, policy_version integer)
  ),
  remark as (
    insert into people.contribution_comment (cooperative_id, comment_id, contribution_id, kind, body, actor_login_id,
      actor_member_id, recorded_at)
    select $1, r.comment_id, r.contribution_id, r.kind, people.seal(r.member_id, r.body), $7, $8, $9
    from jsonb_to_recordset($5::jsonb) as r (comment_id uuid, contribution_id uuid, member_id uuid, kind text,
      body text)
  )`;

const insertSql = `
  with ${alongside}
  insert into people.contribution (cooperative_id, number, ${allNames})
  select $1, people.next_contribution_number(), ${CONTRIBUTION_COLUMNS.map(({ name }) => `r.${name}`).join(', ')}
  from rows from (jsonb_to_recordset($2::jsonb) as (${recordType})) with ordinality as r
  order by r.ordinality
  returning ${contributionColumns('contribution')}`;

const updateSql = `
  with ${alongside}
  update people.contribution c
  set ${changing.map(({ name }) => `${name} = r.${name}`).join(', ')}
  from jsonb_to_recordset($2::jsonb) as r (${recordType})
  where c.cooperative_id = $1 and c.contribution_id = r.contribution_id
  returning c.contribution_id`;

function parameters(tx: Transaction, changes: readonly Change[]): unknown[] {
  const steps = changes.flatMap(({ contribution, steps: taken }) =>
    taken.map((step, index) => ({
      contribution_id: contribution.contributionId,
      member_id: contribution.memberId,
      sequence: contribution.stepCount - taken.length + index + 1,
      act: step.act,
      from_status: step.from,
      to_status: step.to,
      reason: step.reason,
      facts: step.facts,
    })),
  );
  const signatures = changes.flatMap(({ contribution, signature }) =>
    signature === null
      ? []
      : [
          {
            contribution_id: contribution.contributionId,
            round: signature.round,
            approver_member_id: signature.approverMemberId,
            approver_login_id: signature.approverLoginId,
            role: signature.role,
            quantity: formatDecimal(signature.quantity),
            value_minor: signature.valueMinor,
            policy_version: signature.policyVersion,
          },
        ],
  );
  const remarks = changes.flatMap(({ contribution: { contributionId, memberId }, comment }) =>
    comment === null
      ? []
      : [{ comment_id: newId(), contribution_id: contributionId, member_id: memberId, ...comment }],
  );
  const { kind, loginId, memberId } = tx.actor;
  return [
    tx.cooperativeId,
    encodePayload(changes.map(({ contribution }) => toRecord(contribution))),
    encodePayload(steps),
    encodePayload(signatures),
    encodePayload(remarks),
    kind,
    loginId,
    memberId,
    tx.now,
  ];
}

/** One contribution is the common case, prepared once; many get a plan for their number. */
function named(name: string, changes: readonly unknown[]): { readonly name?: string } {
  return changes.length === 1 ? { name } : {};
}

/** Stores new contributions, in order, and returns them as they now stand, with their numbers. */
export async function insertContributions(tx: Transaction, changes: readonly Change[]): Promise<Change[]> {
  if (changes.length === 0) return [];
  const rows = await tx.query<ContributionRow>({
    ...named('insert-contributions', changes),
    text: insertSql,
    values: parameters(tx, changes),
  });
  const stored = new Map(rows.map((row) => [row.contribution_id, toContribution(row)]));
  return changes.map((change) => {
    const contribution = stored.get(change.contribution.contributionId);
    if (contribution === undefined) throw new Error('a contribution was not stored');
    return { ...change, contribution };
  });
}

/** Stores the next states of contributions locked before, with their steps, signatures and comments. */
export async function updateContributions(tx: Transaction, changes: readonly Change[]): Promise<void> {
  if (changes.length === 0) return;
  const rows = await tx.query({
    ...named('update-contributions', changes),
    text: updateSql,
    values: parameters(tx, changes),
  });
  if (rows.length !== changes.length)
    throw new Error(`${changes.length} contributions to save, ${rows.length} found`);
}

/**
 * Locks contributions in id order and returns them by id; unknown ids, and another cooperative's, are missing.
 * What depends on them (signatures) is read by a later statement, which sees what others committed meanwhile.
 */
export async function lockContributions(
  tx: Transaction,
  ids: readonly string[],
): Promise<Map<string, Contribution>> {
  const rows = await tx.query<ContributionRow>({
    ...named('lock-contributions', ids),
    text: `select ${contributionColumns('c')} from people.contribution c
           where c.cooperative_id = $1 and c.contribution_id = any($2::uuid[])
           order by c.contribution_id for update`,
    values: [tx.cooperativeId, [...new Set(ids)]],
  });
  return new Map(rows.map((row) => [row.contribution_id, toContribution(row)]));
}
