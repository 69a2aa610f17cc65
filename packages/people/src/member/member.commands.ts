// Joining, changing and leaving. Sign-in accounts are the platform's business; people only keeps which one is whose.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { MemberStatus } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';
import { isUuid } from '../contribution/command-facts.ts';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import { findPolicyOn } from '../policy/policy.store.ts';
import { rolesNamed } from '../role/role.ts';
import type { GrantDraft } from '../role/role.store.ts';
import { findAssignments, insertAssignments, isAnotherAdministratorLeft } from '../role/role.store.ts';
import type { Member, MemberFacts, MemberFieldRefusal, MemberInput, TransitionRefusal } from './member.ts';
import { readMemberFields, transitionRefusal } from './member.ts';
import {
  insertMembers,
  lockCooperative,
  lockMember,
  takeMemberNumbers,
  takenEmails,
  updateMember,
} from './member.store.ts';

type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: string };
export type MemberNotFound = { readonly code: 'MEMBER_NOT_FOUND'; readonly field: 'memberId' };
export type MemberAnswer = { readonly memberId: string };

export interface NewMemberInput extends MemberInput {
  /** Active at once by default; pending until somebody admits them. */
  readonly status?: 'active' | 'pending';
  /** Base or composite roles to start with; member and contributor by default. */
  readonly roles?: readonly string[] | null | undefined;
}

export type AddMemberRefusal =
  | Forbidden
  | MemberFieldRefusal
  | { readonly code: 'EMAIL_TAKEN'; readonly field: 'email' }
  | { readonly code: 'UNKNOWN_ROLE'; readonly field: 'roles'; readonly role: string };

async function memberFacts(tx: Transaction): Promise<MemberFacts> {
  const { digits, today } = await getCooperative(tx);
  const { classes } = await findPolicyOn(tx, 'member_class', today);
  return { digits, today, classes };
}

function readOne(
  input: NewMemberInput,
  facts: MemberFacts,
  taken: Set<string>,
): Result<Omit<Member, 'number'>, AddMemberRefusal> {
  const fields = readMemberFields(input, facts);
  if (!fields.ok) return fields;
  const unknown = (input.roles ?? []).find((role) => rolesNamed(role) === null);
  if (unknown !== undefined) return refuse({ code: 'UNKNOWN_ROLE', field: 'roles', role: unknown });
  const email = fields.value.email.toLowerCase();
  if (taken.has(email)) return refuse({ code: 'EMAIL_TAKEN', field: 'email' });
  taken.add(email);
  return accept({
    ...fields.value,
    memberId: newId(),
    loginId: null,
    status: input.status ?? 'active',
    stepCount: 1,
    isErased: false,
  });
}

function grantsOf(memberId: string, input: NewMemberInput): GrantDraft[] {
  const roles = new Set((input.roles ?? ['full_member']).flatMap((name) => rolesNamed(name) ?? []));
  return [...roles].map((role) => ({
    memberId,
    role,
    reason: 'joined the cooperative',
    reasonCode: 'joined',
  }));
}

export type MemberRefusals = {
  readonly code: 'ITEMS_REFUSED';
  readonly refusals: readonly { readonly index: number; readonly refusal: AddMemberRefusal }[];
};

/** Adds many members at once: all of them, or none and every fault by its index. */
export async function addMembersIn(
  tx: Transaction,
  inputs: readonly NewMemberInput[],
): Promise<Result<Member[], MemberRefusals>> {
  const forbidden = (act: string) =>
    refuse({
      code: 'ITEMS_REFUSED',
      refusals: [{ index: 0, refusal: { code: 'FORBIDDEN', act } as const }],
    } as const);
  if (!may(tx.actor, 'member.manage') && !may(tx.actor, 'data.import')) return forbidden('member.manage');
  const privileged = inputs.some((input) =>
    (input.roles ?? []).some((role) => !['member', 'contributor', 'full_member'].includes(role)),
  );
  if (privileged && !may(tx.actor, 'role.assign')) return forbidden('role.assign');
  await lockCooperative(tx);
  const facts = await memberFacts(tx);
  const taken = await takenEmails(
    tx,
    inputs.map((input) => input.email.trim()),
  );
  const read = inputs.map((input) => readOne(input, facts, taken));
  const refusals = read.flatMap((result, index) => (result.ok ? [] : [{ index, refusal: result.refusal }]));
  if (refusals.length > 0) return refuse({ code: 'ITEMS_REFUSED', refusals });
  const first = await takeMemberNumbers(tx, inputs.length);
  const members = read.flatMap((result, index): Member[] =>
    result.ok ? [{ ...result.value, number: first + index }] : [],
  );
  await insertMembers(tx, members, null);
  await insertAssignments(
    tx,
    members.flatMap((member, index) =>
      grantsOf(member.memberId, inputs[index] ?? { displayName: '', email: '' }),
    ),
  );
  return accept(members);
}

