// Another email for one's account: asking for it, using the link to the new address, and the way back from the old one.
import type { EmailWasUndone, PendingEmail } from '@habitat/platform';
import { confirmEmailChange, findPendingEmail, requestEmailChange, undoEmailChange } from '@habitat/platform';
import { stopWebhooksSetUpSince } from '@habitat/webhooks';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { refusalError } from '../../refusal.ts';
import { linkToken, noMoney, secret } from '../public-input.ts';
import { ViewerRef } from '../viewer.ts';

const PendingEmailRef = builder.objectRef<PendingEmail>('PendingEmail').implement({
  description: 'An address that was asked for and waits for the link sent there to be used.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    email: t.exposeString('email', { description: 'The new address.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When the link stops working.' }),
  }),
});

builder.objectField(ViewerRef, 'pendingEmail', (t) =>
  t.field({
    type: PendingEmailRef,
    nullable: true,
    description: 'The address your account is to have; null where none was asked for in this cooperative.',
    resolve: ({ actor: { cooperativeId, memberId } }, _args, { database, now }) =>
      memberId === null ? null : findPendingEmail(database, { cooperativeId, memberId }, now),
  }),
);

defineMutation('requestEmailChange', {
  description:
    'Asks for another email for your account. A link goes to the new address, and one that stops or undoes it to the old; the answer is the same whoever has the new one.',
  allow: 'signedIn',
  sensitive: true,
  input: (t) => ({
    email: t.string({ required: true, description: 'The new address.', validate: z.string().max(1_000) }),
  }),
  run: ({ email }, context, command) =>
    requestEmailChange(context.database, context.identity.links, command, {
      email,
      language: context.words.language,
    }),
  payload: (t) => ({
    pendingEmail: t.field({
      type: PendingEmailRef,
      nullable: true,
      description: 'What waits for its link now.',
      resolve: ({ memberId }, _args, context) =>
        findPendingEmail(context.database, { cooperativeId: context.cooperativeId(), memberId }, context.now),
    }),
  }),
});

defineMutation('confirmEmailChange', {
  description:
    'Gives your account the address a link was sent to, once, and ends your other sessions in every cooperative. LINK_NOT_YOURS while signed in to another account than the one that asked.',
  allow: 'signedIn',
  input: (t) => ({
    token: t.string({ required: true, description: 'The end of the link.', validate: linkToken }),
  }),
  run: async ({ token }, context, command) => {
    const { sessionId } = context.signedIn();
    const { address } = context.request;
    const changed = await confirmEmailChange(context.database, command, { token, address, sessionId });
    if (changed.ok) for (const id of [sessionId, ...changed.value.endedSessionIds]) context.forget(id);
    return changed;
  },
  payload: (t) => ({
    ended: t.int({
      description: 'How many other sessions ended.',
      resolve: ({ endedSessionIds }) => endedSessionIds.length,
    }),
  }),
});

const UndoEmailChangeInput = builder.inputType('UndoEmailChangeInput', {
  description: 'What undoEmailChange needs.',
  fields: (t) => ({
    token: t.string({ required: true, description: 'The end of the link.', validate: linkToken }),
    password: t.string({ required: true, description: 'The password from now on.', validate: secret }),
  }),
});

const UndoEmailChangePayload = builder
  .objectRef<Pick<EmailWasUndone, 'endedSessionIds' | 'revokedKeyIds' | 'stoppedWebhookIds'>>(
    'UndoEmailChangePayload',
  )
  .implement({
    description: 'What undoEmailChange answers.',
    authScopes: { public: true },
    fields: (t) => ({
      ended: t.int({
        description: 'How many sessions ended.',
        resolve: ({ endedSessionIds }) => endedSessionIds.length,
      }),
      revokedKeys: t.int({
        description: 'How many keys for programs were taken back.',
        resolve: ({ revokedKeyIds }) => revokedKeyIds.length,
      }),
      stoppedWebhooks: t.int({
        description: 'How many webhooks were stopped.',
        resolve: ({ stoppedWebhookIds }) => stoppedWebhookIds.length,
      }),
    }),
  });

builder.mutationField('undoEmailChange', (t) =>
  t.field({
    type: UndoEmailChangePayload,
    description:
      'Keeps the address a change was asked from, or brings it back: sets a new password, ends every session, takes passkeys, a second factor and keys for programs away that were added since, and stops webhooks set up since.',
    authScopes: { public: true },
    args: {
      input: t.arg({ type: UndoEmailChangeInput, required: true, description: 'The link and a password.' }),
    },
    resolve: async (_root, { input }, { database, now, request, forget }) => {
      const { correlationId, address } = request;
      const given = { ...input, address };
      const result = await undoEmailChange(database, { now, correlationId }, given, stopWebhooksSetUpSince);
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      for (const id of [...result.value.endedSessionIds, ...result.value.revokedKeyIds]) forget(id);
      return result.value;
    },
  }),
);
