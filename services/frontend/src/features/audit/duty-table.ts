// The report on separation of duties: its words, from which day it looks, and it as a file.
import 'server-only';
import { conflictingDuties, isLocalDate } from '@habitat/kernel';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../lib/api/request.ts';
import type { CsvReport } from '../../lib/csv-table.ts';
import { made, refused } from '../../lib/csv-table.ts';
import { dutiesDocument } from './duty.documents.ts';

/** The day the report looks from: the one in the address, or a year back. */
export function dutiesFrom(search: { readonly from?: string | undefined }): string {
  if (search.from !== undefined && isLocalDate(search.from)) return search.from;
  const now = new Date();
  return `${now.getUTCFullYear() - 1}${now.toISOString().slice(4, 10)}`.replace('-02-29', '-02-28');
}

/** The report as a file. */
export const duties: CsvReport = async (search) => {
  const from = dutiesFrom(search);
  const answer = await ask(dutiesDocument, { from });
  if (!answer.ok) return refused(answer);
  const t = await getTranslations('audit.duties');
  const role = await getTranslations('shell.role');
  const roles = (names: readonly string[]) => names.map((name) => role(name as 'reviewer')).join(', ');
  const header = (
    ['pair', 'who', 'holdsFirst', 'holdsSecond', 'didFirst', 'didSecond', 'both', 'last'] as const
  ).map((one) => t(one));
  const rows = answer.data.dutyConflicts.map((one) => {
    const pair = conflictingDuties().find(({ key }) => key === one.pair);
    return [
      pair ? t(`pairs.${pair.key as 'audits_own_work'}`) : one.pair,
      one.member.displayName,
      roles(one.firstRoles),
      roles(one.secondRoles),
      one.firstDone,
      one.secondDone,
      one.bothDone,
      one.lastAt,
    ];
  });
  return made(['separation-of-duties', answer.data.cooperative.today], header, rows);
};