/** Adds a member. Refusals in order: FORBIDDEN, the fields', UNKNOWN_ROLE, EMAIL_TAKEN. */
export async function addMember(database: Database, context: CommandContext, input: NewMemberInput) {
  return runCommand<MemberAnswer, AddMemberRefusal>(
    database,
    'people',
    context,
    { name: 'addMember', input },
    async (tx) => {
      const added = await addMembersIn(tx, [input]);
      if (added.ok && added.value[0] !== undefined) return accept({ memberId: added.value[0].memberId });
      const [fault] = added.ok ? [] : added.refusal.refusals;
      if (fault === undefined) throw new Error('adding a member ended neither stored nor refused');
      return refuse(fault.refusal);
    },
  );
}

/** Adds many members in one transaction (imports). */
export async function addMembers(
  database: Database,
  context: CommandContext,
  inputs: readonly NewMemberInput[],
) {
  type Answer = { readonly memberIds: readonly string[] };
  return runCommand<Answer, MemberRefusals>(
    database,
    'people',
    context,
    { name: 'addMembers', input: inputs },
    async (tx) => {
      const added = await addMembersIn(tx, inputs);
      return added.ok ? accept({ memberIds: added.value.map((member) => member.memberId) }) : added;
    },
  );
}

export interface ChangeMemberInput extends Partial<MemberInput> {
  readonly memberId: string;
}
export type ChangeMemberRefusal =
  Forbidden | MemberNotFound | MemberFieldRefusal | { readonly code: 'EMAIL_TAKEN'; readonly field: 'email' };

async function findLocked(tx: Transaction, memberId: string): Promise<Result<Member, MemberNotFound>> {
  const member = isUuid(memberId) ? await lockMember(tx, memberId) : null;
  // Who was erased is not there to be changed: a new name would be a new person.
  return member === null || member.isErased
    ? refuse({ code: 'MEMBER_NOT_FOUND', field: 'memberId' })
    : accept(member);
}

/** Changes a member's fields; absent ones stay. Refusals in order: FORBIDDEN, MEMBER_NOT_FOUND, the fields', EMAIL_TAKEN. */
export async function changeMember(database: Database, context: CommandContext, input: ChangeMemberInput) {
  return runCommand<MemberAnswer, ChangeMemberRefusal>(
    database,
    'people',
    context,
    { name: 'changeMember', input },
    async (tx) => {
      if (!may(tx.actor, 'member.manage')) return refuse({ code: 'FORBIDDEN', act: 'member.manage' });
      await lockCooperative(tx);
      const found = await findLocked(tx, input.memberId);
      if (!found.ok) return found;
      const member = found.value;
      const facts = await memberFacts(tx);
      const fields = readMemberFields(
        {
          displayName: input.displayName ?? member.displayName,
          legalName: input.legalName === undefined ? member.legalName : input.legalName,
          email: input.email ?? member.email,
          class: input.class ?? member.class,
          joinedOn: input.joinedOn ?? member.joinedOn,
          droAmount: input.droAmount ?? '0',
        },
        // A class no longer offered stays with those who have it.
        { ...facts, classes: [...facts.classes, member.class] },
      );
      if (!fields.ok) return fields;
      const taken = await takenEmails(tx, [fields.value.email], member.memberId);
      if (taken.size > 0) return refuse({ code: 'EMAIL_TAKEN', field: 'email' });
      const droMinor =
        input.droAmount === undefined || input.droAmount === null ? member.droMinor : fields.value.droMinor;
      const changed = Object.entries(input).filter(
        ([name, value]) => name !== 'memberId' && value !== undefined,
      );
      await updateMember(
        tx,
        { ...member, ...fields.value, droMinor },
        {
          act: 'changed',
          from: member.status,
          reason: null,
          // Names and addresses stay out of the history, so that erasing a person needs no change to it.
          facts: { fields: changed.map(([name]) => name).join(', ') },
        },
      );
      return accept({ memberId: member.memberId });
    },
  );
}

