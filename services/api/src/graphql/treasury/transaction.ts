// Posted transactions with their entries, and the journal.
import type { EntryView, Layer704c, TransactionView } from '@habitat/treasury';
import { countJournal, listJournal, listLayersOf } from '@habitat/treasury';
import { may } from '@habitat/kernel';
import { builder } from '../builder.ts';
import { defineConnection } from '../connection.ts';
import { grouped, requestLoader } from '../loader.ts';
import { pageArgs, readPage } from '../page.ts';
import { ContributionRef } from '../people/contribution.ref.ts';
import { MemberRef } from '../people/member.ref.ts';
import { AccountRef } from './account.ref.ts';
import { PeriodRef } from './period.ref.ts';
import { bookAndTax } from './report/two-bases.ref.ts';
import { entriesOf, TransactionRef } from './transaction.ref.ts';

const EntryRef = builder.objectRef<EntryView>('Entry').implement({
  description: 'One line of a transaction. Debits are positive, credits negative.',
  authScopes: { act: 'journal.view' },
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      description: 'Its account.',
      resolve: ({ accountId }) => accountId,
    }),
    member: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Whose capital it changes.',
      resolve: ({ memberId }) => memberId,
    }),
    ...bookAndTax(t),
    memo: t.exposeString('memo', { nullable: true, description: 'A note on this line.' }),
  }),
});

export const Layer704cRef = builder.objectRef<Layer704c>('Layer704c').implement({
  description: 'Built-in gain of contributed property, IRC §704(c).',
  authScopes: { act: 'journal.view' },
  fields: (t) => ({
    member: t.field({
      type: MemberRef,
      description: 'Whose gain it is.',
      resolve: ({ memberId }) => memberId,
    }),
    account: t.field({
      type: AccountRef,
      description: 'Where the property stands.',
      resolve: ({ accountId }) => accountId,
    }),
    transaction: t.field({
      type: TransactionRef,
      description: 'What brought it.',
      resolve: ({ transactionId }) => transactionId,
    }),
    effectiveOn: t.field({
      type: 'LocalDate',
      description: 'The day it was brought.',
      resolve: (layer) => layer.effectiveOn,
    }),
    ...bookAndTax(t, { book: 'Book value.', tax: 'Tax basis.' }),
    builtInGain: t.field({
      type: 'Money',
      description: 'Book value less tax basis.',
      resolve: (layer, _args, context) => context.money(layer.builtInGainMinor),
    }),
  }),
});

const layersOf = requestLoader<string, Layer704c[]>(async (ids, context) =>
  grouped(
    ids,
    await listLayersOf(context.database, context.cooperativeId(), ids),
    ({ transactionId }) => transactionId,
  ),
);

TransactionRef.implement({
  description: 'A posted transaction. It never changes; mistakes are reversed.',
  authScopes: { act: 'journal.view' },
  fields: (t) => ({
    number: t.int({ description: 'Its running number.', resolve: ({ number }) => Number(number) }),
    effectiveOn: t.field({
      type: 'LocalDate',
      description: 'The day it counts for.',
      resolve: (row) => row.effectiveOn,
    }),
    recordedAt: t.field({
      type: 'DateTime',
      description: 'When it was written.',
      resolve: (row) => row.recordedAt,
    }),
    description: t.exposeString('description', { description: 'What it is about.' }),
    source: t.exposeString('source', {
      description: 'manual, contribution, close, distribution, import, opening, reversal or correction.',
    }),
    period: t.field({
      type: PeriodRef,
      description: 'The period it lies in.',
      resolve: ({ periodId }) => periodId,
    }),
    amount: t.field({
      type: 'Money',
      description: 'Sum of its book debits.',
      resolve: async ({ id }, _args, context) => {
        const entries = await entriesOf(context).load(id);
        return context.money(
          entries.reduce((sum, { bookMinor }) => sum + (bookMinor > 0n ? bookMinor : 0n), 0n),
        );
      },
    }),
    entries: t.field({
      type: [EntryRef],
      description: 'Its lines, in order.',
      resolve: ({ id }, _args, context) => entriesOf(context).load(id),
    }),
    layer: t.field({
      type: Layer704cRef,
      nullable: true,
      description: 'The built-in gain recorded with it.',
      resolve: async ({ id }, _args, context) => (await layersOf(context).load(id))[0] ?? null,
    }),
  }),
});

