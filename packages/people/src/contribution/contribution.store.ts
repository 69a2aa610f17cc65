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

// Steps, signatures and comments ride along; their foreign keys are checked at the end of the statement. Postgres
// starts every part of a statement, also one that writes no row, so a statement names only what it writes.
const stepPart = `
  step as (
    insert into people.contribution_step (cooperative_id, contribution_id, sequence, act, from_status, to_status, reason,
      facts, actor_kind, actor_login_id, actor_member_id, recorded_at)
    select $1, s.contribution_id, s.sequence, s.act, s.from_status, s.to_status,
      people.seal(s.member_id, s.reason), s.facts, $4, $5, $6, $7
    from jsonb_to_recordset($3::jsonb) as s (contribution_id uuid, member_id uuid, sequence integer, act text, from_status text,
      to_status text, reason text, facts jsonb)
  )`;
const signaturePart = (place: string) => `
  signature as (
    insert into people.approval (cooperative_id, contribution_id, round, approver_member_id, approver_login_id, role,
      quantity, value_minor, policy_version, approved_at)
    select $1, s.contribution_id, s.round, s.approver_member_id, s.approver_login_id, s.role, s.quantity,
      s.value_minor, s.policy_version, $7
    from jsonb_to_recordset(${place}::jsonb) as s (contribution_id uuid, round smallint, approver_member_id uuid,
      approver_login_id uuid, role text, quantity numeric, value_minor bigint, policy_version integer)
  )`;
const reviewPart = (place: string) => `
  peer_review as (
    insert into people.peer_review (cooperative_id, contribution_id, round, needed, until_on, on_timeout, role, class,
      policy_version, opened_at)
    select $1, r.contribution_id, r.round, r.needed, r.until_on, r.on_timeout, r.role, r.class, r.policy_version, $7
    from jsonb_to_recordset(${place}::jsonb) as r (contribution_id uuid, round smallint, needed smallint, until_on date,
      on_timeout text, role text, class text, policy_version integer)
  )`;
const votePart = (place: string) => `
  peer_vote as (
    insert into people.peer_vote (cooperative_id, contribution_id, round, member_id, login_id, verdict, quantity,
      value_minor, voted_at)
    select $1, v.contribution_id, v.round, v.member_id, v.login_id, v.verdict, v.quantity, v.value_minor, $7
    from jsonb_to_recordset(${place}::jsonb) as v (contribution_id uuid, round smallint, member_id uuid, login_id uuid,
      verdict text, quantity numeric, value_minor bigint)
  )`;
const remarkPart = (place: string) => `
  remark as (
    insert into people.contribution_comment (cooperative_id, comment_id, contribution_id, kind, body, actor_login_id,
      actor_member_id, recorded_at)
    select $1, r.comment_id, r.contribution_id, r.kind, people.seal(r.member_id, r.body), $5, $6, $7
    from jsonb_to_recordset(${place}::jsonb) as r (comment_id uuid, contribution_id uuid, member_id uuid, kind text,
      body text)
  )`;

const insertSql = `
  insert into people.contribution (cooperative_id, number, ${allNames})
  select $1, people.next_contribution_number(), ${CONTRIBUTION_COLUMNS.map(({ name }) => `r.${name}`).join(', ')}
  from rows from (jsonb_to_recordset($2::jsonb) as (${recordType})) with ordinality as r
  order by r.ordinality
  returning ${contributionColumns('contribution')}`;

const updateSql = `
  update people.contribution c
  set ${changing.map(({ name }) => `${name} = r.${name}`).join(', ')}
  from jsonb_to_recordset($2::jsonb) as r (${recordType})
  where c.cooperative_id = $1 and c.contribution_id = r.contribution_id
  returning c.contribution_id`;

/** The terms peers are asked under and what they say, as JSON records. */
function peerRecords(changes: readonly Change[]) {
  const reviews = changes.flatMap(({ contribution: { contributionId }, peerReview }) =>
    peerReview === null
      ? []
      : [
          {
            contribution_id: contributionId,
            round: peerReview.round,
            needed: peerReview.needed,
            until_on: peerReview.untilOn,
            on_timeout: peerReview.onTimeout,
            role: peerReview.role,
            class: peerReview.class,
            policy_version: peerReview.policyVersion,
          },
        ],
  );
  const votes = changes.flatMap(({ contribution: { contributionId }, peerVote }) =>
    peerVote === null
      ? []
      : [
          {
            contribution_id: contributionId,
            round: peerVote.round,
            member_id: peerVote.memberId,
            login_id: peerVote.loginId,
            verdict: peerVote.verdict,
            quantity: formatDecimal(peerVote.quantity),
            value_minor: peerVote.valueMinor,
          },
        ],
  );
  return { reviews, votes };
}

/** The statement that writes changes with what goes beside them. One is the common case and is prepared once; many get a plan for their number. */
function statement(
  tx: Transaction,
  changes: readonly Change[],
  write: { readonly name: string; readonly sql: string },
): { readonly name?: string; readonly text: string; readonly values: unknown[] } {
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
  const { reviews, votes } = peerRecords(changes);
  const { kind, loginId, memberId } = tx.actor;
  const values: unknown[] = [
    tx.cooperativeId,
    encodePayload(changes.map(({ contribution }) => toRecord(contribution))),
    encodePayload(steps),
    kind,
    loginId,
    memberId,
    tx.now,
  ];
  const parts = [stepPart];
  const names = [write.name];
  for (const [name, rows, part] of [
    ['signed', signatures, signaturePart],
    ['reviewed', reviews, reviewPart],
    ['voted', votes, votePart],
    ['remarked', remarks, remarkPart],
  ] as const) {
    if (rows.length === 0) continue;
    names.push(name);
    parts.push(part(`$${values.push(encodePayload(rows))}`));
  }
  const text = `with ${parts.join(',')}${write.sql}`;
  return changes.length === 1 ? { name: names.join('-'), text, values } : { text, values };
}

/** Stores new contributions, in order, and returns them as they now stand, with their numbers. */
export async function insertContributions(tx: Transaction, changes: readonly Change[]): Promise<Change[]> {
  if (changes.length === 0) return [];
  const rows = await tx.query<ContributionRow>(
    statement(tx, changes, { name: 'insert-contributions', sql: insertSql }),
  );
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
  const rows = await tx.query(statement(tx, changes, { name: 'update-contributions', sql: updateSql }));
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
    ...(ids.length === 1 ? { name: 'lock-contributions' } : {}),
    text: `select ${contributionColumns('c')} from people.contribution c
           where c.cooperative_id = $1 and c.contribution_id = any($2::uuid[])
           order by c.contribution_id for update`,
    values: [tx.cooperativeId, [...new Set(ids)]],
  });
  return new Map(rows.map((row) => [row.contribution_id, toContribution(row)]));
}
