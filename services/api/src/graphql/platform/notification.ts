// One's own notifications: the list, what is unread, reading them, and how one wants to hear of each kind. A notice is told
// as a sentence in the reader's language; names in it are looked up as they are now.
import type { Notification, Owner, Preference } from '@habitat/notifications';
import {
  chooseChannels,
  countUnread,
  findNotification,
  listNotifications,
  listPreferences,
  MAIL_CHOICES,
  namedIn,
  noticeKinds,
  placeOf,
  readAllNotifications,
  readNotification,
  sentenceOf,
  stopMail,
} from '@habitat/notifications';
import { findMembers } from '@habitat/people';
import { z } from 'zod';
import { builder } from '../builder.ts';
import { defineConnection } from '../connection.ts';
import type { ApiContext } from '../context.ts';
import { notFound } from '../error.ts';
import { requestLoader } from '../loader.ts';
import { defineMutation } from '../mutation.ts';
import { pageArgs, readPage } from '../page.ts';
import { MemberRef } from '../people/member.ref.ts';
import { refusalError } from '../refusal.ts';
import { noMoney } from './public-input.ts';
import { ViewerRef } from './viewer.ts';

const asEnum = <Value extends string>(values: readonly Value[], described: (value: Value) => string) =>
  Object.fromEntries(
    values.map((value) => [value.toUpperCase(), { value, description: described(value) }]),
  ) as Record<Uppercase<Value>, { value: Value; description: string }>;

const NoticeKindEnum = builder.enumType('NotificationKind', {
  description: 'What people are told of.',
  values: asEnum(noticeKinds, (kind) => `${kind.replaceAll('_', ' ')}.`),
});

const mailWords = {
  at_once: 'Mailed as it happens.',
  digest: 'Mailed once a day with the others.',
  off: 'Not mailed.',
} as const;
const MailChoiceEnum = builder.enumType('NotificationMail', {
  description: 'When something is mailed.',
  values: asEnum(MAIL_CHOICES, (choice) => mailWords[choice]),
});

/** The viewer as the owner of a list; null for somebody who is no member. */
function ownerOf(context: ApiContext): Owner | null {
  const { cooperativeId, memberId } = context.signedIn().actor;
  return memberId === null ? null : { cooperativeId, memberId };
}

const nameOf = requestLoader<string, string | undefined>(async (ids, context) => {
  const found = await findMembers(context.database, context.cooperativeId(), ids);
  const names = new Map(found.map((member) => [member.memberId, member.displayName]));
  return ids.map((id) => names.get(id));
});

async function textOf(notification: Notification, context: ApiContext): Promise<string> {
  const ids = namedIn(notification);
  const names = await Promise.all(ids.map((id) => nameOf(context).load(id)));
  const { currency, currencyDigits } = context.signedIn().cooperative;
  return sentenceOf(notification, {
    language: context.words.language,
    currency,
    currencyDigits,
    nameOf: (id) => names[ids.indexOf(id)],
  });
}

const NotificationRef = builder.objectRef<Notification>('Notification').implement({
  description: 'Something the viewer was told.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id, for readNotification.',
      resolve: ({ id }) => ({ type: 'Notification', id }),
    }),
    kind: t.field({ type: NoticeKindEnum, description: 'What it is about.', resolve: ({ kind }) => kind }),
    text: t.string({
      description: 'What it says, in the reader’s language.',
      resolve: (notification, _args, context) => textOf(notification, context),
    }),
    path: t.string({
      description: 'Where the pages show what it is about.',
      resolve: ({ kind, subjectId }) => placeOf(kind, subjectId),
    }),
    by: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Whose doing it was; null when the system’s.',
      resolve: ({ byMemberId }) => byMemberId,
    }),
    at: t.expose('at', { type: 'DateTime', description: 'When it happened.' }),
    readAt: t.expose('readAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was read; null while it is unread.',
    }),
  }),
});

const NotificationConnection = defineConnection('Notification', NotificationRef);

const PreferenceRef = builder.objectRef<Preference>('NotificationPreference').implement({
  description: 'How the viewer hears of a kind of notice.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kind: t.field({ type: NoticeKindEnum, description: 'The kind.', resolve: ({ kind }) => kind }),
    listed: t.exposeBoolean('listed', { description: 'True when it is listed on the pages.' }),
    mail: t.field({ type: MailChoiceEnum, description: 'When it is mailed.', resolve: ({ mail }) => mail }),
  }),
});

