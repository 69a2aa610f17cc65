// Trial balance, balance sheet and income statement, at any date and as known at any instant.
import type { Result } from '@habitat/kernel';
import type {
  BalanceSheet,
  IncomeStatement,
  ReportLine,
  ReportSection,
  TrialBalance,
  TrialBalanceLine,
} from '@habitat/treasury';
import { getBalanceSheet, getIncomeStatement, getTrialBalance } from '@habitat/treasury';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import type { AnyRefusal } from '../../refusal.ts';
import { refusalError } from '../../refusal.ts';
import { AccountRef } from '../account.ref.ts';
import { fiscalYearSoFar, yearsBefore } from './span.ts';
import { bookAndTax, TwoBasesRef } from './two-bases.ref.ts';

/** A report that does not balance is an error that says by how much. */
export function shown<Value>(result: Result<Value, AnyRefusal>, context: ApiContext): Value {
  if (!result.ok) throw refusalError(result.refusal, context.money);
  return result.value;
}

const TrialBalanceLineRef = builder.objectRef<TrialBalanceLine>('TrialBalanceLine').implement({
  description: 'A leaf with its balance. Debits are positive.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      description: 'The account.',
      resolve: ({ accountId }) => accountId,
    }),
    ...bookAndTax(t, { book: 'Book balance.', tax: 'Tax balance.' }),
  }),
});

type DatedTrialBalance = TrialBalance & { readonly asOf: string };

const TrialBalanceRef = builder.objectRef<DatedTrialBalance>('TrialBalance').implement({
  description: 'Every leaf with a balance; debits equal credits.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    asOf: t.field({ type: 'LocalDate', description: 'Up to this day.', resolve: ({ asOf }) => asOf }),
    balanced: t.boolean({
      description: 'True: a trial balance that is not is an error.',
      resolve: () => true,
    }),
    bookTotal: t.field({
      type: 'Money',
      description: 'Sum of debits, book.',
      resolve: (row, _args, c) => c.money(row.bookDebitMinor),
    }),
    taxTotal: t.field({
      type: 'Money',
      description: 'Sum of debits, tax.',
      resolve: (row, _args, c) => c.money(row.taxDebitMinor),
    }),
    lines: t.field({
      type: [TrialBalanceLineRef],
      description: 'Leaves that do not stand at zero, by code; every leaf with `all`.',
      args: { all: t.arg.boolean({ description: 'Those at zero too.' }) },
      resolve: ({ lines }, { all }) =>
        lines.filter(({ bookMinor, taxMinor }) => all === true || bookMinor !== 0n || taxMinor !== 0n),
    }),
  }),
});

const ReportLineRef = builder.objectRef<ReportLine>('ReportLine').implement({
  description: 'A leaf in a report, signed as people read it.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    account: t.field({
      type: AccountRef,
      description: 'The account.',
      resolve: ({ accountId }) => accountId,
    }),
    groupCode: t.exposeString('groupCode', { nullable: true, description: 'Code of its group.' }),
    groupName: t.exposeString('groupName', { nullable: true, description: 'Name of its group.' }),
    ...bookAndTax(t),
  }),
});

export const ReportSectionRef = builder.objectRef<ReportSection>('ReportSection').implement({
  description: 'A part of a report with its total.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    lines: t.field({
      type: [ReportLineRef],
      description: 'Leaves that are not at zero, by code.',
      resolve: ({ lines }) => lines.filter(({ bookMinor, taxMinor }) => bookMinor !== 0n || taxMinor !== 0n),
    }),
    total: t.field({ type: TwoBasesRef, description: 'Their sum.', resolve: ({ total }) => total }),
  }),
});

type DatedBalanceSheet = BalanceSheet & { readonly asOf: string };

