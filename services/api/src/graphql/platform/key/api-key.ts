// Keys of programs: made, changed and taken back by the people who answer for them.
import { may } from '@habitat/kernel';
import type { ApiKey } from '@habitat/platform';
import {
  apiKeyStatus,
  createApiKey,
  KEY_DAYS,
  KEY_REQUESTS,
  listApiKeys,
  OVERLAP_HOURS,
  revokeApiKey,
  rotateApiKey,
} from '@habitat/platform';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';
import { defineMutation } from '../../mutation.ts';
import { MemberRef } from '../../people/member.ref.ts';

const Status = builder.enumType('ApiKeyStatus', {
  description: 'Whether a key opens anything.',
  values: {
    IN_FORCE: { value: 'in_force', description: 'It does.' },
    EXPIRED: { value: 'expired', description: 'Its days are over.' },
    REVOKED: { value: 'revoked', description: 'It was taken back.' },
  } as const,
});

const ApiKeyRef = builder.objectRef<ApiKey>('ApiKey').implement({
  description: 'A key with which a program acts for its supervisor; its secret is shown once and never here.',
  authScopes: { anyAct: ['api_key.create', 'api_key.manage'] },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id; the audit trail names it as the session of what the key did.',
      resolve: ({ keyId }) => ({ type: 'ApiKey', id: keyId }),
    }),
    name: t.exposeString('name', { description: 'What it is for.' }),
    scopes: t.stringList({ description: 'Acts it was given.', resolve: ({ scopes }) => [...scopes] }),
    status: t.field({
      type: Status,
      description: 'Whether it opens anything.',
      resolve: (key, _args, { now }) => apiKeyStatus(key, now),
    }),
    supervisor: t.field({
      type: MemberRef,
      description: 'Who answers for it: the agent acts in their name and with their roles.',
      resolve: ({ supervisorMemberId }) => supervisorMemberId,
    }),
    yours: t.boolean({
      description: 'True when you are its supervisor.',
      resolve: (key, _args, context) => key.supervisorLoginId === context.signedIn().actor.loginId,
    }),
    hourlyLimit: t.exposeInt('hourlyLimit', { description: 'Requests it may send in an hour.' }),
    ceiling: t.field({
      type: 'Money',
      description: 'What it may move alone; more waits for its supervisor.',
      resolve: ({ ceilingMinor }, _args, context) => context.money(ceilingMinor),
    }),
    createdAt: t.expose('createdAt', { type: 'DateTime', description: 'When it was made.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'When it stops opening anything.' }),
    rotatedAt: t.expose('rotatedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it last got another secret.',
    }),
    previousUntil: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'Until when the secret before is believed; null when it is not.',
      resolve: ({ previousUntil }, _args, { now }) =>
        previousUntil !== null && previousUntil > now ? previousUntil : null,
    }),
    lastUsedAt: t.expose('lastUsedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was last used, to the minute.',
    }),
  }),
});

async function visibleKeys(context: ApiContext): Promise<ApiKey[]> {
  const { actor } = context.signedIn();
  const { cooperativeId, loginId } = actor;
  const seesAll = may(actor, 'api_key.manage');
  return listApiKeys(context.database, { cooperativeId, supervisorLoginId: seesAll ? null : loginId });
}

builder.queryField('apiKeys', (t) =>
  t.field({
    type: [ApiKeyRef],
    description: 'Keys you answer for, newest first; administrators see everybody’s.',
    authScopes: { anyAct: ['api_key.create', 'api_key.manage'] },
    resolve: (_root, _args, context) => visibleKeys(context),
  }),
);

const keyOf = requestLoader<string, ApiKey | null>(async (keyIds, context) => {
  const keys = await visibleKeys(context);
  return keyIds.map((id) => keys.find(({ keyId }) => keyId === id) ?? null);
});

const issuedFields = {
  key: { type: ApiKeyRef, nullable: true, description: 'The key as it is listed.' },
  secret: {
    nullable: true,
    description: 'The key itself, shown this once; null when the same request was answered before.',
  },
} as const;

defineMutation('createApiKey', {
  description: 'Makes a key in your own name: it carries a part of what you may do, and you answer for it.',
  allow: 'api_key.create',
  sensitive: true,
  input: (t) => ({
    name: t.string({ required: true, description: 'What it is for, in up to 80 characters.' }),
    scopes: t.stringList({ required: true, description: 'Acts it may do, such as "journal.view".' }),
    ceiling: t.field({
      type: 'Money',
      required: true,
      description: 'What it may move alone; with 0.00 everything of value waits for you.',
    }),
    days: t.int({ description: `Days it lasts, ${KEY_DAYS.usual} when left out, ${KEY_DAYS.most} at most.` }),
    hourlyLimit: t.int({
      description: `Requests in an hour, ${KEY_REQUESTS.usual} when left out, ${KEY_REQUESTS.most} at most.`,
    }),
  }),
  run: ({ name, scopes, ceiling, days, hourlyLimit }, context, command) =>
    createApiKey(context.database, command, {
      name,
      scopes,
      ceilingMinor: context.minor(ceiling, ['input', 'ceiling']),
      days: days ?? KEY_DAYS.usual,
      hourlyLimit: hourlyLimit ?? KEY_REQUESTS.usual,
    }),
  payload: (t) => ({
    key: t.field({
      ...issuedFields.key,
      resolve: ({ keyId }, _args, context) => keyOf(context).load(keyId),
    }),
    secret: t.string({ ...issuedFields.secret, resolve: ({ secret }) => secret }),
  }),
});

defineMutation('rotateApiKey', {
  description: 'Gives a key of yours another secret; the one before is believed for some hours more.',
  allow: 'api_key.create',
  sensitive: true,
  input: (t) => ({
    apiKeyId: t.globalID({ required: true, description: 'The key.' }),
    overlapHours: t.int({
      description: `Hours the secret before is believed, ${OVERLAP_HOURS.usual} when left out, ${OVERLAP_HOURS.most} at most.`,
    }),
  }),
  run: async ({ apiKeyId, overlapHours }, context, command) => {
    const rotated = await rotateApiKey(context.database, command, {
      keyId: apiKeyId.id,
      overlapHours: overlapHours ?? OVERLAP_HOURS.usual,
    });
    if (rotated.ok) context.forget(rotated.value.keyId);
    return rotated;
  },
  payload: (t) => ({
    key: t.field({
      ...issuedFields.key,
      resolve: ({ keyId }, _args, context) => keyOf(context).load(keyId),
    }),
    secret: t.string({ ...issuedFields.secret, resolve: ({ secret }) => secret }),
  }),
});

defineMutation('revokeApiKey', {
  description: 'Takes a key back, at once: its supervisor’s act, or an administrator’s.',
  allow: ['api_key.create', 'api_key.manage'],
  input: (t) => ({ apiKeyId: t.globalID({ required: true, description: 'The key.' }) }),
  run: async ({ apiKeyId }, context, command) => {
    const revoked = await revokeApiKey(context.database, command, { keyId: apiKeyId.id });
    if (revoked.ok) context.forget(revoked.value.keyId);
    return revoked;
  },
  payload: (t) => ({
    key: t.field({
      ...issuedFields.key,
      resolve: ({ keyId }, _args, context) => keyOf(context).load(keyId),
    }),
  }),
});
