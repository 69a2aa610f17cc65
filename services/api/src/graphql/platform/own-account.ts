// My own account: preferences, my name, and where I am signed in. Every act is on one's own, so being signed in suffices.
import { changeOwnName } from '@habitat/people';
import type { OwnSession, Preferences } from '@habitat/platform';
import {
  changeAccountName,
  changePreferences,
  endOtherSessions,
  endOwnSession,
  findPreferences,
  listOwnSessions,
} from '@habitat/platform';
import { z } from 'zod';
import { builder } from '../builder.ts';
import { defineMutation, hasRecentProof } from '../mutation.ts';
import { ContributionKindEnum } from '../people/enums.ts';
import { ViewerRef } from './viewer.ts';

const LocaleEnum = builder.enumType('Locale', {
  description: 'A language the pages speak.',
  values: {
    EN: { value: 'en', description: 'English.' },
    ES: { value: 'es', description: 'Spanish.' },
  } as const,
});

const ThemeEnum = builder.enumType('Theme', {
  description: 'How the pages look.',
  values: {
    SYSTEM: { value: 'system', description: 'As the device says.' },
    LIGHT: { value: 'light', description: 'Light.' },
    DARK: { value: 'dark', description: 'Dark.' },
  } as const,
});

const PreferencesRef = builder.objectRef<Preferences>('Preferences').implement({
  description: 'What a person prefers; it follows the account into every cooperative.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    locale: t.field({
      type: LocaleEnum,
      nullable: true,
      description: 'Language of the pages; null: as the browser asks.',
      resolve: ({ locale }) => locale,
    }),
    theme: t.field({ type: ThemeEnum, description: 'How the pages look.', resolve: ({ theme }) => theme }),
    singleKeyShortcuts: t.exposeBoolean('singleKeyShortcuts', {
      description: 'True when single keys act as shortcuts.',
    }),
    defaultKind: t.field({
      type: ContributionKindEnum,
      nullable: true,
      description: 'Kind the log form begins with; null: the last one used.',
      resolve: ({ defaultKind }) => defaultKind,
    }),
  }),
});

type ListedSession = OwnSession & { readonly current: boolean };
const OwnSessionRef = builder.objectRef<ListedSession>('OwnSession').implement({
  description: 'A place the viewer is signed in.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id, for endSession.',
      resolve: ({ sessionId }) => ({ type: 'OwnSession', id: sessionId }),
    }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When they signed in.' }),
    lastSeenAt: t.expose('lastSeenAt', { type: 'DateTime', description: 'When it was last renewed.' }),
    device: t.exposeString('device', {
      nullable: true,
      description: 'Browser and system it was opened with; null where they were not told.',
    }),
    current: t.exposeBoolean('current', { description: 'True for the one asking.' }),
  }),
});

builder.objectFields(ViewerRef, (t) => ({
  preferences: t.field({
    type: PreferencesRef,
    description: 'What the viewer prefers.',
    resolve: ({ actor }, _args, context) => findPreferences(context.database, actor.loginId),
  }),
  recentlyProven: t.boolean({
    description:
      'True when the viewer proved who they are within ten minutes: sensitive acts are let through.',
    resolve: (_viewer, _args, context) => hasRecentProof(context),
  }),
  sessions: t.field({
    type: [OwnSessionRef],
    description: 'Where the viewer is signed in to this cooperative, the last used first.',
    resolve: async ({ actor, sessionId }, _args, context) => {
      const query = { cooperativeId: actor.cooperativeId, loginId: actor.loginId, now: context.now };
      const found = await listOwnSessions(context.database, query);
      return found.map((session) => ({ ...session, current: session.sessionId === sessionId }));
    },
  }),
}));

defineMutation('changeMyPreferences', {
  description: 'Changes your own preferences; what is left out stays. A null locale or kind takes it back.',
  allow: 'signedIn',
  input: (t) => ({
    locale: t.field({ type: LocaleEnum, description: 'Language of the pages; null: as the browser asks.' }),
    theme: t.field({ type: ThemeEnum, description: 'How the pages look.' }),
    singleKeyShortcuts: t.boolean({ description: 'False turns shortcuts of a single key off.' }),
    defaultKind: t.field({
      type: ContributionKindEnum,
      description: 'Kind the log form begins with; null: the last one used.',
    }),
  }),
  run: ({ locale, theme, singleKeyShortcuts, defaultKind }, context, command) =>
    changePreferences(context.database, command, {
      ...(locale === undefined ? {} : { locale }),
      ...(theme == null ? {} : { theme }),
      ...(singleKeyShortcuts == null ? {} : { singleKeyShortcuts }),
      ...(defaultKind === undefined ? {} : { defaultKind }),
    }),
  payload: (t) => ({
    preferences: t.field({
      type: PreferencesRef,
      description: 'What you prefer now.',
      resolve: ({ loginId }, _args, context) => findPreferences(context.database, loginId),
    }),
  }),
});

defineMutation('changeMyProfile', {
  description: 'Changes your own name, on your account and as a member of this cooperative.',
  allow: 'signedIn',
  input: (t) => ({
    displayName: t.string({
      required: true,
      description: 'Name as others see it.',
      validate: z.string().max(1_000),
    }),
  }),
  run: async (input, context, command) => {
    const changed = await changeOwnName(context.database, command, input);
    if (!changed.ok) return changed;
    // The member is people's, the account is the platform's: two commands, each with a key of its own.
    const key = command.idempotencyKey ?? null;
    const account = { ...command, idempotencyKey: key === null ? null : `${key}:account` };
    const renamed = await changeAccountName(context.database, account, input);
    if (renamed.ok) context.forget(context.signedIn().sessionId);
    return renamed;
  },
  payload: (t) => ({
    displayName: t.string({
      description: 'Your name now.',
      resolve: ({ displayName }) => displayName,
    }),
  }),
});

const ended = (context: { forget(sessionId: string): void }, sessionIds: readonly string[]) => {
  for (const id of sessionIds) context.forget(id);
};

defineMutation('endSession', {
  description: 'Ends one of your own sessions at once, also the one you are in.',
  allow: 'signedIn',
  input: (t) => ({ sessionId: t.globalID({ required: true, description: 'The session.' }) }),
  run: async ({ sessionId }, context, command) => {
    const result = await endOwnSession(context.database, command, { sessionId: sessionId.id });
    if (result.ok) ended(context, result.value.sessionIds);
    return result;
  },
  payload: (t) => ({
    ended: t.int({ description: 'How many ended.', resolve: ({ sessionIds }) => sessionIds.length }),
  }),
});

defineMutation('endOtherSessions', {
  description: 'Ends all your sessions in this cooperative but the one you are in.',
  allow: 'signedIn',
  input: () => ({}),
  run: async (_input, context, command) => {
    const keep = context.signedIn().sessionId;
    const result = await endOtherSessions(context.database, command, { keep });
    if (result.ok) ended(context, result.value.sessionIds);
    return result;
  },
  payload: (t) => ({
    ended: t.int({ description: 'How many ended.', resolve: ({ sessionIds }) => sessionIds.length }),
  }),
});