export type ChangeStatusRefusal =
  | Forbidden
  | MemberNotFound
  | TransitionRefusal
  | { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' }
  | { readonly code: 'LAST_ADMINISTRATOR' };

/** Changes a member's status. Refusals in order: FORBIDDEN, MEMBER_NOT_FOUND, TRANSITION_NOT_ALLOWED, REASON_REQUIRED, LAST_ADMINISTRATOR. */
export async function changeMemberStatus(
  database: Database,
  context: CommandContext,
  input: { readonly memberId: string; readonly status: MemberStatus; readonly reason: string },
) {
  return runCommand<MemberAnswer, ChangeStatusRefusal>(
    database,
    'people',
    context,
    { name: 'changeMemberStatus', input },
    async (tx) => {
      if (!may(tx.actor, 'member.manage')) return refuse({ code: 'FORBIDDEN', act: 'member.manage' });
      await lockCooperative(tx);
      const found = await findLocked(tx, input.memberId);
      if (!found.ok) return found;
      const member = found.value;
      const refusal = transitionRefusal(member.status, input.status);
      if (refusal !== null) return refuse(refusal);
      const reason = input.reason.trim();
      if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
      if (await wouldLeaveNoAdministrator(tx, member, input.status))
        return refuse({ code: 'LAST_ADMINISTRATOR' });
      await updateMember(
        tx,
        { ...member, status: input.status },
        { act: 'status_changed', from: member.status, reason },
      );
      return accept({ memberId: member.memberId });
    },
  );
}

async function wouldLeaveNoAdministrator(
  tx: Transaction,
  member: Member,
  to: MemberStatus,
): Promise<boolean> {
  if (to === 'active' || to === 'withdrawing') return false;
  const held = await findAssignments(tx, tx.cooperativeId, [member.memberId]);
  if (!held.some((assignment) => assignment.role === 'administrator')) return false;
  const { today } = await getCooperative(tx);
  return !(await isAnotherAdministratorLeft(tx, member.memberId, today));
}

export type LinkLoginRefusal = Forbidden | MemberNotFound | { readonly code: 'LOGIN_LINKED_ALREADY' };

/** Ties a sign-in account to a member, once. Refusals in order: FORBIDDEN, MEMBER_NOT_FOUND, LOGIN_LINKED_ALREADY. */
export async function linkLogin(
  database: Database,
  context: CommandContext,
  input: { readonly memberId: string; readonly loginId: string },
) {
  return runCommand<MemberAnswer, LinkLoginRefusal>(
    database,
    'people',
    context,
    { name: 'linkLogin', input },
    async (tx) => {
      if (!may(tx.actor, 'member.manage')) return refuse({ code: 'FORBIDDEN', act: 'member.manage' });
      return linkLoginIn(tx, input);
    },
  );
}

/** The same inside a transaction, for whoever was let in by the platform; harmless to repeat. */
export async function linkLoginIn(
  tx: Transaction,
  input: { readonly memberId: string; readonly loginId: string },
): Promise<Result<MemberAnswer, Exclude<LinkLoginRefusal, Forbidden>>> {
  await lockCooperative(tx);
  const found = await findLocked(tx, input.memberId);
  if (!found.ok) return found;
  const member = found.value;
  if (member.loginId === input.loginId) return accept({ memberId: member.memberId });
  const others = await tx.query('select from people.member where cooperative_id = $1 and login_id = $2', [
    tx.cooperativeId,
    input.loginId,
  ]);
  if (member.loginId !== null || others.length > 0) return refuse({ code: 'LOGIN_LINKED_ALREADY' });
  await updateMember(
    tx,
    { ...member, loginId: input.loginId },
    { act: 'login_linked', from: member.status, reason: null },
  );
  return accept({ memberId: member.memberId });
}
