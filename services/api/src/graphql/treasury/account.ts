// The chart of accounts, and one account's ledger with its running balance.
import type { LedgerLine } from '@habitat/treasury';
import { createAccount, deactivateAccount, listAccountLedger, listAccounts } from '@habitat/treasury';
import { builder } from '../builder.ts';
import { defineConnection } from '../connection.ts';
import { defineMutation } from '../mutation.ts';
import { pageArgs, readPage } from '../page.ts';
import { MemberRef } from '../people/member.ref.ts';
import { AccountRef } from './account.ref.ts';
import { bookAndTax } from './report/two-bases.ref.ts';
import { TransactionRef } from './transaction.ref.ts';

AccountRef.implement({
  description: 'An account of the ledger. Only leaves take entries.',
  authScopes: { anyAct: ['journal.view', 'report.view', 'account.manage'] },
  fields: (t) => ({
    code: t.exposeString('code', { description: 'Its code: 1110.' }),
    name: t.exposeString('name', { description: 'Its name.' }),
    type: t.exposeString('type', { description: 'asset, liability, equity, revenue or expense.' }),
    normalSide: t.exposeString('normalSide', {
      description: 'debit or credit: the side it ordinarily stands on.',
    }),
    leaf: t.exposeBoolean('isLeaf', { description: 'True when it takes entries.' }),
    active: t.exposeBoolean('active', { description: 'False once it was retired.' }),
    parent: t.field({
      type: AccountRef,
      nullable: true,
      description: 'The group it belongs to.',
      resolve: ({ parentId }) => parentId,
    }),
    member: t.field({
      type: MemberRef,
      nullable: true,
      description: 'The member whose capital it holds.',
      resolve: ({ memberId }) => memberId,
    }),
  }),
});

builder.queryField('accounts', (t) =>
  t.field({
    type: [AccountRef],
    description: 'The chart of accounts in the order of codes.',
    authScopes: { anyAct: ['journal.view', 'report.view', 'account.manage'] },
    resolve: (_root, _args, context) => listAccounts(context.database, context.cooperativeId()),
  }),
);

builder.queryField('account', (t) =>
  t.field({
    type: AccountRef,
    nullable: true,
    description: 'One account.',
    authScopes: { anyAct: ['journal.view', 'report.view', 'account.manage'] },
    args: { id: t.arg.globalID({ required: true, description: 'The account.' }) },
    resolve: (_root, { id }) => id.id,
  }),
);

const LedgerLineRef = builder.objectRef<LedgerLine>('LedgerLine').implement({
  description: 'One entry of an account, with the balance after it. Debits are positive.',
  authScopes: { act: 'journal.view' },
  fields: (t) => ({
    transaction: t.field({
      type: TransactionRef,
      description: 'The transaction it belongs to.',
      resolve: ({ transactionId }) => transactionId,
    }),
    effectiveOn: t.field({ type: 'LocalDate', description: 'Its day.', resolve: (line) => line.effectiveOn }),
    description: t.exposeString('description', { description: 'What the transaction says.' }),
    memo: t.exposeString('memo', { nullable: true, description: 'What the entry says.' }),
    ...bookAndTax(t),
    bookBalance: t.field({
      type: 'Money',
      description: 'Book balance after it.',
      resolve: (line, _args, context) => context.money(line.balanceBookMinor),
    }),
    taxBalance: t.field({
      type: 'Money',
      description: 'Tax balance after it.',
      resolve: (line, _args, context) => context.money(line.balanceTaxMinor),
    }),
  }),
});

const LedgerLineConnection = defineConnection<LedgerLine>('LedgerLine', LedgerLineRef);

builder.queryField('accountLedger', (t) =>
  t.field({
    type: LedgerLineConnection,
    description: 'The ledger of one account, oldest first.',
    authScopes: { act: 'journal.view' },
    args: {
      ...pageArgs(t.arg),
      accountId: t.arg.globalID({ required: true, description: 'The account.' }),
      from: t.arg({ type: 'LocalDate', description: 'From this day.' }),
      to: t.arg({ type: 'LocalDate', description: 'To this day, included.' }),
    },
    resolve: (_root, args, context) =>
      readPage(
        args,
        {
          parts: ['day', 'whole', 'whole'],
          of: (line: LedgerLine) => [line.effectiveOn, String(line.number), String(line.line)],
        },
        async (page) =>
          listAccountLedger(
            await context.reports(),
            context.cooperativeId(),
            { accountId: args.accountId.id, from: args.from ?? null, to: args.to ?? null },
            page,
          ),
      ),
  }),
);

defineMutation('createAccount', {
  description: 'Adds an account below a group of the chart.',
  allow: 'account.manage',
  input: (t) => ({
    code: t.string({ required: true, description: 'Its code, not used before.' }),
    name: t.string({ required: true, description: 'Its name.' }),
    parentCode: t.string({ required: true, description: 'The group it belongs to.' }),
    group: t.boolean({ description: 'True for a group, which takes no entries.' }),
    contra: t.boolean({ description: 'True when it stands on the other side than its type does.' }),
  }),
  run: (input, context, command) =>
    createAccount(context.database, command, {
      code: input.code,
      name: input.name,
      parentCode: input.parentCode,
      isGroup: input.group ?? false,
      contra: input.contra ?? false,
    }),
  payload: (t) => ({
    account: t.field({
      type: AccountRef,
      description: 'The new account.',
      resolve: ({ accountId }) => accountId,
    }),
  }),
});

defineMutation('deactivateAccount', {
  description: 'Retires an account that stands at zero; its history stays.',
  allow: 'account.manage',
  input: (t) => ({ accountId: t.globalID({ required: true, description: 'The account.' }) }),
  run: (input, context, command) =>
    deactivateAccount(context.database, command, { accountId: input.accountId.id }),
  payload: (t) => ({
    account: t.field({
      type: AccountRef,
      description: 'The account as it is now.',
      resolve: ({ accountId }) => accountId,
    }),
  }),
});
