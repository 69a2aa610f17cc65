// Second factors: one's own, a member's for those who manage members, and the cooperative's rule about them.
import type { OwnSecondFactor, StoredPolicy } from '@habitat/platform';
import {
  beginSecondFactor,
  confirmSecondFactor,
  findMembersWithSecondFactor,
  findOwnSecondFactor,
  findSecondFactorPolicy,
  renewRecoveryCodes,
  resetSecondFactor,
  setSecondFactorPolicy,
  setupAddress,
  turnOffSecondFactor,
} from '@habitat/platform';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';
import { defineMutation, hasRecentProof } from '../../mutation.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { givenCode } from '../public-input.ts';
import { ViewerRef } from '../viewer.ts';

const SetupRef = builder.objectRef<{ readonly secret: string }>('SecondFactorSetup').implement({
  description: 'A secret that waits for its first code.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    secret: t.exposeString('secret', { description: 'In base32, to be typed into an authenticator.' }),
    address: t.string({
      description: 'The same as an otpauth address, to be drawn as a code for a camera.',
      resolve: ({ secret }, _args, context) => setupAddress(secret, context.signedIn().email),
    }),
  }),
});

const SecondFactorRef = builder.objectRef<OwnSecondFactor>('SecondFactor').implement({
  description: 'The second factor of one’s own account.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    since: t.expose('since', {
      type: 'DateTime',
      nullable: true,
      description: 'Since when it is asked for at sign-in; null while there is none.',
    }),
    recoveryCodesLeft: t.exposeInt('recoveryCodesLeft', { description: 'Recovery codes not used yet.' }),
    setup: t.field({
      type: SetupRef,
      nullable: true,
      description: 'What is being set up; shown only within ten minutes of a proof of who you are.',
      resolve: ({ waitingSecret }, _args, context) =>
        waitingSecret === null || !hasRecentProof(context) ? null : { secret: waitingSecret },
    }),
    withheldRoles: t.stringList({
      description: 'Roles you hold that give nothing until you have a second factor.',
      resolve: (_factor, _args, context) => [...context.signedIn().secondFactor.withheld],
    }),
  }),
});

const findOwn = (context: ApiContext) => {
  const { actor } = context.signedIn();
  return findOwnSecondFactor(context.database, context.identity.secrets, actor.loginId, context.now);
};

builder.objectField(ViewerRef, 'secondFactor', (t) =>
  t.field({
    type: SecondFactorRef,
    description: 'The second factor of your account.',
    resolve: (_viewer, _args, context) => findOwn(context),
  }),
);

const withFactor = requestLoader<string, boolean>(async (memberIds, context) => {
  const found = await findMembersWithSecondFactor(context.database, context.cooperativeId(), memberIds);
  return memberIds.map((id) => found.includes(id));
});

builder.objectField(MemberRef, 'hasSecondFactor', (t) =>
  t.boolean({
    nullable: true,
    description: 'True when they sign in with a second factor, for those who manage members.',
    authScopes: { act: 'member.manage' },
    resolve: ({ memberId }, _args, context) => withFactor(context).load(memberId),
  }),
);

const PolicyRef = builder.objectRef<StoredPolicy>('SecondFactorPolicy').implement({
  description: 'Which roles give nothing until their holder has a second factor.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    roles: t.stringList({ description: 'The roles.', resolve: ({ roles }) => [...roles] }),
    requiredFrom: t.field({
      type: 'LocalDate',
      description: 'The day it begins.',
      resolve: ({ requiredFrom }) => requiredFrom,
    }),
    rationale: t.exposeString('rationale', { description: 'Why.' }),
    setAt: t.expose('setAt', { type: 'DateTime', description: 'When it was set.' }),
  }),
});

builder.queryField('secondFactorPolicy', (t) =>
  t.field({
    type: PolicyRef,
    nullable: true,
    description: 'The rule about second factors in force; null where none was ever set.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, context) => findSecondFactorPolicy(context.database, context.cooperativeId()),
  }),
);

const ended = (context: ApiContext, sessionIds: readonly string[]) => {
  for (const id of sessionIds) context.forget(id);
};

