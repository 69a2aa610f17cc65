// Where cash came from and went over some days; its ends are the cash of the balance sheets of those days.
import type { LocalDate } from '@habitat/kernel';
import type { CashFlow } from '@habitat/treasury';
import { getCashFlow } from '@habitat/treasury';
import { builder } from '../../builder.ts';
import { AS_KNOWN_AT, ReportSectionRef, shown } from './report.ts';
import type { Span } from './span.ts';
import { fiscalYearSoFar, yearsBefore } from './span.ts';
import { TwoBasesRef } from './two-bases.ref.ts';

const CashFlowRef = builder.objectRef<CashFlow & Span>('CashFlow').implement({
  description: 'Where cash came from and went, by the accounts on its other side; what came in is positive.',
  authScopes: { act: 'report.view' },
  fields: (t) => ({
    from: t.field({ type: 'LocalDate', description: 'First day.', resolve: ({ from }) => from }),
    to: t.field({ type: 'LocalDate', description: 'Last day, included.', resolve: ({ to }) => to }),
    opening: t.field({
      type: TwoBasesRef,
      description: 'Cash and equivalents before the first day.',
      resolve: ({ opening }) => opening,
    }),
    operating: t.field({
      type: ReportSectionRef,
      description: 'Revenue, expenses and what is owed for them.',
      resolve: ({ operating }) => operating,
    }),
    investing: t.field({
      type: ReportSectionRef,
      description: 'Property and equipment bought and sold.',
      resolve: ({ investing }) => investing,
    }),
    financing: t.field({
      type: ReportSectionRef,
      description: 'Capital paid in and out, distributions, loans.',
      resolve: ({ financing }) => financing,
    }),
    change: t.field({
      type: TwoBasesRef,
      description: 'The three together.',
      resolve: ({ change }) => change,
    }),
    closing: t.field({
      type: TwoBasesRef,
      description: 'Cash and equivalents after the last day.',
      resolve: ({ closing }) => closing,
    }),
  }),
});

builder.queryField('cashFlow', (t) =>
  t.field({
    type: CashFlowRef,
    description: 'The cash flow of some days, by the direct method.',
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
    resolve: async (_root, args, context) => {
      const span = fiscalYearSoFar(args, context);
      const years = args.yearsBefore ?? 0;
      const days = {
        from: yearsBefore(span.from, years) as LocalDate,
        to: yearsBefore(span.to, years) as LocalDate,
      };
      const at = { ...days, asKnownAt: args.asKnownAt ?? null };
      const found = await getCashFlow(await context.reports(), context.cooperativeId(), at);
      return { ...shown(found, context), ...days };
    },
  }),
);
