// Acts on accounts and on the cooperative itself: letting a member sign in, one's own password, the profile.
import { linkLogin } from '@habitat/people';
import {
  changeCooperative,
  changePassword,
  findCooperative,
  grantAccess,
  proveAgain,
} from '@habitat/platform';
import { z } from 'zod';
import { builder } from '../builder.ts';
import { notFound } from '../error.ts';
import { defineMutation } from '../mutation.ts';
import { CooperativeRef } from './cooperative.ts';
import { givenCode } from './public-input.ts';

const password = z.string().max(200);

defineMutation('grantAccess', {
  description:
    'Lets a member sign in: opens their account. Whoever has one already is invited (inviteMember). Repeating it is harmless.',
  allow: 'member.manage',
  input: (t) => ({
    memberId: t.globalID({ required: true, description: 'The member.' }),
    email: t.string({ required: true, description: 'Email they sign in with.' }),
    displayName: t.string({ required: true, description: 'Name on the account.' }),
    password: t.string({ required: true, description: 'First password.', validate: password }),
  }),
  run: async (input, context, command) => {
    const memberId = input.memberId.id;
    const { email, displayName, password } = input;
    const granted = await grantAccess(context.database, command, { memberId, email, displayName, password });
    if (!granted.ok) return granted;
    // The account is the platform's, the member is people's: two commands, each safe to repeat.
    const { loginId } = granted.value;
    return linkLogin(context.database, { ...command, idempotencyKey: null }, { memberId, loginId });
  },
  payload: (t) => ({
    memberId: t.globalID({
      description: 'The member who may sign in now.',
      resolve: (answer) => ({ type: 'Member', id: answer.memberId }),
    }),
  }),
});

defineMutation('changePassword', {
  description: 'Changes your own password and ends your other sessions, in every cooperative.',
  allow: 'signedIn',
  input: (t) => ({
    currentPassword: t.string({ required: true, description: 'The password until now.', validate: password }),
    newPassword: t.string({ required: true, description: 'The password from now on.', validate: password }),
  }),
  run: (input, context, command) => {
    const { sessionId } = context.signedIn();
    const { address } = context.request;
    return changePassword(context.database, command, { ...input, sessionId, address });
  },
  payload: (t) => ({
    changed: t.boolean({ description: 'True: the new password is in force.', resolve: () => true }),
  }),
});

defineMutation('reauthenticate', {
  description:
    'Proves once more who you are: for ten minutes acts that ask for it (REAUTHENTICATION_REQUIRED) are open.',
  allow: 'signedIn',
  input: (t) => ({
    password: t.string({ required: true, description: 'Your password.', validate: password }),
    code: t.string({
      description: 'A code of your second factor, where you have one.',
      validate: givenCode,
    }),
  }),
  run: async (input, context, command) => {
    const { sessionId } = context.signedIn();
    const { address } = context.request;
    const given = { password: input.password, code: input.code ?? null, sessionId, address };
    const proven = await proveAgain(context.database, context.identity.secrets, command, given);
    if (proven.ok) context.forget(sessionId);
    return proven;
  },
  payload: (t) => ({
    proven: t.boolean({ description: 'True: it was you.', resolve: () => true }),
  }),
});

const TaxRegime = builder.enumType('TaxRegime', {
  description: 'How the cooperative is taxed.',
  values: {
    SUBCHAPTER_K: { value: 'subchapter_k', description: 'As a partnership (Schedule K-1).' },
    SUBCHAPTER_T: { value: 'subchapter_t', description: 'As a cooperative (1099-PATR).' },
  } as const,
});

defineMutation('changeCooperative', {
  description:
    'Changes the cooperative’s name, legal name, time zone or tax regime; what is left out stays. Its short name, currency and fiscal year never change.',
  allow: 'policy.manage',
  input: (t) => ({
    name: t.string({ description: 'Name as people say it.' }),
    legalName: t.string({ description: 'Name in law; null or blank where it is the name people say.' }),
    timeZone: t.string({ description: 'IANA time zone.' }),
    taxRegime: t.field({ type: TaxRegime, description: 'How it is taxed.' }),
  }),
  run: ({ name, legalName, timeZone, taxRegime }, context, command) =>
    changeCooperative(context.database, command, {
      ...(name == null ? {} : { name }),
      ...(legalName === undefined ? {} : { legalName }),
      ...(timeZone == null ? {} : { timeZone }),
      ...(taxRegime == null ? {} : { taxRegime }),
    }),
  payload: (t) => ({
    cooperative: t.field({
      type: CooperativeRef,
      description: 'The cooperative as it is now.',
      resolve: async (answer, _args, context) => {
        const found = await findCooperative(context.database, answer.cooperativeId);
        if (found === null) throw notFound('cooperative');
        return found;
      },
    }),
  }),
});
