'use server';
// An administrator's acts on members. Each ends on the member's own page, which then says what was done; without a script
// the browser simply goes there.
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import type { Answer } from '../../lib/api/fault.ts';
import { optional, text, typedOf } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask } from '../../lib/api/request.ts';
import {
  addMemberDocument,
  assignRoleDocument,
  changeMemberDocument,
  changeMemberStatusDocument,
  inviteMemberDocument,
  makeResetLinkDocument,
  resetSecondFactorDocument,
  revokeInvitationDocument,
  revokeRoleDocument,
} from './member.documents.ts';

const keyOf = (form: FormData) => text(form, 'idempotencyKey');

async function refused(answer: Extract<Answer<unknown>, { ok: false }>, form: FormData) {
  return { ...endedBadly(answer, await refusalWords()), typed: typedOf(form) } as ActionState;
}

function told(memberId: string, said: string): never {
  revalidatePath('/', 'layout');
  redirect(`/members/${encodeURIComponent(memberId)}?said=${said}`);
}

/** Adds a member, with the roles of a full member. */
export async function addMember(_: ActionState, form: FormData): Promise<ActionState> {
  const answer = await ask(addMemberDocument, {
    input: {
      displayName: text(form, 'displayName'),
      legalName: optional(form, 'legalName'),
      email: text(form, 'email'),
      class: optional(form, 'class'),
      joinedOn: optional(form, 'joinedOn'),
      droAmount: optional(form, 'droAmount'),
      pending: form.has('pending'),
      idempotencyKey: keyOf(form),
    },
  });
  if (!answer.ok) return refused(answer, form);
  return told(answer.data.addMember.member.id, 'added');
}

/** Changes what stands on a member's page; an empty legal name is taken out. */
export async function changeMember(_: ActionState, form: FormData): Promise<ActionState> {
  const memberId = text(form, 'memberId');
  const answer = await ask(changeMemberDocument, {
    input: {
      memberId,
      displayName: text(form, 'displayName'),
      legalName: optional(form, 'legalName'),
      email: text(form, 'email'),
      class: optional(form, 'class'),
      joinedOn: optional(form, 'joinedOn'),
      droAmount: optional(form, 'droAmount'),
      idempotencyKey: keyOf(form),
    },
  });
  return answer.ok ? told(memberId, 'changed') : refused(answer, form);
}

/** Changes a member's standing, with the reason that stays in its history. */
export async function changeMemberStatus(_: ActionState, form: FormData): Promise<ActionState> {
  const memberId = text(form, 'memberId');
  const answer = await ask(changeMemberStatusDocument, {
    input: {
      memberId,
      status: text(form, 'status') as 'ACTIVE',
      reason: text(form, 'reason'),
      idempotencyKey: keyOf(form),
    },
  });
  return answer.ok ? told(memberId, 'status') : refused(answer, form);
}

/** Grants a role; what is left out has no limit. */
export async function assignRole(_: ActionState, form: FormData): Promise<ActionState> {
  const memberId = text(form, 'memberId');
  const kinds = form.getAll('kinds').map(String);
  const categories = text(form, 'categories')
    .split(',')
    .map((one) => one.trim())
    .filter(Boolean);
  const answer = await ask(assignRoleDocument, {
    input: {
      memberId,
      role: text(form, 'role'),
      reason: text(form, 'reason'),
      expiresOn: optional(form, 'expiresOn'),
      kinds: kinds.length > 0 ? kinds : null,
      categories: categories.length > 0 ? categories : null,
      limit: optional(form, 'limit'),
      idempotencyKey: keyOf(form),
    },
  });
  return answer.ok ? told(memberId, 'assigned') : refused(answer, form);
}

/** Takes a role away; why stays on record. */
export async function revokeRole(_: ActionState, form: FormData): Promise<ActionState> {
  const memberId = text(form, 'memberId');
  const answer = await ask(revokeRoleDocument, {
    input: {
      assignmentId: text(form, 'assignmentId'),
      reason: text(form, 'reason'),
      idempotencyKey: keyOf(form),
    },
  });
  return answer.ok ? told(memberId, 'revoked') : refused(answer, form);
}

/** Invites a member to sign in: by mail, or with a link to hand over where none is sent. */
export async function inviteMember(_: ActionState, form: FormData): Promise<ActionState> {
  const memberId = text(form, 'memberId');
  const input = { memberId, email: text(form, 'email'), idempotencyKey: keyOf(form) };
  const answer = await ask(inviteMemberDocument, { input });
  if (!answer.ok) return refused(answer, form);
  const { link } = answer.data.inviteMember;
  return link === null ? told(memberId, 'invited') : { status: 'hand-over', link };
}

/** Takes a member's open invitation back. */
export async function revokeInvitation(_: ActionState, form: FormData): Promise<ActionState> {
  const memberId = text(form, 'memberId');
  const input = { memberId, idempotencyKey: keyOf(form) };
  const answer = await ask(revokeInvitationDocument, { input });
  return answer.ok ? told(memberId, 'uninvited') : refused(answer, form);
}

/** Makes a link to a new password, to be handed over where no mail is sent. */
export async function makeResetLink(_: ActionState, form: FormData): Promise<ActionState> {
  const input = { memberId: text(form, 'memberId'), idempotencyKey: keyOf(form) };
  const answer = await ask(makeResetLinkDocument, { input });
  if (!answer.ok) return refused(answer, form);
  const { link } = answer.data.makeResetLink;
  // Used or replaced meanwhile: the page shows how it stands.
  return link === null ? told(input.memberId, 'changed') : { status: 'hand-over', link };
}

/** Takes the second factor away of somebody who lost device and codes. */
export async function resetSecondFactor(_: ActionState, form: FormData): Promise<ActionState> {
  const memberId = text(form, 'memberId');
  const input = { memberId, reason: text(form, 'reason'), idempotencyKey: keyOf(form) };
  const answer = await ask(resetSecondFactorDocument, { input });
  return answer.ok ? told(memberId, 'factorReset') : refused(answer, form);
}