builder.objectFields(TransactionRef, (t) => ({
  reverses: t.field({
    type: TransactionRef,
    nullable: true,
    description: 'What it reverses.',
    resolve: ({ reversesId }) => reversesId,
  }),
  reversedBy: t.field({
    type: TransactionRef,
    nullable: true,
    description: 'What reversed it.',
    resolve: ({ reversedById }) => reversedById,
  }),
  corrects: t.field({
    type: TransactionRef,
    nullable: true,
    description: 'What it replaces.',
    resolve: ({ correctsId }) => correctsId,
  }),
  contribution: t.field({
    type: ContributionRef,
    nullable: true,
    description: 'The contribution it was posted for.',
    resolve: ({ provenanceType, provenanceId }) => (provenanceType === 'contribution' ? provenanceId : null),
  }),
  provenance: t.exposeString('provenanceType', {
    nullable: true,
    description: 'What else it was posted for: contribution, allocation or distribution_line.',
  }),
  postedBy: t.field({
    type: MemberRef,
    nullable: true,
    description: 'Who posted it, or agreed to it last; none for the system.',
    resolve: ({ actorMemberId }) => actorMemberId,
  }),
  viewerMay: t.stringList({
    description: 'What you may ask for: reverse, correct.',
    resolve: ({ source, reversesId, reversedById }, _args, context) =>
      reversesId === null &&
      reversedById === null &&
      source !== 'close' &&
      may(context.signedIn().actor, 'transaction.reverse')
        ? ['reverse', 'correct']
        : [],
  }),
}));

builder.queryField('transaction', (t) =>
  t.field({
    type: TransactionRef,
    nullable: true,
    description: 'One transaction.',
    authScopes: { act: 'journal.view' },
    args: { id: t.arg.globalID({ required: true, description: 'The transaction.' }) },
    resolve: (_root, { id }) => id.id,
  }),
);

const TransactionConnection = defineConnection<TransactionView, { totalCount: number }>(
  'Transaction',
  TransactionRef,
  (t) => ({
    totalCount: t.int({ description: 'How many match.', resolve: ({ totalCount }) => totalCount }),
  }),
);

builder.queryField('journal', (t) =>
  t.field({
    type: TransactionConnection,
    description: 'The journal, newest first. All filters must hold.',
    authScopes: { act: 'journal.view' },
    args: {
      ...pageArgs(t.arg),
      search: t.arg.string({ description: 'Words of the description, or a number.' }),
      accountId: t.arg.globalID({ description: 'Only what touches this account.' }),
      memberId: t.arg.globalID({ description: 'Only what touches this member’s capital.' }),
      source: t.arg.string({ description: 'Only this source.' }),
      amount: t.arg({
        type: 'Money',
        description: 'Only what has an entry of this amount, in either basis and on either side.',
      }),
      from: t.arg({ type: 'LocalDate', description: 'From this day.' }),
      to: t.arg({ type: 'LocalDate', description: 'To this day, included.' }),
    },
    resolve: async (_root, args, context) => {
      const filter = {
        search: args.search ?? null,
        accountId: args.accountId?.id ?? null,
        memberId: args.memberId?.id ?? null,
        source: args.source ?? null,
        from: args.from ?? null,
        to: args.to ?? null,
        amountMinor: args.amount == null ? null : context.minor(args.amount, ['amount']),
      };
      const [page, totalCount] = await Promise.all([
        readPage(
          args,
          { parts: ['day', 'whole'], of: (row: TransactionView) => [row.effectiveOn, String(row.number)] },
          async (request) => listJournal(await context.reports(), context.cooperativeId(), filter, request),
        ),
        countJournal(await context.reports(), context.cooperativeId(), filter),
      ]);
      return { ...page, totalCount };
    },
  }),
);
