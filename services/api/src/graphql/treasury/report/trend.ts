// What plots are drawn from: income and expense by month, and all members' capital by day and cause.
import type { CapitalMovement, CapitalMovements, IncomeOfMonth } from '@habitat/treasury';
import { capitalMovements, incomeByMonth } from '@habitat/treasury';
import { builder } from '../../builder.ts';
import { invalidInput } from '../../error.ts';
import type { Span } from './span.ts';
import { lastYear } from './span.ts';
import { TwoBasesRef } from './two-bases.ref.ts';

const LONGEST_DAYS = 3_700;
const FROM = 'First day; the first of the month a year before the last day when left out.';

/** Refuses spans that run backwards or over ten years, so that a plot never reads the whole ledger by days. */
function spanOf({ from, to }: Span): Span {
  const days = (Date.parse(to) - Date.parse(from)) / 86_400_000;
  if (days < 0)
    throw invalidInput([{ path: ['to'], message: 'the last day lies before the first' }], 'BAD_SPAN');
  if (days > LONGEST_DAYS) throw invalidInput([{ path: ['from'], message: 'at most ten years' }], 'BAD_SPAN');
  return { from, to };
}

const IncomeOfMonthRef = builder.objectRef<IncomeOfMonth>('IncomeOfMonth').implement({
  description: 'Revenue and expense of one month, before closing entries.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    month: t.field({ type: 'LocalDate', description: 'Its first day.', resolve: ({ month }) => month }),
    revenue: t.field({ type: TwoBasesRef, description: 'Revenue.', resolve: ({ revenue }) => revenue }),
    expense: t.field({ type: TwoBasesRef, description: 'Expenses.', resolve: ({ expense }) => expense }),
  }),
});

const CapitalMovementRef = builder.objectRef<CapitalMovement>('CapitalMovement').implement({
  description: 'How all members’ capital moved on one day for one cause.',
  authScopes: { act: 'capital.view_all' },
  fields: (t) => ({
    on: t.field({ type: 'LocalDate', description: 'The day.', resolve: ({ on }) => on }),
    cause: t.exposeString('cause', { description: 'work, cash, in_kind, surplus, paid_out or other.' }),
    change: t.field({
      type: TwoBasesRef,
      description: 'By how much; up is positive.',
      resolve: (row) => row,
    }),
  }),
});

const CapitalMovementsRef = builder.objectRef<CapitalMovements & Span>('CapitalMovements').implement({
  description: 'All members’ capital over a span of days.',
  authScopes: { act: 'capital.view_all' },
  fields: (t) => ({
    from: t.field({ type: 'LocalDate', description: 'First day.', resolve: ({ from }) => from }),
    to: t.field({ type: 'LocalDate', description: 'Last day.', resolve: ({ to }) => to }),
    opening: t.field({
      type: TwoBasesRef,
      description: 'Before the first day.',
      resolve: ({ opening }) => opening,
    }),
    movements: t.field({
      type: [CapitalMovementRef],
      description: 'Oldest first.',
      resolve: ({ movements }) => movements,
    }),
  }),
});

builder.queryField('incomeByMonth', (t) =>
  t.field({
    type: [IncomeOfMonthRef],
    description: 'Income and expense of every month that moved, oldest first.',
    authScopes: { act: 'report.view' },
    args: {
      from: t.arg({ type: 'LocalDate', description: FROM }),
      to: t.arg({ type: 'LocalDate', description: 'Last day, included; today when left out.' }),
    },
    resolve: async (_root, args, context) =>
      incomeByMonth(await context.reports(), context.cooperativeId(), spanOf(lastYear(args, context))),
  }),
);

builder.queryField('capitalMovements', (t) =>
  t.field({
    type: CapitalMovementsRef,
    description: 'How all members’ capital together moved, by day and cause.',
    authScopes: { act: 'capital.view_all' },
    args: {
      from: t.arg({ type: 'LocalDate', description: FROM }),
      to: t.arg({ type: 'LocalDate', description: 'Last day, included; today when left out.' }),
    },
    resolve: async (_root, args, context) => {
      const span = spanOf(lastYear(args, context));
      return { ...(await capitalMovements(await context.reports(), context.cooperativeId(), span)), ...span };
    },
  }),
);