builder.objectFields(ViewerRef, (t) => ({
  unreadNotifications: t.int({
    description: 'How many notifications the viewer has not read.',
    resolve: (_viewer, _args, context) => {
      const owner = ownerOf(context);
      return owner === null ? 0 : countUnread(context.database, owner);
    },
  }),
  notificationPreferences: t.field({
    type: [PreferenceRef],
    description: 'How the viewer hears of each kind; empty for somebody who is no member.',
    resolve: (_viewer, _args, context) => {
      const owner = ownerOf(context);
      return owner === null ? [] : listPreferences(context.database, owner);
    },
  }),
}));

/** Instants as text that keep their order, for cursors. */
const keyOf = ({ at, id }: Notification): readonly string[] => [at.toISOString(), id];

builder.queryField('notifications', (t) =>
  t.field({
    type: NotificationConnection,
    description: 'The viewer’s own notifications, newest first.',
    authScopes: { signedIn: true },
    args: {
      ...pageArgs(t.arg),
      unreadOnly: t.arg.boolean({ description: 'True: only what was not read.' }),
    },
    resolve: (_root, args, context) => {
      const owner = ownerOf(context);
      return readPage(args, { parts: ['instant', 'id'], of: keyOf }, async ({ limit, after }) => {
        if (owner === null) return [];
        const unreadOnly = args.unreadOnly === true;
        return listNotifications(context.database, owner, { unreadOnly, limit, after });
      });
    },
  }),
);

defineMutation('readNotification', {
  description: 'Marks one of your own notifications as read.',
  allow: 'signedIn',
  input: (t) => ({ notificationId: t.globalID({ required: true, description: 'The notification.' }) }),
  run: ({ notificationId }, context, command) =>
    readNotification(context.database, command, { notificationId: notificationId.id }),
  payload: (t) => ({
    notification: t.field({
      type: NotificationRef,
      description: 'It, as it is now.',
      resolve: async ({ notificationId }, _args, context) => {
        const owner = ownerOf(context);
        const found = owner && (await findNotification(context.database, owner, notificationId));
        if (found === null) throw notFound('notification');
        return found;
      },
    }),
  }),
});

defineMutation('readAllNotifications', {
  description: 'Marks all your own notifications as read that happened until then.',
  allow: 'signedIn',
  input: (t) => ({
    until: t.field({
      type: 'DateTime',
      required: true,
      description: 'When the list was shown: what came later stays unread.',
    }),
  }),
  run: ({ until }, context, command) => readAllNotifications(context.database, command, { until }),
  payload: (t) => ({ read: t.exposeInt('read', { description: 'How many were unread.' }) }),
});

const PreferenceInput = builder.inputType('NotificationPreferenceInput', {
  description: 'How to hear of a kind of notice.',
  fields: (t) => ({
    kind: t.field({ type: NoticeKindEnum, required: true, description: 'The kind.' }),
    listed: t.boolean({ required: true, description: 'True: listed on the pages.' }),
    mail: t.field({ type: MailChoiceEnum, required: true, description: 'When it is mailed.' }),
  }),
});

defineMutation('changeNotificationPreferences', {
  description: 'Chooses how you hear of kinds of notice; kinds left out stay as they are.',
  allow: 'signedIn',
  input: (t) => ({
    preferences: t.field({ type: [PreferenceInput], required: true, description: 'The kinds and how.' }),
  }),
  run: ({ preferences }, context, command) => chooseChannels(context.database, command, { preferences }),
  payload: (t) => ({
    preferences: t.field({
      type: [PreferenceRef],
      description: 'All kinds, as they are told to you now.',
      resolve: (_answer, _args, context) => {
        const owner = ownerOf(context);
        return owner === null ? [] : listPreferences(context.database, owner);
      },
    }),
  }),
});

const StopMailInput = builder.inputType('StopMailInput', {
  description: 'What stopMail needs.',
  fields: (t) => ({
    token: t.string({
      required: true,
      description: 'The end of the link in the mail.',
      validate: z.string().min(1).max(300),
    }),
  }),
});

const StopMailPayload = builder.objectRef<{ readonly what: string }>('StopMailPayload').implement({
  description: 'What stopMail answers.',
  authScopes: { public: true },
  fields: (t) => ({
    what: t.exposeString('what', { description: 'The kind that is mailed no more, or digest.' }),
  }),
});

builder.mutationField('stopMail', (t) =>
  t.field({
    type: StopMailPayload,
    description: 'Stops the mails of a kind by the link in one of them; whoever holds it need not sign in.',
    authScopes: { public: true },
    args: { input: t.arg({ type: StopMailInput, required: true, description: 'The link.' }) },
    resolve: async (_root, { input }, { database, identity, now, request }) => {
      const facts = { now, correlationId: request.correlationId, secrets: identity.links.secrets };
      const result = await stopMail(database, facts, input);
      if (!result.ok) throw refusalError(result.refusal, noMoney);
      return result.value;
    },
  }),
);
