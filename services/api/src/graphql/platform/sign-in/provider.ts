// Another's sign-in: the request that sends a browser there, what it comes back with, and the identities of one's account.
import type { LinkedIdentity, Provider, ProviderRequest } from '@habitat/platform';
import {
  chooseCooperative,
  linkIdentity,
  listIdentities,
  requestIdentityLink,
  signInWithProvider,
  unlinkIdentity,
} from '@habitat/platform';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { notFound } from '../../error.ts';
import { defineMutation } from '../../mutation.ts';
import { refusalError } from '../../refusal.ts';
import { noMoney } from '../public-input.ts';
import { ViewerRef } from '../viewer.ts';
import { SessionPayload } from './session.ts';

function providerOf({ identity }: ApiContext): Provider {
  if (identity.provider === null) throw notFound('provider');
  return identity.provider;
}

const query = z.string().min(1).max(4_000);
const state = z.string().min(1).max(200);

builder.queryField('provider', (t) =>
  t.string({
    nullable: true,
    description: 'The name of the provider people may sign in with; null where there is none.',
    authScopes: { public: true },
    resolve: (_root, _args, { identity }) => identity.provider?.label ?? null,
  }),
);

const ProviderRequestRef = builder.objectRef<ProviderRequest>('ProviderRequest').implement({
  description: 'A request to the provider, good for five minutes and one answer.',
  authScopes: { public: true },
  fields: (t) => ({
    url: t.exposeString('url', { description: 'Where to send the browser.' }),
    state: t.exposeString('state', {
      description: 'Kept by the browser where no script can read it, and given back with the answer.',
    }),
  }),
});

builder.queryField('providerRequest', (t) =>
  t.field({
    type: ProviderRequestRef,
    description: 'What it takes to send a browser to the provider to sign in.',
    authScopes: { public: true },
    resolve: async (_root, _args, context) => {
      const request = await providerOf(context).request('provider', context.now);
      if (!request.ok) throw refusalError(request.refusal, noMoney);
      return request.value;
    },
  }),
);

const SignInWithProviderInput = builder.inputType('SignInWithProviderInput', {
  description: 'What signInWithProvider needs.',
  fields: (t) => ({
    query: t.string({
      required: true,
      description: 'The query of the address the browser came back to.',
      validate: query,
    }),
    state: t.string({ required: true, description: 'From providerRequest.', validate: state }),
  }),
});

builder.mutationField('signInWithProvider', (t) =>
  t.field({
    type: SessionPayload,
    description:
      'Signs in whom the provider names, if an account here is linked to them (else IDENTITY_UNKNOWN: no email makes a link). Refused with CHOOSE_COOPERATIVE and a proof for chooseCooperative where the account belongs to several, and with SECOND_FACTOR_REQUIRED and a challenge for completeSignIn where it has a second factor.',
    authScopes: { public: true },
    args: {
      input: t.arg({ type: SignInWithProviderInput, required: true, description: 'What came back.' }),
    },
    resolve: async (_root, { input }, context) => {
      const { database, identity, now, request } = context;
      const { address, userAgent, correlationId } = request;
      const given = { ...input, address, userAgent, correlationId };
      const { tokens, secrets } = identity;
      const result = await signInWithProvider(database, tokens, providerOf(context), secrets, now, given);
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      return result.value;
    },
  }),
);

const ChooseCooperativeInput = builder.inputType('ChooseCooperativeInput', {
  description: 'What chooseCooperative needs.',
  fields: (t) => ({
    proof: t.string({
      required: true,
      description: 'From the refusal of signInWithProvider: good for five minutes, and once.',
      validate: state,
    }),
    cooperativeSlug: t.string({
      description:
        'Which one: of those the refusal names. Without it the refusal comes again, with the list.',
      validate: z.string().max(60),
    }),
  }),
});

builder.mutationField('chooseCooperative', (t) =>
  t.field({
    type: SessionPayload,
    description:
      'Signs in whom the provider named to one of their cooperatives. Refused with SECOND_FACTOR_REQUIRED and a challenge for completeSignIn where the account has a second factor.',
    authScopes: { public: true },
    args: {
      input: t.arg({
        type: ChooseCooperativeInput,
        required: true,
        description: 'The proof and the choice.',
      }),
    },
    resolve: async (_root, { input }, { database, identity, now, request }) => {
      const { address, userAgent, correlationId } = request;
      const { proof, cooperativeSlug = null } = input;
      const given = { proof, cooperativeSlug, address, userAgent, correlationId };
      const result = await chooseCooperative(database, identity.tokens, identity.secrets, now, given);
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      return result.value;
    },
  }),
);

const LinkedIdentityRef = builder.objectRef<LinkedIdentity>('LinkedIdentity').implement({
  description: 'Somebody of the provider who is you.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id, for unlinkIdentity.',
      resolve: ({ identityId }) => ({ type: 'LinkedIdentity', id: identityId }),
    }),
    shownAs: t.exposeString('shownAs', { description: 'What the provider called you when it was linked.' }),
    linkedAt: t.expose('linkedAt', { type: 'DateTime', description: 'When it was linked.' }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it signed you in last; null while it never did.',
    }),
  }),
});

builder.objectField(ViewerRef, 'identities', (t) =>
  t.field({
    type: [LinkedIdentityRef],
    description: 'Who of the provider signs in to your account, the oldest first.',
    resolve: ({ actor }, _args, context) => listIdentities(context.database, actor.loginId),
  }),
);

defineMutation('requestIdentityLink', {
  description: 'Begins linking somebody of the provider to your account.',
  allow: 'signedIn',
  sensitive: true,
  input: () => ({}),
  run: (_input, context, command) => requestIdentityLink(providerOf(context), command),
  payload: (t) => ({
    request: t.field({
      type: ProviderRequestRef,
      description: 'What it takes to send the browser there.',
      resolve: (request) => request,
    }),
  }),
});

defineMutation('linkIdentity', {
  description: 'Links whom the provider names to your account; from then on they sign in to it.',
  allow: 'signedIn',
  sensitive: true,
  input: (t) => ({
    query: t.string({
      required: true,
      description: 'The query of the address the browser came back to.',
      validate: query,
    }),
    state: t.string({ required: true, description: 'From requestIdentityLink.', validate: state }),
  }),
  run: (input, context, command) => linkIdentity(context.database, providerOf(context), command, input),
  payload: (t) => ({
    identities: t.field({
      type: [LinkedIdentityRef],
      description: 'Yours now, the oldest first.',
      resolve: ({ loginId }, _args, context) => listIdentities(context.database, loginId),
    }),
  }),
});

defineMutation('unlinkIdentity', {
  description: 'Takes somebody of the provider away from your account; they open nothing any more.',
  allow: 'signedIn',
  sensitive: true,
  input: (t) => ({ identityId: t.globalID({ required: true, description: 'The identity.' }) }),
  run: ({ identityId }, context, command) =>
    unlinkIdentity(context.database, command, { identityId: identityId.id }),
  payload: (t) => ({
    identities: t.field({
      type: [LinkedIdentityRef],
      description: 'Yours now, the oldest first.',
      resolve: ({ loginId }, _args, context) => listIdentities(context.database, loginId),
    }),
  }),
});
