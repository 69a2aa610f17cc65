// Inviting members to sign in: an administrator's acts, and the two things open to whoever holds the link.
import { findMembers } from '@habitat/people';
import type { LinkView, OpenInvitation } from '@habitat/platform';
import {
  acceptInvitation,
  findOpenInvitations,
  handedLink,
  inviteMember,
  revokeInvitation,
  viewLink,
} from '@habitat/platform';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import { notFound } from '../../error.ts';
import { requestLoader } from '../../loader.ts';
import { defineMutation } from '../../mutation.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { refusalError } from '../../refusal.ts';
import { linkToken, noMoney, secret } from '../public-input.ts';

const InvitationRef = builder.objectRef<OpenInvitation>('Invitation').implement({
  description: 'An invitation to sign in that waits for its member.',
  authScopes: { act: 'member.manage' },
  fields: (t) => ({
    email: t.exposeString('email', { description: 'Where it went.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it stops working.' }),
  }),
});

const invitationOf = requestLoader<string, OpenInvitation | null>(async (memberIds, context) => {
  const open = await findOpenInvitations(context.database, context.cooperativeId(), memberIds, context.now);
  return memberIds.map((id) => open.find(({ memberId }) => memberId === id) ?? null);
});

builder.objectField(MemberRef, 'invitation', (t) =>
  t.field({
    type: InvitationRef,
    nullable: true,
    description: 'The open invitation to sign in, for those who manage members.',
    authScopes: { act: 'member.manage' },
    resolve: ({ memberId }, _args, context) => invitationOf(context).load(memberId),
  }),
);

const MEMBER = { required: true, description: 'The member.' } as const;

defineMutation('inviteMember', {
  description:
    'Invites a member to sign in, by mail; an invitation still open is replaced. It works once, for fourteen days.',
  allow: 'member.manage',
  input: (t) => ({
    memberId: t.globalID(MEMBER),
    email: t.string({ description: 'Where to; the member’s own address when left out.' }),
  }),
  run: async ({ memberId, email }, context, command) => {
    const [member] = await findMembers(context.database, context.cooperativeId(), [memberId.id]);
    if (member === undefined) throw notFound('member');
    return inviteMember(context.database, context.identity.links, command, {
      memberId: member.memberId,
      email: email ?? member.email,
      displayName: member.displayName,
      language: context.words.language,
    });
  },
  payload: (t) => ({
    member: t.field({
      type: MemberRef,
      description: 'The member with the invitation.',
      resolve: ({ memberId }) => memberId,
    }),
    link: t.string({
      nullable: true,
      description: 'The link to hand over, where no mail server is set; null where it was mailed.',
      resolve: ({ linkId }, _args, context) =>
        handedLink(context.database, context.identity.links, context.cooperativeId(), linkId),
    }),
  }),
});

defineMutation('revokeInvitation', {
  description: 'Takes a member’s open invitation back: its link opens nothing any more.',
  allow: 'member.manage',
  input: (t) => ({ memberId: t.globalID(MEMBER) }),
  run: ({ memberId }, context, command) =>
    revokeInvitation(context.database, command, { memberId: memberId.id }),
  payload: (t) => ({
    member: t.field({
      type: MemberRef,
      description: 'The member, who is not invited any more.',
      resolve: ({ memberId }) => memberId,
    }),
  }),
});

const LinkViewRef = builder.objectRef<LinkView>('LinkView').implement({
  description: 'What a link is for, shown to whoever holds it.',
  authScopes: { public: true },
  fields: (t) => ({
    cooperativeName: t.exposeString('cooperativeName', { description: 'Which cooperative.' }),
    displayName: t.exposeString('displayName', { description: 'For whom.' }),
    email: t.exposeString('email', { description: 'The address it went to.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it stops working.' }),
    timeZone: t.exposeString('timeZone', {
      description: 'The clock of the cooperative, by which the mail tells the time.',
    }),
    hasAccount: t.exposeBoolean('hasAccount', {
      description: 'True when the address has an account already: its password is asked for.',
    }),
  }),
});

for (const [name, purpose, description] of [
  ['invitation', 'invitation', 'The invitation a link carries; refused when it opens nothing.'],
  ['passwordReset', 'password_reset', 'The password reset a link carries; refused when it opens nothing.'],
  ['emailChange', 'email_change', 'The new email a link carries; refused when it opens nothing.'],
  ['emailUndo', 'email_undo', 'The email a link would bring back; refused when it opens nothing.'],
] as const) {
  builder.queryField(name, (t) =>
    t.field({
      type: LinkViewRef,
      description,
      authScopes: { public: true },
      args: {
        token: t.arg.string({ required: true, description: 'The end of the link.', validate: linkToken }),
      },
      resolve: async (_root, { token }, { database, now, request }) => {
        const view = await viewLink(database, purpose, { token, address: request.address }, now);
        if (!view.ok) throw refusalError(view.refusal, noMoney);
        return view.value;
      },
    }),
  );
}

const AcceptInvitationInput = builder.inputType('AcceptInvitationInput', {
  description: 'What acceptInvitation needs.',
  fields: (t) => ({
    token: t.string({ required: true, description: 'The end of the link.', validate: linkToken }),
    displayName: t.string({
      description: 'Name on a new account; the member’s when left out.',
      validate: z.string().max(200),
    }),
    password: t.string({
      required: true,
      description: 'A new password, or the one of the account the address has.',
      validate: secret,
    }),
  }),
});

const AcceptInvitationPayload = builder
  .objectRef<{ readonly email: string }>('AcceptInvitationPayload')
  .implement({
    description: 'What acceptInvitation answers.',
    authScopes: { public: true },
    fields: (t) => ({ email: t.exposeString('email', { description: 'Who may sign in now.' }) }),
  });

builder.mutationField('acceptInvitation', (t) =>
  t.field({
    type: AcceptInvitationPayload,
    description: 'Accepts an invitation: opens the account, or ties the one the address has, to the member.',
    authScopes: { public: true },
    args: {
      input: t.arg({ type: AcceptInvitationInput, required: true, description: 'The link and who accepts.' }),
    },
    resolve: async (_root, { input }, { database, now, request }) => {
      const { correlationId, address } = request;
      const facts = { now, correlationId };
      const displayName = input.displayName ?? null;
      const result = await acceptInvitation(database, facts, { ...input, displayName, address });
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      return result.value;
    },
  }),
);
