// Posting, reversing and correcting, and the second person behind them.
import type { PostAnswer } from '@habitat/treasury';
import type { ApiContext } from '../context.ts';
import type { Types } from '../builder.ts';
import { builder } from '../builder.ts';
import { defineMutation } from '../mutation.ts';
import {
  approveRequest,
  correctTransaction,
  declineRequest,
  postTransaction,
  postTransactions,
  reverseTransaction,
} from '@habitat/treasury';
import { secondPersonDays } from '../platform/waiting/second-person-days.ts';
import { JournalRequestRef } from './request/journal-request.ref.ts';
import { TransactionRef } from './transaction.ref.ts';

const EntryInput = builder.inputType('EntryInput', {
  description: 'One line: an account by id or code, or a member’s capital. Debits are positive.',
  fields: (t) => ({
    accountId: t.globalID({ description: 'The account.' }),
    accountCode: t.string({ description: 'The account’s code, instead of its id.' }),
    memberId: t.globalID({ description: 'This member’s capital, instead of an account.' }),
    book: t.field({ type: 'Money', required: true, description: 'Book amount.' }),
    tax: t.field({ type: 'Money', description: 'Tax amount; the same as book when left out.' }),
    memo: t.string({ description: 'A note on this line.' }),
  }),
});

const TransactionInput = builder.inputType('TransactionInput', {
  description: 'A transaction to post.',
  fields: (t) => ({
    effectiveOn: t.field({ type: 'LocalDate', required: true, description: 'The day it counts for.' }),
    description: t.string({ required: true, description: 'What it is about.' }),
    entries: t.field({
      type: [EntryInput],
      required: true,
      description: 'Two lines or more that add up to zero.',
    }),
  }),
});

type SentTransaction = typeof TransactionInput.$inferInput;

function draftOf(sent: SentTransaction, context: ApiContext, at: readonly (string | number)[]) {
  return {
    effectiveOn: sent.effectiveOn,
    description: sent.description,
    entries: sent.entries.map((entry, index) => {
      const path = [...at, 'entries', index];
      const bookMinor = context.minor(entry.book, [...path, 'book']);
      return {
        accountId: entry.accountId?.id ?? null,
        accountCode: entry.accountCode ?? null,
        memberId: entry.memberId?.id ?? null,
        bookMinor,
        taxMinor: entry.tax == null ? bookMinor : context.minor(entry.tax, [...path, 'tax']),
        memo: entry.memo ?? null,
      };
    }),
  };
}

const postedPayload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, PostAnswer>) => ({
  transactions: t.field({
    type: [TransactionRef],
    description: 'What was posted; empty while a second person is awaited.',
    resolve: ({ transactionIds }) => [...transactionIds],
  }),
  transaction: t.field({
    type: TransactionRef,
    nullable: true,
    description: 'The first of them.',
    resolve: ({ transactionIds }) => transactionIds[0] ?? null,
  }),
  request: t.field({
    type: JournalRequestRef,
    nullable: true,
    description: 'What waits for a second person.',
    resolve: ({ requestId }) => requestId,
  }),
});

const requestPayload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, { requestId: string }>) => ({
  request: t.field({
    type: JournalRequestRef,
    description: 'The request.',
    resolve: ({ requestId }) => requestId,
  }),
});

defineMutation('postTransaction', {
  description: 'Posts a journal entry, or asks a second person when it is large or touches members’ capital.',
  allow: 'transaction.post',
  input: (t) => ({
    effectiveOn: t.field({ type: 'LocalDate', required: true, description: 'The day it counts for.' }),
    description: t.string({ required: true, description: 'What it is about.' }),
    entries: t.field({
      type: [EntryInput],
      required: true,
      description: 'Two lines or more that add up to zero.',
    }),
  }),
  run: (input, context, command) =>
    postTransaction(context.database, command, draftOf(input, context, ['input'])),
  payload: postedPayload,
});

defineMutation('postTransactions', {
  description: 'Posts many journal entries, all or none.',
  allow: 'transaction.post',
  input: (t) => ({
    transactions: t.field({ type: [TransactionInput], required: true, description: 'At most 1,000.' }),
  }),
  run: (input, context, command) =>
    postTransactions(context.database, command, {
      transactions: input.transactions.map((sent, index) =>
        draftOf(sent, context, ['input', 'transactions', index]),
      ),
    }),
  payload: postedPayload,
});

defineMutation('reverseTransaction', {
  description: 'Asks for a transaction to be reversed as a whole; a second person agrees.',
  allow: 'transaction.reverse',
  input: (t) => ({
    transactionId: t.globalID({ required: true, description: 'The transaction.' }),
    reason: t.string({ required: true, description: 'Why.' }),
    effectiveOn: t.field({
      type: 'LocalDate',
      description: 'The day the reversal counts for; today when left out.',
    }),
  }),
  run: async (input, context, command) =>
    reverseTransaction(context.database, command, {
      secondPersonDays: await secondPersonDays(context),
      transactionId: input.transactionId.id,
      reason: input.reason,
      effectiveOn: input.effectiveOn ?? context.today(),
    }),
  payload: requestPayload,
});

defineMutation('correctTransaction', {
  description: 'Asks for a transaction to be reversed and posted anew, linked; a second person agrees.',
  allow: 'transaction.reverse',
  input: (t) => ({
    transactionId: t.globalID({ required: true, description: 'The transaction.' }),
    reason: t.string({ required: true, description: 'Why.' }),
    effectiveOn: t.field({
      type: 'LocalDate',
      description: 'The day the reversal counts for; today when left out.',
    }),
    replacement: t.field({
      type: TransactionInput,
      required: true,
      description: 'What it should have been.',
    }),
  }),
  run: async (input, context, command) =>
    correctTransaction(context.database, command, {
      secondPersonDays: await secondPersonDays(context),
      transactionId: input.transactionId.id,
      reason: input.reason,
      effectiveOn: input.effectiveOn ?? context.today(),
      replacement: draftOf(input.replacement, context, ['input', 'replacement']),
    }),
  payload: requestPayload,
});

defineMutation('approveJournalRequest', {
  description: 'The second person agrees and the act happens now. Never by whoever asked.',
  allow: 'signedIn',
  input: (t) => ({
    requestId: t.globalID({ required: true, description: 'The request.' }),
    note: t.string({ description: 'A note to keep with it.' }),
  }),
  run: async ({ requestId, note }, context, command) =>
    approveRequest(context.database, command, {
      requestId: requestId.id,
      note: note ?? null,
      secondPersonDays: await secondPersonDays(context),
    }),
  payload: (t) => ({
    ...requestPayload(t as unknown as PothosSchemaTypes.ObjectFieldBuilder<Types, { requestId: string }>),
    transactions: t.field({
      type: [TransactionRef],
      description: 'What was posted.',
      resolve: ({ transactionIds }) => [...transactionIds],
    }),
  }),
});

defineMutation('declineJournalRequest', {
  description: 'Declines a request with a reason; whoever asked takes it back the same way.',
  allow: 'signedIn',
  input: (t) => ({
    requestId: t.globalID({ required: true, description: 'The request.' }),
    reason: t.string({ required: true, description: 'Why.' }),
  }),
  run: (input, context, command) =>
    declineRequest(context.database, command, { requestId: input.requestId.id, reason: input.reason }),
  payload: requestPayload,
});
