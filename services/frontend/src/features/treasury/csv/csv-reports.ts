// The files of the treasury: each report's own figures, asked for as the page asks for them and in the same columns.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvAnswer, CsvReport } from '../../../lib/csv-table.ts';
import { exact, made, refused } from '../../../lib/csv-table.ts';
import { getFormat } from '../../../lib/language/get-format.ts';
import { chartDocument } from '../account/account.documents.ts';
import { chartRows } from '../account/chart.ts';
import { amountOfCause, causes } from '../report/capital-table.tsx';
import { changesOf } from '../report/capital-steps.tsx';
import { oneCapitalDocument } from '../report/member-capital.documents.ts';
import {
  balanceSheetReport,
  basisOf,
  cashFlowReport,
  columnsOf,
  incomeReport,
} from '../report/report-model.ts';
import type { Column, Report } from '../report/report-model.ts';
import {
  balanceSheetDocument,
  cashFlowDocument,
  incomeStatementDocument,
  memberCapitalDocument,
  trialBalanceDocument,
} from '../report/report.documents.ts';
import { askedDays, dayOf, textOf } from '../search.ts';
import { trendDocument } from '../trend/trend.documents.ts';
import { incomeSteps } from '../trend/trend.ts';
import { sidesOf } from '../two-bases.ts';

const words = () => getTranslations('treasury');

type Named = { name: string; member: { displayName: string } | null };
export const nameOf = (account: Named): string => account.member?.displayName ?? account.name;

export const trialBalance: CsvReport = async (search) => {
  const t = await words();
  const variables = { asOf: dayOf(search, 'asOf'), all: search.all === '1' };
  const answer = await ask(trialBalanceDocument, variables);
  if (!answer.ok) return refused(answer);
  const { trialBalance: balance, cooperative } = answer.data;
  const basis = basisOf(String(search.basis));
  const shown = basis === 'both' ? (['book', 'tax'] as const) : ([basis] as const);
  const header = [
    t('no'),
    t('account'),
    t('type'),
    ...shown.flatMap((one) => [`${t(one)} ${t('debit')}`, `${t(one)} ${t('credit')}`]),
  ];
  const rows = balance.lines.map((line) => [
    line.account.code,
    nameOf(line.account),
    line.account.type,
    ...shown.flatMap((one) => {
      const { debit, credit } = sidesOf(line[one]);
      return [exact(debit), exact(credit)];
    }),
  ]);
  const totals = { book: exact(balance.bookTotal), tax: exact(balance.taxTotal) };
  const total = ['', t('total'), '', ...shown.flatMap((one) => [totals[one], totals[one]])];
  return made([cooperative.slug, 'trial-balance', balance.asOf], header, [...rows, total], {
    trialBalance: balance,
  });
};

type ReportTable = {
  report: Report;
  name: readonly string[];
  head: (column: Column) => string;
  data: object;
};

async function reportTable({ report, name, head, data }: ReportTable): Promise<CsvAnswer> {
  const t = await words();
  const rows = report.parts.flatMap((part) => [
    ...part.lines.map((line) => [
      t(`sum.${part.name}`),
      line.account?.code ?? '',
      line.account ? nameOf(line.account) : t(`own.${line.key}`),
      ...line.values.map(exact),
    ]),
    ...(part.total
      ? [[t(`sum.${part.name}`), '', t('sumOf', { what: t(`sum.${part.name}`) }), ...part.total.map(exact)]]
      : []),
  ]);
  const end = ['', '', t(`end.${report.end.name}`), ...report.end.values.map(exact)];
  return made(name, [t('part'), t('no'), t('account'), ...report.columns.map(head)], [...rows, end], data);
}

export const balanceSheet: CsvReport = async (search) => {
  const t = await words();
  const before = dayOf(search, 'before');
  const asOf = dayOf(search, 'asOf');
  const answer = await ask(balanceSheetDocument, { asOf, before, compare: before !== null });
  if (!answer.ok) return refused(answer);
  const { now, cooperative } = answer.data;
  const columns = columnsOf(basisOf(String(search.basis)), before !== null);
  const report = balanceSheetReport(now, answer.data.before ?? null, columns);
  return reportTable({
    report,
    name: [cooperative.slug, 'balance-sheet', now.asOf],
    head: ({ basis, at }) => `${t(basis)} ${at === 'now' ? now.asOf : (before ?? '')}`,
    data: { balanceSheet: now, before: answer.data.before ?? null },
  });
};

const spanOf = (one: { from: string; to: string } | null | undefined) => (one ? `${one.from}/${one.to}` : '');

