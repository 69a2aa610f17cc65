// The report of a close as a file: each step with what was looked at, who did it and when, what stops it, and the
// proposal as far as there is one.
import { getTranslations } from 'next-intl/server';
import type { PeriodClose } from '../../../../features/close/close.documents.ts';
import { periodCloseDocument } from '../../../../features/close/close.documents.ts';
import { stepKey } from '../../../../features/close/step-list.tsx';
import { ask } from '../../../../lib/api/request.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';
import type { CsvRow } from '../../../../lib/csv.ts';
import type { CsvReport } from '../../../../lib/csv-table.ts';
import { csvRoute, exact, made, refused } from '../../../../lib/csv-table.ts';

const closeTable: CsvReport = async ({ period }) => {
  const answer = await ask(periodCloseDocument, { periodId: period ?? null });
  if (!answer.ok) return refused(answer);
  const { periodClose: close } = answer.data;
  const t = await getTranslations('close');
  const { periodName } = await getFormat();
  return made(
    ['close', periodName(close?.period.name ?? '')],
    (['step', 'state', 'what', 'value', 'by', 'at'] as const).map((name) => t(`report.${name}`)),
    close ? [...close.steps.flatMap((step) => stepRows(step, t)), ...closingRows(close, t)] : [],
  );
};

export const GET = csvRoute(closeTable);

type Words = Awaited<ReturnType<typeof getTranslations<'close'>>>;

function stepRows(step: PeriodClose['steps'][number], t: Words): CsvRow[] {
  const name = `${step.number} ${t(`step.${stepKey(step)}.title`)}`;
  const by = step.doneBy?.displayName ?? (step.doneAt ? t('system') : null);
  return [
    [name, step.state.toLowerCase(), step.detail ?? '', null, by, step.doneAt],
    ...step.checks.map(({ text, ok }): CsvRow => [
      name,
      null,
      text,
      t(ok ? 'checkGood' : 'checkOpen'),
      null,
      null,
    ]),
    ...step.facts.map(({ label, value }): CsvRow => [name, null, label, { exact: value }, null, null]),
  ];
}

function closingRows({ blockers, proposal }: PeriodClose, t: Words): CsvRow[] {
  return [
    ...blockers.map(({ text }): CsvRow => [t('report.stops'), null, text, null, null, null]),
    ...(proposal?.lines ?? []).map(({ member, allocation }): CsvRow => [
      t('report.proposal'),
      null,
      member.displayName,
      exact(allocation),
      null,
      null,
    ]),
  ];
}