const BalanceSheetRef = builder.objectRef<DatedBalanceSheet>('BalanceSheet').implement({
  description: 'What the cooperative has, owes and is worth to its members.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    asOf: t.field({ type: 'LocalDate', description: 'At the end of this day.', resolve: ({ asOf }) => asOf }),
    assets: t.field({ type: ReportSectionRef, description: 'Assets.', resolve: ({ assets }) => assets }),
    liabilities: t.field({
      type: ReportSectionRef,
      description: 'Liabilities.',
      resolve: (row) => row.liabilities,
    }),
    equity: t.field({ type: ReportSectionRef, description: 'Equity.', resolve: ({ equity }) => equity }),
    netIncome: t.field({
      type: TwoBasesRef,
      description: 'Income not closed yet.',
      resolve: (row) => row.netIncome,
    }),
    equityAndLiabilities: t.field({
      type: TwoBasesRef,
      description: 'Liabilities, equity and income not closed yet: the same as assets.',
      resolve: (row) => row.equityAndLiabilities,
    }),
  }),
});

type DatedIncomeStatement = IncomeStatement & { readonly from: string; readonly to: string };

const IncomeStatementRef = builder.objectRef<DatedIncomeStatement>('IncomeStatement').implement({
  description: 'Revenue less expense over some days, before any closing entries.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    from: t.field({ type: 'LocalDate', description: 'First day.', resolve: ({ from }) => from }),
    to: t.field({ type: 'LocalDate', description: 'Last day.', resolve: ({ to }) => to }),
    revenue: t.field({ type: ReportSectionRef, description: 'Revenue.', resolve: ({ revenue }) => revenue }),
    expense: t.field({ type: ReportSectionRef, description: 'Expenses.', resolve: ({ expense }) => expense }),
    netIncome: t.field({
      type: TwoBasesRef,
      description: 'Revenue less expense.',
      resolve: (row) => row.netIncome,
    }),
  }),
});

type AtDay = { readonly asOf?: string | null | undefined; readonly asKnownAt?: Date | null | undefined };
type Reader<Report> = (
  database: Awaited<ReturnType<ApiContext['reports']>>,
  cooperativeId: string,
  at: { asOf: string; asKnownAt: Date | null },
) => Promise<Result<Report, AnyRefusal>>;

/** A report of one day, with the day: today when none is given. */
async function atDay<Report extends object>(read: Reader<Report>, args: AtDay, context: ApiContext) {
  const asOf = args.asOf ?? context.today();
  const at = { asOf, asKnownAt: args.asKnownAt ?? null };
  return { ...shown(await read(await context.reports(), context.cooperativeId(), at), context), asOf };
}

export const AS_KNOWN_AT = {
  type: 'DateTime',
  description: 'Without what was written after this instant.',
} as const;

builder.queryField('trialBalance', (t) =>
  t.field({
    type: TrialBalanceRef,
    description: 'The trial balance at a day.',
    authScopes: { act: 'report.view' },
    args: {
      asOf: t.arg({ type: 'LocalDate', description: 'Up to this day; today when left out.' }),
      asKnownAt: t.arg(AS_KNOWN_AT),
    },
    resolve: (_root, args, context) => atDay(getTrialBalance, args, context),
  }),
);

builder.queryField('balanceSheet', (t) =>
  t.field({
    type: BalanceSheetRef,
    description: 'The balance sheet at a day.',
    authScopes: { act: 'report.view' },
    args: {
      asOf: t.arg({ type: 'LocalDate', description: 'At the end of this day; today when left out.' }),
      asKnownAt: t.arg(AS_KNOWN_AT),
    },
    resolve: (_root, args, context) => atDay(getBalanceSheet, args, context),
  }),
);

builder.queryField('incomeStatement', (t) =>
  t.field({
    type: IncomeStatementRef,
    description: 'The income statement of some days.',
    authScopes: { act: 'report.view' },
    args: {
      from: t.arg({
        type: 'LocalDate',
        description: 'First day; the first of the fiscal year the last day lies in when left out.',
      }),
      to: t.arg({ type: 'LocalDate', description: 'Last day, included; today when left out.' }),
      yearsBefore: t.arg.int({ description: 'The same days so many years before.' }),
      asKnownAt: t.arg(AS_KNOWN_AT),
    },
    resolve: async (_root, { asKnownAt, ...args }, context) => {
      const span = fiscalYearSoFar(args, context);
      const years = args.yearsBefore ?? 0;
      const days = { from: yearsBefore(span.from, years), to: yearsBefore(span.to, years) };
      const at = { ...days, asKnownAt: asKnownAt ?? null };
      return { ...(await getIncomeStatement(await context.reports(), context.cooperativeId(), at)), ...days };
    },
  }),
);