export const incomeStatement: CsvReport = async (search) => {
  const t = await words();
  const days = askedDays(search);
  const answer = await ask(incomeStatementDocument, days);
  if (!answer.ok) return refused(answer);
  const { now, before, cooperative } = answer.data;
  const report = incomeReport(now, before ?? null, columnsOf(basisOf(String(search.basis)), days.compare));
  const name = [cooperative.slug, 'income-statement', now.from, now.to];
  return reportTable({
    report,
    name,
    head: ({ basis, at }) => `${t(basis)} ${spanOf(at === 'now' ? now : before)}`,
    data: { incomeStatement: now, yearBefore: before ?? null },
  });
};

export const cashFlow: CsvReport = async (search) => {
  const t = await words();
  const days = askedDays(search);
  const answer = await ask(cashFlowDocument, days);
  if (!answer.ok) return refused(answer);
  const { now, before, cooperative } = answer.data;
  return reportTable({
    report: cashFlowReport(now, before ?? null, columnsOf(basisOf(String(search.basis)), days.compare)),
    name: [cooperative.slug, 'cash-flow', now.from, now.to],
    head: ({ basis, at }) => `${t(basis)} ${spanOf(at === 'now' ? now : before)}`,
    data: { cashFlow: now, yearBefore: before ?? null },
  });
};

export const membersCapital: CsvReport = async (search) => {
  const t = await words();
  const answer = await ask(memberCapitalDocument, { asOf: dayOf(search, 'asOf') });
  if (!answer.ok) return refused(answer);
  const { memberCapital, cooperative } = answer.data;
  const header = [
    t('memberNumber'),
    t('member'),
    ...causes.map((cause) => t(`cause.${cause}`)),
    t('book'),
    t('tax'),
  ];
  const rows = memberCapital
    .toSorted((a, b) => a.member.number - b.member.number)
    .map((row) => [
      row.member.number,
      row.member.displayName,
      ...causes.map((cause) => exact(amountOfCause(row, cause))),
      exact(row.book),
      exact(row.tax),
    ]);
  const day = dayOf(search, 'asOf') ?? cooperative.today;
  return made([cooperative.slug, 'members-capital', day], header, rows, { asOf: day, memberCapital });
};

export const memberCapital: CsvReport = async (search) => {
  const t = await words();
  const answer = await ask(oneCapitalDocument, { id: textOf(search, 'member') ?? 'none' });
  if (!answer.ok) return refused(answer);
  const { member, cooperative } = answer.data;
  const rows = changesOf(member?.capitalHistory ?? []).map((step) => [
    step.on,
    step.label,
    t(`cause.${causes.find((cause) => cause === step.cause) ?? 'other'}`),
    exact(step.change),
    exact(step.taxChange),
    exact(step.book),
    exact(step.tax),
  ]);
  const header = [
    t('day'),
    t('what'),
    t('trend.kind'),
    `${t('change')}, ${t('book')}`,
    `${t('change')}, ${t('tax')}`,
    t('book'),
    t('tax'),
  ];
  return made([cooperative.slug, 'capital', member?.displayName ?? '', cooperative.today], header, rows, {
    member,
  });
};

export const accounts: CsvReport = async (search) => {
  const t = await words();
  const answer = await ask(chartDocument, { asOf: dayOf(search, 'asOf') });
  if (!answer.ok) return refused(answer);
  const { accounts: chart, cooperative } = answer.data;
  const header = [t('no'), t('account'), t('type'), t('group'), t('inUse'), t('book'), t('tax')];
  const rows = chartRows(chart, { retired: true }).map(({ account, book, tax }) => [
    account.code,
    nameOf(account),
    account.type,
    account.parent?.code ?? '',
    account.active ? t('yes') : t('no_'),
    exact(account.leaf ? book : null),
    exact(account.leaf ? tax : null),
  ]);
  const day = dayOf(search, 'asOf') ?? cooperative.today;
  return made([cooperative.slug, 'chart-of-accounts', day], header, rows, { asOf: day, accounts: chart });
};

export const trends: CsvReport = async (search) => {
  const t = await words();
  const { periodName } = await getFormat();
  const { from, to } = askedDays(search);
  const step = search.step === 'quarter' ? 'quarter' : 'month';
  const basis = search.basis === 'tax' ? 'tax' : 'book';
  const answer = await ask(trendDocument, { from, to, periodId: 'none', allocation: false });
  if (!answer.ok) return refused(answer);
  const { cooperative, incomeByMonth, capitalMovements } = answer.data;
  const rows = incomeSteps(incomeByMonth, capitalMovements, step, basis).map((one) => [
    periodName(one.name),
    exact(one.revenue),
    exact(one.expense),
    exact(one.net),
  ]);
  const header = [t(`trend.${step}`), t('trend.revenue'), t('trend.expense'), t('trend.left')];
  return made([cooperative.slug, 'income-by', step, capitalMovements.to], header, rows, {
    incomeByMonth,
    capitalMovements,
  });
};
