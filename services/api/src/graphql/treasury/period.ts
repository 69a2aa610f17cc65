// Accounting periods, and the acts that open and lock them.
import type { Period } from '@habitat/treasury';
import { listPeriods, lockPeriod, openPeriod } from '@habitat/treasury';
import { builder } from '../builder.ts';
import { defineMutation } from '../mutation.ts';
import { secondPersonDays } from '../platform/waiting/second-person-days.ts';
import { JournalRequestRef } from './request/journal-request.ref.ts';
import { PeriodRef } from './period.ref.ts';

PeriodRef.implement({
  description: 'A stretch of days whose books are closed together.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    name: t.exposeString('name', { description: 'Name of the period: Q3 2026.' }),
    from: t.field({ type: 'LocalDate', description: 'Its first day.', resolve: ({ startsOn }) => startsOn }),
    to: t.field({ type: 'LocalDate', description: 'Its last day.', resolve: ({ endsOn }) => endsOn }),
    status: t.exposeString('status', { description: 'open, closing, closed or locked.' }),
    closedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was closed.',
      resolve: ({ closedAt }) => closedAt,
    }),
    lockedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was locked for good.',
      resolve: ({ lockedAt }) => lockedAt,
    }),
  }),
});

builder.queryField('periods', (t) =>
  t.field({
    type: [PeriodRef],
    description: 'Every period, oldest first.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, context) => listPeriods(context.database, context.cooperativeId()),
  }),
);

function containing(periods: readonly Period[], day: string): Period | null {
  return periods.find(({ startsOn, endsOn }) => startsOn <= day && day <= endsOn) ?? periods.at(-1) ?? null;
}

builder.queryField('currentPeriod', (t) =>
  t.field({
    type: PeriodRef,
    nullable: true,
    description: 'The period today lies in, or the last one there is.',
    authScopes: { signedIn: true },
    resolve: async (_root, _args, context) =>
      containing(await listPeriods(context.database, context.cooperativeId()), context.today()),
  }),
);

defineMutation('openPeriod', {
  description: 'Opens the period after the last one, ahead of its first day.',
  allow: 'period.open',
  input: () => ({}),
  run: (_input, context, command) => openPeriod(context.database, command),
  payload: (t) => ({
    period: t.field({
      type: PeriodRef,
      description: 'The period opened.',
      resolve: ({ periodId }) => periodId,
    }),
  }),
});

defineMutation('lockPeriod', {
  description:
    'Locks a closed period for good: the first administrator asks, a second one’s call carries it out.',
  allow: 'period.lock',
  input: (t) => ({
    periodId: t.globalID({ required: true, description: 'The closed period.' }),
    reason: t.string({ description: 'Why now.' }),
  }),
  run: async (input, context, command) =>
    lockPeriod(context.database, command, {
      periodId: input.periodId.id,
      reason: input.reason ?? null,
      secondPersonDays: await secondPersonDays(context),
    }),
  payload: (t) => ({
    period: t.field({
      type: PeriodRef,
      description: 'The period as it is now.',
      resolve: ({ periodId }) => periodId,
    }),
    request: t.field({
      type: JournalRequestRef,
      description: 'The request the second administrator agrees to.',
      resolve: ({ requestId }) => requestId,
    }),
    locked: t.exposeBoolean('locked', { description: 'False while the second administrator is awaited.' }),
  }),
});
