// The report on separation of duties: who holds, or did, both parts of a pair that one person should not play.
import type { DutyConflict } from '@habitat/kernel';
import { conflictsOf, dutyCommands, ROLES } from '@habitat/kernel';
import { listDeeds } from '@habitat/messaging';
import { listRoleHolders } from '@habitat/people';
import { builder } from '../builder.ts';
import { MemberRef } from '../people/member.ref.ts';

const scope = { act: 'audit.view' } as const;

const DutyConflictRef = builder.objectRef<DutyConflict>('DutyConflict').implement({
  description: 'One person who holds both parts of a pair of duties now, or played both.',
  authScopes: scope,
  fields: (t) => ({
    pair: t.exposeString('key', {
      description: 'Which pair: "pays_and_approves_payment", "decides_work_and_pays" …',
    }),
    member: t.field({ type: MemberRef, description: 'Who.', resolve: ({ memberId }) => memberId }),
    firstRoles: t.stringList({
      description: 'Roles by which they hold the first part now.',
      resolve: ({ firstRoles }) => [...firstRoles],
    }),
    secondRoles: t.stringList({
      description: 'Roles by which they hold the second part now.',
      resolve: ({ secondRoles }) => [...secondRoles],
    }),
    firstDone: t.exposeInt('firstDone', { description: 'To how many things they did the first part.' }),
    secondDone: t.exposeInt('secondDone', { description: 'To how many they did the second.' }),
    bothDone: t.exposeInt('bothDone', {
      description: 'To how many one and the same they did both; anything but 0 got past dual control.',
    }),
    lastAt: t.expose('lastAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When they last did either; null when never.',
    }),
  }),
});

builder.queryField('dutyConflicts', (t) =>
  t.field({
    type: [DutyConflictRef],
    description: 'Who holds, or did since a day, both parts of a pair of duties that belong apart.',
    authScopes: scope,
    args: {
      from: t.arg({ type: 'LocalDate', required: true, description: 'What was done from this day on.' }),
    },
    resolve: async (_root, { from }, context) => {
      const database = await context.reports();
      const cooperativeId = context.cooperativeId();
      const { timeZone } = context.signedIn().cooperative;
      const [holders, deeds] = await Promise.all([
        listRoleHolders(database, { cooperativeId, roles: ROLES, now: context.now }),
        listDeeds(database, cooperativeId, { commands: dutyCommands(), from, timeZone }),
      ]);
      return conflictsOf({ holders, deeds });
    },
  }),
);
