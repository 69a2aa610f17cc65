// Signing in, staying signed in, going over to another cooperative and signing out.
import { completeSignIn, refreshSession, signIn, signOut, switchCooperative } from '@habitat/platform';
import type { SessionTokens } from '@habitat/platform';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import { refusalError } from '../../refusal.ts';
import { givenCode, noMoney } from '../public-input.ts';

export const SessionPayload = builder.objectRef<SessionTokens>('SessionPayload').implement({
  description: 'A session: keep both tokens where no script can read them.',
  authScopes: { public: true },
  fields: (t) => ({
    accessToken: t.exposeString('accessToken', {
      description: 'Sent as "Authorization: Bearer …" with each request.',
    }),
    expiresAt: t.field({
      type: 'DateTime',
      description: 'When the access token runs out.',
      resolve: (session) => session.accessExpiresAt,
    }),
    refreshToken: t.exposeString('refreshToken', { description: 'Exchanged once for a new pair of tokens.' }),
    refreshExpiresAt: t.field({
      type: 'DateTime',
      description: 'When the refresh token runs out.',
      resolve: (session) => session.refreshExpiresAt,
    }),
  }),
});

const SignOutPayload = builder.objectRef<{ signedOut: boolean }>('SignOutPayload').implement({
  description: 'What signOut answers.',
  authScopes: { public: true },
  fields: (t) => ({
    signedOut: t.exposeBoolean('signedOut', {
      description: 'True: whatever session the token named is over.',
    }),
  }),
});

const token = z.string().min(1).max(200);

const SignInInput = builder.inputType('SignInInput', {
  description: 'What signIn needs.',
  // On the whole input rather than field by field: then every fault is told at once.
  validate: z.object({
    email: z.string().min(1, 'the email is missing').max(254),
    password: z.string().min(1, 'the password is missing').max(200),
    cooperativeSlug: z.string().max(60).nullish(),
  }),
  fields: (t) => ({
    email: t.string({
      required: true,
      description: 'Email of the account.',
    }),
    password: t.string({
      required: true,
      description: 'Its password.',
    }),
    cooperativeSlug: t.string({ description: 'Which cooperative, for people who belong to several.' }),
  }),
});

const RefreshSessionInput = builder.inputType('RefreshSessionInput', {
  description: 'What refreshSession needs.',
  fields: (t) => ({
    refreshToken: t.string({
      required: true,
      description: 'The last refresh token received.',
      validate: token,
    }),
  }),
});

const SignOutInput = builder.inputType('SignOutInput', {
  description: 'What signOut needs.',
  fields: (t) => ({
    refreshToken: t.string({
      required: true,
      description: 'The last refresh token received.',
      validate: token,
    }),
  }),
});

builder.mutationField('signIn', (t) =>
  t.field({
    type: SessionPayload,
    description:
      'Signs a person in to a cooperative. Too many failures make it wait (RATE_LIMITED). Where the account has a second factor it is refused with SECOND_FACTOR_REQUIRED and a challenge for completeSignIn.',
    authScopes: { public: true },
    args: {
      input: t.arg({ type: SignInInput, required: true, description: 'Who, and with what password.' }),
    },
    resolve: async (_root, { input }, { database, identity, now, request }) => {
      const result = await signIn(database, identity.tokens, now, {
        ...input,
        cooperativeSlug: input.cooperativeSlug ?? null,
        address: request.address,
        userAgent: request.userAgent,
        correlationId: request.correlationId,
      });
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      return result.value;
    },
  }),
);

const CompleteSignInInput = builder.inputType('CompleteSignInInput', {
  description: 'What completeSignIn needs.',
  fields: (t) => ({
    challenge: t.string({
      required: true,
      description: 'From the refusal of signIn: good for five minutes and a few tries.',
      validate: token,
    }),
    code: t.string({
      required: true,
      description: 'The six digits an authenticator shows now, or a recovery code.',
      validate: givenCode,
    }),
  }),
});

builder.mutationField('completeSignIn', (t) =>
  t.field({
    type: SessionPayload,
    description: 'The second step of signing in, for accounts with a second factor.',
    authScopes: { public: true },
    args: {
      input: t.arg({ type: CompleteSignInInput, required: true, description: 'The challenge and a code.' }),
    },
    resolve: async (_root, { input }, { database, identity, now, request }) => {
      const { address, userAgent, correlationId } = request;
      const given = { ...input, address, userAgent, correlationId };
      const result = await completeSignIn(database, identity.tokens, identity.secrets, now, given);
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      return result.value;
    },
  }),
);

builder.mutationField('refreshSession', (t) =>
  t.field({
    type: SessionPayload,
    description:
      'Exchanges a refresh token. One that was exchanged before ends the session for everybody who holds it.',
    authScopes: { public: true },
    args: {
      input: t.arg({ type: RefreshSessionInput, required: true, description: 'The token to exchange.' }),
    },
    resolve: async (_root, { input }, { database, identity, now, request }) => {
      const { correlationId } = request;
      const result = await refreshSession(database, identity.tokens, now, input.refreshToken, correlationId);
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      return result.value;
    },
  }),
);

const SwitchCooperativeInput = builder.inputType('SwitchCooperativeInput', {
  description: 'What switchCooperative needs.',
  fields: (t) => ({
    cooperativeSlug: t.string({
      required: true,
      description: 'Where to: one of your memberships.',
      validate: z.string().max(60),
    }),
  }),
});

builder.mutationField('switchCooperative', (t) =>
  t.field({
    type: SessionPayload,
    description:
      'Goes over to another cooperative you belong to: a session there with tokens of its own begins, and this one ends. When you last proved who you are goes along.',
    authScopes: { signedIn: true },
    args: {
      input: t.arg({ type: SwitchCooperativeInput, required: true, description: 'Which cooperative.' }),
    },
    resolve: async (_root, { input }, { database, identity, now, request, signedIn, forget }) => {
      const { actor, sessionId } = signedIn();
      const { loginId, cooperativeId } = actor;
      const { correlationId } = request;
      const { cooperativeSlug } = input;
      const given = { loginId, cooperativeId, sessionId, cooperativeSlug, correlationId };
      const result = await switchCooperative(database, identity.tokens, now, given);
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      forget(sessionId);
      return result.value;
    },
  }),
);

builder.mutationField('signOut', (t) =>
  t.field({
    type: SignOutPayload,
    description: 'Ends a session. Doing it twice changes nothing.',
    authScopes: { public: true },
    args: { input: t.arg({ type: SignOutInput, required: true, description: 'A token of the session.' }) },
    resolve: async (_root, { input }, { database, now, forget, request }) => {
      const sessionId = await signOut(database, now, input.refreshToken, request.correlationId);
      if (sessionId !== null) forget(sessionId);
      return { signedOut: true };
    },
  }),
);
