// What an administrator sees of the machinery: how far events lag, and the dead letters of their own cooperative. What
// exactly went wrong stays with the operator, whose habitat command shows it.
import type { DeadLetter, HandlerLag, RedriveState, ScheduleRun } from '@habitat/messaging';
import { eventLag, listDeadLetters, listHandlerLag, listScheduleRuns } from '@habitat/messaging';
import { requestRedrive } from '@habitat/platform';
import { builder } from '../builder.ts';
import type { ApiContext } from '../context.ts';
import { notFound } from '../error.ts';
import { defineMutation } from '../mutation.ts';
import { MemberRef } from '../people/member.ref.ts';

const RedriveRef = builder.objectRef<RedriveState>('Redrive').implement({
  description: 'Another try of a dead letter that somebody asked for.',
  authScopes: { act: 'system.operate' },
  fields: (t) => ({
    state: t.string({
      description: 'waiting, running, handled, failed (again) or gone.',
      resolve: (redrive) => redrive.state,
    }),
    requestedAt: t.expose('requestedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    requestedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who asked.',
      resolve: (redrive) => redrive.requestedByMemberId,
    }),
    finishedAt: t.expose('finishedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it ended; null while it waits or runs.',
    }),
  }),
});

const DeadLetterRef = builder.objectRef<DeadLetter>('DeadLetter').implement({
  description: 'An event a handler gave up on.',
  authScopes: { act: 'system.operate' },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id; the habitat command knows it as well.',
      resolve: (letter) => ({ type: 'DeadLetter', id: letter.id }),
    }),
    eventType: t.exposeString('eventType', { description: 'What happened.' }),
    handler: t.exposeString('handler', { description: 'Who could not cope with it.' }),
    attempts: t.exposeInt('attempts', { description: 'How often it was tried, redrives included.' }),
    firstFailedAt: t.expose('firstFailedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it failed first, where that was kept.',
    }),
    lastFailedAt: t.expose('lastFailedAt', { type: 'DateTime', description: 'When it failed last.' }),
    deadAt: t.expose('deadAt', { type: 'DateTime', description: 'When it was given up.' }),
    redrivenAt: t.expose('redrivenAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it got through after all; null while it is dead.',
    }),
    redrive: t.field({
      type: RedriveRef,
      nullable: true,
      description: 'The last redrive that was asked for.',
      resolve: (letter) => letter.redrive,
    }),
  }),
});

const HandlerLagRef = builder.objectRef<HandlerLag>('HandlerLag').implement({
  description: 'How far a handler is behind in this cooperative, among its latest 5,000 events.',
  authScopes: { act: 'system.operate' },
  fields: (t) => ({
    handler: t.exposeString('handler', { description: 'Name of the handler.' }),
    pendingEvents: t.exposeInt('pending', { description: 'Events it has neither handled nor given up.' }),
    lagSeconds: t.int({
      description: 'Age of the oldest of them; 0 when there is none.',
      resolve: (lag, _args, context) => secondsSince(lag.oldestRecordedAt, context.now),
    }),
  }),
});

const ScheduleRunRef = builder.objectRef<ScheduleRun>('ScheduleRun').implement({
  description: 'The last run of what is due by the clock, for the whole installation.',
  authScopes: { act: 'system.operate' },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the schedule.' }),
    startedAt: t.expose('startedAt', { type: 'DateTime', description: 'When it began.' }),
    finishedAt: t.expose('finishedAt', { type: 'DateTime', description: 'When it ended.' }),
    outcome: t.exposeString('outcome', { description: 'ok, or fault: the worker’s log tells which.' }),
  }),
});

interface Operations {
  readonly undelivered: number;
  readonly oldestSeconds: number;
}

const OperationsRef = builder.objectRef<Operations>('Operations').implement({
  description: 'How the machinery is doing.',
  authScopes: { act: 'system.operate' },
  fields: (t) => ({
    undeliveredEvents: t.exposeInt('undelivered', {
      description: 'Events on their way, of the whole installation.',
    }),
    lagSeconds: t.exposeInt('oldestSeconds', { description: 'Age of the oldest of them.' }),
    handlers: t.field({
      type: [HandlerLagRef],
      description: 'Every handler that runs, by name.',
      resolve: (_operations, _args, context) => listHandlerLag(context.database, context.cooperativeId()),
    }),
    deadLetters: t.field({
      type: [DeadLetterRef],
      description: 'Dead letters of this cooperative, oldest first.',
      args: {
        includeRedriven: t.arg.boolean({ description: 'True: those that got through later as well.' }),
      },
      resolve: (_operations, { includeRedriven }, context) =>
        listDeadLetters(context.database, {
          cooperativeId: context.cooperativeId(),
          includeRedriven: includeRedriven === true,
        }),
    }),
    schedules: t.field({
      type: [ScheduleRunRef],
      description: 'What is due by the clock, and how it went last.',
      resolve: (_operations, _args, context) => listScheduleRuns(context.database),
    }),
  }),
});

function secondsSince(instant: Date | null, now: Date): number {
  return instant === null ? 0 : Math.max(0, Math.round((now.getTime() - instant.getTime()) / 1000));
}

builder.queryField('operations', (t) =>
  t.field({
    type: OperationsRef,
    description: 'How the machinery is doing.',
    authScopes: { act: 'system.operate' },
    resolve: async (_root, _args, context) => {
      const lag = await eventLag(context.database);
      return {
        undelivered: lag.undelivered,
        oldestSeconds: secondsSince(lag.oldestRecordedAt, context.now),
      };
    },
  }),
);

async function letterOf(id: string, context: ApiContext): Promise<DeadLetter> {
  const cooperativeId = context.cooperativeId();
  const letters = await listDeadLetters(context.database, { cooperativeId, includeRedriven: true });
  const letter = letters.find((one) => one.id === id);
  if (letter === undefined) throw notFound('dead letter');
  return letter;
}

defineMutation('redriveDeadLetter', {
  description: 'Asks the worker to drive a dead letter through its handler again; it does so within seconds.',
  allow: 'system.operate',
  input: (t) => ({ deadLetterId: t.globalID({ required: true, description: 'The dead letter.' }) }),
  run: (input, context, command) =>
    requestRedrive(context.database, command, { deadLetterId: input.deadLetterId.id }),
  payload: (t) => ({
    deadLetter: t.field({
      type: DeadLetterRef,
      description: 'The letter, with the redrive that waits.',
      resolve: (answer, _args, context) => letterOf(answer.deadLetterId, context),
    }),
  }),
});
