// Passkeys: signing in and proving who is there with one, one's own, and whether a member has any for those who manage members.
import type { Passkey } from '@habitat/platform';
import {
  addPasskey,
  findMembersWithPasskey,
  listPasskeys,
  passkeyProof,
  passkeySetup,
  proveWithPasskey,
  removePasskey,
  renamePasskey,
  requestOptions,
  signInWithPasskey,
} from '@habitat/platform';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import { requestLoader } from '../../loader.ts';
import { defineMutation, hasRecentProof } from '../../mutation.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { refusalError } from '../../refusal.ts';
import { givenCredential, noMoney } from '../public-input.ts';
import { ViewerRef } from '../viewer.ts';
import { SessionPayload } from './session.ts';

const PasskeyRef = builder.objectRef<Passkey>('Passkey').implement({
  description: 'A key pair of a device of yours that signs you in.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id, for renamePasskey and removePasskey.',
      resolve: ({ passkeyId }) => ({ type: 'Passkey', id: passkeyId }),
    }),
    name: t.exposeString('name', { description: 'How you tell it from others.' }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was added.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it signed you in last; null while it never did.',
    }),
  }),
});

builder.objectFields(ViewerRef, (t) => ({
  passkeys: t.field({
    type: [PasskeyRef],
    description: 'The passkeys of your account, the oldest first.',
    resolve: ({ actor }, _args, context) => listPasskeys(context.database, actor.loginId),
  }),
  passkeyProof: t.string({
    nullable: true,
    description:
      'What navigator.credentials.get is asked for to prove once more who you are, as JSON, good for five minutes; null without a passkey.',
    resolve: ({ actor }, _args, { database, identity, now }) =>
      passkeyProof(database, identity.links, actor.loginId, now),
  }),
  passkeySetup: t.string({
    nullable: true,
    description:
      'What navigator.credentials.create is asked for to make another, as JSON, good for five minutes; shown only within ten minutes of a proof of who you are.',
    resolve: ({ actor, email, displayName }, _args, context) => {
      if (!hasRecentProof(context)) return null;
      const person = { loginId: actor.loginId, email, displayName };
      return passkeySetup(context.database, context.identity.links, person, context.now);
    },
  }),
}));

const withPasskey = requestLoader<string, boolean>(async (memberIds, context) => {
  const found = await findMembersWithPasskey(context.database, context.cooperativeId(), memberIds);
  return memberIds.map((id) => found.includes(id));
});

builder.objectField(MemberRef, 'hasPasskey', (t) =>
  t.boolean({
    nullable: true,
    description: 'True when a passkey signs them in, for those who manage members.',
    authScopes: { act: 'member.manage' },
    resolve: ({ memberId }, _args, context) => withPasskey(context).load(memberId),
  }),
);

builder.queryField('passkeyRequest', (t) =>
  t.string({
    description:
      'What navigator.credentials.get is asked for to sign in, as JSON, good for five minutes; alike for everybody.',
    authScopes: { public: true },
    resolve: (_root, _args, context) => requestOptions(context.identity.links, context.now),
  }),
);

const SignInWithPasskeyInput = builder.inputType('SignInWithPasskeyInput', {
  description: 'What signInWithPasskey needs.',
  fields: (t) => ({
    credential: t.string({
      required: true,
      description: 'What navigator.credentials.get answered, as JSON.',
      validate: givenCredential,
    }),
    cooperativeSlug: t.string({
      description: 'Which cooperative, for people who belong to several.',
      validate: z.string().max(60),
    }),
  }),
});

builder.mutationField('signInWithPasskey', (t) =>
  t.field({
    type: SessionPayload,
    description:
      'Signs a person in with a passkey, which stands for password and second factor. Refused with CHOOSE_COOPERATIVE, the same answer is good once more.',
    authScopes: { public: true },
    args: {
      input: t.arg({ type: SignInWithPasskeyInput, required: true, description: 'What the device signed.' }),
    },
    resolve: async (_root, { input }, { database, identity, now, request }) => {
      const { address, userAgent, correlationId } = request;
      const cooperativeSlug = input.cooperativeSlug ?? null;
      const given = { credential: input.credential, cooperativeSlug, address, userAgent, correlationId };
      const result = await signInWithPasskey(database, identity.tokens, identity.links, now, given);
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      return result.value;
    },
  }),
);

defineMutation('addPasskey', {
  description: 'Adds the passkey a device of yours made; from then on it signs you in.',
  allow: 'signedIn',
  sensitive: true,
  input: (t) => ({
    credential: t.string({
      required: true,
      description: 'What navigator.credentials.create answered, as JSON.',
      validate: givenCredential,
    }),
    name: t.string({
      required: true,
      description: 'How you tell it from others, 60 characters at most.',
      validate: z.string().max(1_000),
    }),
  }),
  run: (input, context, command) => addPasskey(context.database, context.identity.links, command, input),
  payload: (t) => ({
    passkeys: t.field({
      type: [PasskeyRef],
      description: 'Your passkeys now, the oldest first.',
      resolve: ({ loginId }, _args, context) => listPasskeys(context.database, loginId),
    }),
  }),
});

defineMutation('renamePasskey', {
  description: 'Gives one of your passkeys another name.',
  allow: 'signedIn',
  input: (t) => ({
    passkeyId: t.globalID({ required: true, description: 'The passkey.' }),
    name: t.string({
      required: true,
      description: 'How you tell it from others, 60 characters at most.',
      validate: z.string().max(1_000),
    }),
  }),
  run: ({ passkeyId, name }, context, command) =>
    renamePasskey(context.database, command, { passkeyId: passkeyId.id, name }),
  payload: (t) => ({
    passkeys: t.field({
      type: [PasskeyRef],
      description: 'Your passkeys now, the oldest first.',
      resolve: ({ loginId }, _args, context) => listPasskeys(context.database, loginId),
    }),
  }),
});

defineMutation('reauthenticateWithPasskey', {
  description:
    'Proves once more who you are by a passkey instead of password and code: for ten minutes acts that ask for it (REAUTHENTICATION_REQUIRED) are open.',
  allow: 'signedIn',
  input: (t) => ({
    credential: t.string({
      required: true,
      description: 'What navigator.credentials.get answered to passkeyProof, as JSON.',
      validate: givenCredential,
    }),
  }),
  run: async ({ credential }, context, command) => {
    const { sessionId } = context.signedIn();
    const given = { credential, sessionId, address: context.request.address };
    const proven = await proveWithPasskey(context.database, context.identity.links, command, given);
    if (proven.ok) context.forget(sessionId);
    return proven;
  },
  payload: (t) => ({
    proven: t.boolean({ description: 'True: it was you.', resolve: () => true }),
  }),
});

defineMutation('removePasskey', {
  description: 'Removes one of your passkeys; it opens nothing any more.',
  allow: 'signedIn',
  sensitive: true,
  input: (t) => ({ passkeyId: t.globalID({ required: true, description: 'The passkey.' }) }),
  run: ({ passkeyId }, context, command) =>
    removePasskey(context.database, command, { passkeyId: passkeyId.id }),
  payload: (t) => ({
    passkeys: t.field({
      type: [PasskeyRef],
      description: 'Your passkeys now, the oldest first.',
      resolve: ({ loginId }, _args, context) => listPasskeys(context.database, loginId),
    }),
  }),
});
