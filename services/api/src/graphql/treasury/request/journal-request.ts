// What waits for a second person in treasury: who asked, what exactly would be posted, and who may decide it.
import type { Account, JournalRequest, Period, StoredDraft } from '@habitat/treasury';
import { decisionsOpenTo, listAccounts, listPendingRequests, listPeriods } from '@habitat/treasury';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { isOver, stillWaiting } from '../../platform/waiting/second-person-days.ts';
import { AccountRef } from '../account.ref.ts';
import { JournalRequestRef } from './journal-request.ref.ts';
import { TransactionRef } from '../transaction.ref.ts';

type DraftEntry = StoredDraft['entries'][number];

/** Drafts name accounts by id, code or member: the chart is read once for all of a request. */
const chart = requestLoader<'chart', readonly Account[]>(async (keys, context) => {
  const accounts = await listAccounts(context.database, context.cooperativeId());
  return keys.map(() => accounts);
});

async function accountOf(entry: DraftEntry, context: ApiContext): Promise<Account | null> {
  const accounts = await chart(context).load('chart');
  const { accountId, accountCode, memberId } = entry;
  if (accountId != null) return accounts.find(({ id }) => id === accountId) ?? null;
  if (accountCode != null) return accounts.find(({ code }) => code === accountCode) ?? null;
  return accounts.find((account) => memberId != null && account.memberId === memberId) ?? null;
}

const periods = requestLoader<'periods', readonly Period[]>(async (keys, context) => {
  const all = await listPeriods(context.database, context.cooperativeId());
  return keys.map(() => all);
});

/** The name of a period a request would post into that has closed; null when there is none. */
async function closedPeriodOf({ payload }: JournalRequest, context: ApiContext): Promise<string | null> {
  if (payload.transactions.length === 0) return null;
  const all = await periods(context).load('periods');
  const closed = all.filter(({ status }) => status === 'closed' || status === 'locked');
  const isIn = ({ startsOn, endsOn }: Period, day: string) => startsOn <= day && day <= endsOn;
  return (
    closed.find((period) => payload.transactions.some(({ effectiveOn }) => isIn(period, effectiveOn)))
      ?.name ?? null
  );
}

const JournalDraftEntryRef = builder.objectRef<DraftEntry>('JournalDraftEntry').implement({
  description: 'One line that would be posted. Debits are positive.',
  authScopes: { act: 'journal.view' },
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      nullable: true,
      description: 'Its account.',
      resolve: (entry, _args, context) => accountOf(entry, context),
    }),
    book: t.field({
      type: 'Money',
      description: 'Book amount.',
      resolve: ({ bookMinor }, _args, context) => context.money(BigInt(bookMinor)),
    }),
    tax: t.field({
      type: 'Money',
      description: 'Tax amount.',
      resolve: ({ taxMinor }, _args, context) => context.money(BigInt(taxMinor)),
    }),
    memo: t.string({
      nullable: true,
      description: 'A note on this line.',
      resolve: ({ memo }) => memo ?? null,
    }),
  }),
});

const JournalDraftRef = builder.objectRef<StoredDraft>('JournalDraft').implement({
  description: 'A transaction that would be posted.',
  authScopes: { act: 'journal.view' },
  fields: (t) => ({
    effectiveOn: t.field({
      type: 'LocalDate',
      description: 'The day it would count for.',
      resolve: ({ effectiveOn }) => effectiveOn,
    }),
    description: t.exposeString('description', { description: 'What it is about.' }),
    entries: t.field({
      type: [JournalDraftEntryRef],
      description: 'Its lines, in order.',
      resolve: ({ entries }) => entries,
    }),
  }),
});

JournalRequestRef.implement({
  description: 'An act of treasury that waits for a second person, or had one.',
  authScopes: { anyAct: ['journal.view', 'period.lock'] },
  fields: (t) => ({
    act: t.exposeString('act', { description: 'post, reverse, correct or lock_period.' }),
    status: t.string({
      description: 'pending, approved, declined, withdrawn or expired.',
      resolve: async (row, _args, context) =>
        row.status === 'pending' && (await isOver(context, row.requestedAt)) ? 'expired' : row.status,
    }),
    reason: t.exposeString('reason', { description: 'Why it was asked.' }),
    requestedAt: t.field({
      type: 'DateTime',
      description: 'When it was asked.',
      resolve: (row) => row.requestedAt,
    }),
    requestedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who asked; none for somebody who is no member.',
      resolve: ({ requestedByMemberId }) => requestedByMemberId,
    }),
    decidedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When it was decided.',
      resolve: (row) => row.decidedAt,
    }),
    amount: t.field({
      type: 'Money',
      description: 'Sum of the debits asked for.',
      resolve: (row, _args, context) => context.money(row.amountMinor),
    }),
    mine: t.boolean({
      description: 'True when you asked: somebody else has to agree.',
      resolve: (row, _args, context) => row.requestedByLoginId === context.signedIn().actor.loginId,
    }),
    viewerMay: t.stringList({
      description: 'What you may do with it: approve and decline, or withdraw when you asked.',
      resolve: async (row, _args, context) => {
        const open = decisionsOpenTo(context.signedIn().actor, row);
        if (open.length === 0 || (await isOver(context, row.requestedAt))) return [];
        const closed = (await closedPeriodOf(row, context)) !== null;
        return open.filter((decision) => decision !== 'approve' || !closed);
      },
    }),
    closedPeriod: t.string({
      nullable: true,
      description:
        'The period that closed while it waited: nothing is posted into it, so nobody can approve it.',
      resolve: (row, _args, context) => (row.status === 'pending' ? closedPeriodOf(row, context) : null),
    }),
    subject: t.field({
      type: TransactionRef,
      nullable: true,
      description: 'The transaction to reverse or correct.',
      resolve: ({ act, subjectId }) => (act === 'reverse' || act === 'correct' ? subjectId : null),
    }),
    drafts: t.field({
      type: [JournalDraftRef],
      description: 'What would be posted.',
      resolve: ({ payload }) => payload.transactions,
    }),
    transactions: t.field({
      type: [TransactionRef],
      description: 'What was posted once it was approved.',
      resolve: (row) => [...row.transactionIds],
    }),
  }),
});

builder.queryField('journalRequests', (t) =>
  t.field({
    type: [JournalRequestRef],
    description: 'What waits for a second person in treasury, oldest first.',
    authScopes: { anyAct: ['journal.view', 'period.lock'] },
    resolve: async (_root, _args, context) =>
      stillWaiting(
        context,
        await listPendingRequests(context.database, context.cooperativeId()),
        ({ requestedAt }) => requestedAt,
      ),
  }),
);
