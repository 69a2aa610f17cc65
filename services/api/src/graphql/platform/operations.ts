// What an administrator sees of the machinery: how far events lag, and the dead letters of their own cooperative. What
// exactly went wrong stays with the operator, whose habitat command shows it.
import type { DeadLetter } from '@habitat/messaging';
import { eventLag, listDeadLetters } from '@habitat/messaging';
import { builder } from '../builder.ts';

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
    attempts: t.exposeInt('attempts', { description: 'How often it was tried.' }),
    deadAt: t.expose('deadAt', { type: 'DateTime', description: 'When it was given up.' }),
  }),
});

interface Operations {
  readonly undelivered: number;
  readonly oldestSeconds: number;
  readonly letters: readonly DeadLetter[];
}

const OperationsRef = builder.objectRef<Operations>('Operations').implement({
  description: 'How the machinery is doing.',
  authScopes: { act: 'system.operate' },
  fields: (t) => ({
    undeliveredEvents: t.exposeInt('undelivered', {
      description: 'Events on their way, of the whole installation.',
    }),
    lagSeconds: t.exposeInt('oldestSeconds', { description: 'Age of the oldest of them.' }),
    deadLetters: t.field({
      type: [DeadLetterRef],
      description: 'Dead letters of this cooperative, oldest first.',
      resolve: (operations) => operations.letters,
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
      const [lag, letters] = await Promise.all([
        eventLag(context.database),
        listDeadLetters(context.database),
      ]);
      const mine = context.cooperativeId();
      return {
        undelivered: lag.undelivered,
        oldestSeconds: secondsSince(lag.oldestRecordedAt, context.now),
        letters: letters.filter((letter) => letter.cooperativeId === mine),
      };
    },
  }),
);
