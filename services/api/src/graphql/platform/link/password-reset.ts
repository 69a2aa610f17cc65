// A forgotten password: asking for a link, handing one over where no mail is sent, and setting the new password.
import { handedLink, makeResetLink, requestPasswordReset, resetPassword } from '@habitat/platform';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { refusalError } from '../../refusal.ts';
import { linkToken, noMoney, secret } from '../public-input.ts';

builder.queryField('mailIsSent', (t) =>
  t.boolean({
    description: 'True where a mail server is set; else an administrator hands links over.',
    authScopes: { public: true },
    resolve: (_root, _args, { identity }) => identity.links.isMailed,
  }),
);

defineMutation('makeResetLink', {
  description:
    'Makes a link to a new password for a member, to be handed over where no mail is sent. Asks for a recent proof of who you are (REAUTHENTICATION_REQUIRED).',
  allow: 'member.manage',
  sensitive: true,
  input: (t) => ({ memberId: t.globalID({ required: true, description: 'The member.' }) }),
  run: ({ memberId }, context, command) =>
    makeResetLink(context.database, context.identity.links, command, {
      memberId: memberId.id,
      language: context.words.language,
    }),
  payload: (t) => ({
    member: t.field({
      type: MemberRef,
      description: 'The member it is for.',
      resolve: ({ memberId }) => memberId,
    }),
    link: t.string({
      nullable: true,
      description: 'The link to hand over; null once it was used or replaced.',
      resolve: ({ linkId }, _args, context) =>
        handedLink(context.database, context.identity.links, context.cooperativeId(), linkId),
    }),
  }),
});

const RequestPasswordResetInput = builder.inputType('RequestPasswordResetInput', {
  description: 'What requestPasswordReset needs.',
  fields: (t) => ({
    email: t.string({
      required: true,
      description: 'Email of the account.',
      validate: z.string().min(1, 'the email is missing').max(254),
    }),
  }),
});

const RequestPasswordResetPayload = builder
  .objectRef<{ readonly asked: true }>('RequestPasswordResetPayload')
  .implement({
    description: 'What requestPasswordReset answers.',
    authScopes: { public: true },
    fields: (t) => ({
      asked: t.exposeBoolean('asked', {
        description: 'True: if the address has an account, a link is on its way there.',
      }),
    }),
  });

builder.mutationField('requestPasswordReset', (t) =>
  t.field({
    type: RequestPasswordResetPayload,
    description:
      'Mails a link to a new password, if the address has an account; the answer is the same if not.',
    authScopes: { public: true },
    args: { input: t.arg({ type: RequestPasswordResetInput, required: true, description: 'Whose.' }) },
    resolve: async (_root, { input }, { database, identity, now, request, words, afterwards }) => {
      const { correlationId, address } = request;
      const wanted = { email: input.email, language: words.language, address };
      const result = await requestPasswordReset(database, identity.links, { now, correlationId }, wanted);
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      afterwards(result.value.send);
      return { asked: true as const };
    },
  }),
);

const ResetPasswordInput = builder.inputType('ResetPasswordInput', {
  description: 'What resetPassword needs.',
  fields: (t) => ({
    token: t.string({ required: true, description: 'The end of the link.', validate: linkToken }),
    password: t.string({ required: true, description: 'The password from now on.', validate: secret }),
  }),
});

const ResetPasswordPayload = builder
  .objectRef<{ readonly endedSessionIds: readonly string[] }>('ResetPasswordPayload')
  .implement({
    description: 'What resetPassword answers.',
    authScopes: { public: true },
    fields: (t) => ({
      ended: t.int({
        description: 'How many sessions ended.',
        resolve: ({ endedSessionIds }) => endedSessionIds.length,
      }),
    }),
  });

builder.mutationField('resetPassword', (t) =>
  t.field({
    type: ResetPasswordPayload,
    description: 'Sets a new password by a link, once, and ends every session of the account.',
    authScopes: { public: true },
    args: {
      input: t.arg({ type: ResetPasswordInput, required: true, description: 'The link and the password.' }),
    },
    resolve: async (_root, { input }, { database, now, request, forget }) => {
      const { correlationId, address } = request;
      const result = await resetPassword(database, { now, correlationId }, { ...input, address });
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      for (const sessionId of result.value.endedSessionIds) forget(sessionId);
      return result.value;
    },
  }),
);