defineMutation('beginSecondFactor', {
  description:
    'Makes a secret for an authenticator, to be confirmed by its first code within a quarter of an hour.',
  allow: 'signedIn',
  sensitive: true,
  input: () => ({}),
  run: (_input, context, command) => beginSecondFactor(context.database, context.identity.secrets, command),
  payload: (t) => ({
    secondFactor: t.field({
      type: SecondFactorRef,
      description: 'Your second factor, with what is being set up.',
      resolve: (_answer, _args, context) => findOwn(context),
    }),
  }),
});

defineMutation('confirmSecondFactor', {
  description: 'Puts your second factor in force with its first code and ends your other sessions.',
  allow: 'signedIn',
  sensitive: true,
  input: (t) => ({
    code: t.string({ required: true, description: 'The six digits shown now.', validate: givenCode }),
  }),
  run: async ({ code }, context, command) => {
    const { sessionId } = context.signedIn();
    const given = { code, sessionId, address: context.request.address };
    const result = await confirmSecondFactor(context.database, context.identity.secrets, command, given);
    if (result.ok) ended(context, [...result.value.endedSessionIds, sessionId]);
    return result;
  },
  payload: (t) => ({
    recoveryCodes: t.stringList({
      description: 'Shown this once: each lets you in when the device is lost, once.',
      resolve: ({ recoveryCodes }) => [...recoveryCodes],
    }),
  }),
});

defineMutation('renewRecoveryCodes', {
  description: 'Makes new recovery codes; those before open nothing any more.',
  allow: 'signedIn',
  sensitive: true,
  input: () => ({}),
  run: (_input, context, command) => renewRecoveryCodes(context.database, command),
  payload: (t) => ({
    recoveryCodes: t.stringList({
      description: 'Shown this once: each lets you in when the device is lost, once.',
      resolve: ({ recoveryCodes }) => [...recoveryCodes],
    }),
  }),
});

defineMutation('turnOffSecondFactor', {
  description: 'Turns your second factor off: from then on the password alone lets you in.',
  allow: 'signedIn',
  sensitive: true,
  input: () => ({}),
  run: async (_input, context, command) => {
    const result = await turnOffSecondFactor(context.database, command);
    if (result.ok) ended(context, [context.signedIn().sessionId]);
    return result;
  },
  payload: (t) => ({
    turnedOff: t.boolean({ description: 'True: there is none any more.', resolve: () => true }),
  }),
});

defineMutation('resetSecondFactor', {
  description:
    'Takes second factor and passkeys of a member away who lost device and codes, and ends their sessions.',
  allow: 'member.manage',
  sensitive: true,
  input: (t) => ({
    memberId: t.globalID({ required: true, description: 'The member.' }),
    reason: t.string({
      required: true,
      description: 'Why, for the audit trail.',
      validate: z.string().max(1_000),
    }),
  }),
  run: async ({ memberId, reason }, context, command) => {
    const result = await resetSecondFactor(context.database, command, { memberId: memberId.id, reason });
    if (result.ok) ended(context, result.value.endedSessionIds);
    return result;
  },
  payload: (t) => ({
    member: t.field({
      type: MemberRef,
      description: 'The member, who signs in with the password alone again.',
      resolve: ({ memberId }) => memberId,
    }),
  }),
});

defineMutation('setSecondFactorPolicy', {
  description: 'Says which roles give nothing until their holder has a second factor, and from which day.',
  allow: 'policy.manage',
  sensitive: true,
  input: (t) => ({
    roles: t.stringList({ required: true, description: 'Base roles; none: nobody needs one.' }),
    requiredFrom: t.field({
      type: 'LocalDate',
      required: true,
      description: 'The first day, today or later; until then there is time to set one up.',
    }),
    rationale: t.string({ required: true, description: 'Why.', validate: z.string().max(1_000) }),
  }),
  run: ({ roles, requiredFrom, rationale }, context, command) =>
    setSecondFactorPolicy(context.database, command, {
      roles,
      requiredFrom,
      rationale,
      today: context.today(),
    }),
  payload: (t) => ({
    secondFactorPolicy: t.field({
      type: PolicyRef,
      nullable: true,
      description: 'The rule in force.',
      resolve: (_answer, _args, context) => findSecondFactorPolicy(context.database, context.cooperativeId()),
    }),
  }),
});
