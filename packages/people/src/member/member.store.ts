// Members' SQL: numbers handed out under the cooperative's row lock, set-based inserts, every change with its step.
import type { Queryable, Transaction } from '@habitat/database';
import { encodePayload, memberChanged, memberJoined, newEvent } from '@habitat/events';
import type { MemberStatus } from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import type { Member } from './member.ts';

export interface MemberRow {
  readonly member_id: string;
  readonly number: number;
  readonly display_name: string;
  readonly legal_name: string | null;
  readonly email: string;
  readonly login_id: string | null;
  readonly status: MemberStatus;
  readonly class: string;
  readonly joined_on: LocalDate;
  readonly dro_minor: bigint;
  readonly step_count: number;
  readonly is_erased: boolean;
}

export const MEMBER_COLUMNS = `m.member_id, m.number, m.display_name, m.legal_name, m.email, m.login_id, m.status, m.class, m.joined_on, m.dro_minor, m.step_count,
  m.erased_at is not null as is_erased`;

export function toMember(row: MemberRow): Member {
  return {
    memberId: row.member_id,
    number: row.number,
    displayName: row.display_name,
    legalName: row.legal_name,
    email: row.email,
    loginId: row.login_id,
    status: row.status,
    class: row.class,
    joinedOn: row.joined_on,
    droMinor: row.dro_minor,
    stepCount: row.step_count,
    isErased: row.is_erased,
  };
}

/** Locks the cooperative's row: joining, e-mail changes and administrators' comings and goings happen one by one. */
export async function lockCooperative(tx: Transaction): Promise<void> {
  await tx.query('select from people.cooperative where cooperative_id = $1 for update', [tx.cooperativeId]);
}

/** The next `count` member numbers. */
export async function takeMemberNumbers(tx: Transaction, count: number): Promise<number> {
  const [row] = await tx.query<{ first: number }>(
    `update people.cooperative set last_member_number = last_member_number + $2
     where cooperative_id = $1 returning last_member_number - $2 + 1 as first`,
    [tx.cooperativeId, count],
  );
  if (row === undefined) throw new Error(`people knows no cooperative ${tx.cooperativeId}`);
  return row.first;
}

/** Which of these e-mail addresses (lower case) belong to members already, apart from one member. */
export async function takenEmails(
  tx: Transaction,
  emails: readonly string[],
  except: string | null = null,
): Promise<Set<string>> {
  const rows = await tx.query<{ email: string }>(
    `select lower(email) as email from people.member
     where cooperative_id = $1 and lower(email) = any($2::text[]) and member_id is distinct from $3`,
    [tx.cooperativeId, emails.map((email) => email.toLowerCase()), except],
  );
  return new Set(rows.map((row) => row.email));
}

export async function lockMember(tx: Transaction, memberId: string): Promise<Member | null> {
  const [row] = await tx.query<MemberRow & Record<string, unknown>>(
    `select ${MEMBER_COLUMNS} from people.member m where m.cooperative_id = $1 and m.member_id = $2 for update`,
    [tx.cooperativeId, memberId],
  );
  return row === undefined ? null : toMember(row);
}

export async function findMembersByIds(
  client: Queryable,
  cooperativeId: string,
  ids: readonly string[],
): Promise<Map<string, Member>> {
  const rows = await client.query<MemberRow & Record<string, unknown>>(
    `select ${MEMBER_COLUMNS} from people.member m where m.cooperative_id = $1 and m.member_id = any($2::uuid[])`,
    [cooperativeId, [...new Set(ids)]],
  );
  return new Map(rows.map((row) => [row.member_id, toMember(row)]));
}

export interface MemberStepDraft {
  readonly act: 'joined' | 'changed' | 'status_changed' | 'login_linked' | 'email_followed';
  readonly from: MemberStatus | null;
  readonly reason: string | null;
  readonly facts?: Readonly<Record<string, string | null>>;
}

function recordOf(member: Member): Record<string, unknown> {
  return {
    member_id: member.memberId,
    number: member.number,
    display_name: member.displayName,
    legal_name: member.legalName,
    email: member.email,
    login_id: member.loginId,
    status: member.status,
    class: member.class,
    joined_on: member.joinedOn,
    dro_minor: member.droMinor,
    step_count: member.stepCount,
  };
}

const RECORD = `(member_id uuid, number integer, display_name text, legal_name text, email text, login_id uuid, status text,
  class text, joined_on date, dro_minor bigint, step_count integer)`;

function factsOf(member: Member) {
  const { memberId, number, status, joinedOn, droMinor } = member;
  return { memberId, number, class: member.class, status, joinedOn, droMinor };
}

async function insertSteps(
  tx: Transaction,
  members: readonly Member[],
  step: MemberStepDraft,
): Promise<void> {
  await tx.query(
    `insert into people.member_step (cooperative_id, member_id, sequence, act, from_status, to_status, reason, facts,
       actor_kind, actor_login_id, actor_member_id, recorded_at)
     select $1, r.member_id, r.step_count, $3, $4, r.status, people.seal(r.member_id, $5), $6::jsonb, $7, $8, $9, $10
     from jsonb_to_recordset($2::jsonb) as r ${RECORD}`,
    [
      tx.cooperativeId,
      encodePayload(members.map(recordOf)),
      step.act,
      step.from,
      step.reason,
      encodePayload(step.facts ?? {}),
      tx.actor.kind,
      tx.actor.loginId,
      tx.actor.memberId,
      tx.now,
    ],
  );
}

/** Stores new members (step count 1) and tells the other contexts. */
export async function insertMembers(
  tx: Transaction,
  members: readonly Member[],
  reason: string | null,
): Promise<void> {
  await tx.query(
    `insert into people.member (cooperative_id, member_id, number, display_name, legal_name, email, login_id, status, class,
       joined_on, dro_minor, step_count, created_at, changed_at)
     select $1, r.member_id, r.number, r.display_name, r.legal_name, r.email, r.login_id, r.status, r.class, r.joined_on,
       r.dro_minor, r.step_count, $3, $3
     from jsonb_to_recordset($2::jsonb) as r ${RECORD}`,
    [tx.cooperativeId, encodePayload(members.map(recordOf)), tx.now],
  );
  await insertSteps(tx, members, { act: 'joined', from: null, reason });
  tx.append(...members.map((member) => newEvent(memberJoined, member.memberId, factsOf(member))));
}

/** Stores a locked member's next state with its step and tells the other contexts. */
export async function updateMember(tx: Transaction, next: Member, step: MemberStepDraft): Promise<void> {
  const member: Member = { ...next, stepCount: next.stepCount + 1 };
  await tx.query(
    `update people.member m set display_name = r.display_name, legal_name = r.legal_name, email = r.email,
       login_id = r.login_id, status = r.status, class = r.class, joined_on = r.joined_on, dro_minor = r.dro_minor,
       step_count = r.step_count, changed_at = $3
     from jsonb_to_recordset($2::jsonb) as r ${RECORD}
     where m.cooperative_id = $1 and m.member_id = r.member_id`,
    [tx.cooperativeId, encodePayload([recordOf(member)]), tx.now],
  );
  await insertSteps(tx, [member], step);
  tx.append(newEvent(memberChanged, member.memberId, factsOf(member)));
}
