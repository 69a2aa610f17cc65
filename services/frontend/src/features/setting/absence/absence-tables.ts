// Who is away, as a file.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvReport } from '../../../lib/csv-table.ts';
import { made, refused } from '../../../lib/csv-table.ts';
import { absenceRoomDocument } from './absence.documents.ts';

export const absences: CsvReport = async () => {
  const answer = await ask(absenceRoomDocument, {});
  if (!answer.ok) return refused(answer);
  const t = await getTranslations('settings.approval.away');
  const header = (['who', 'from', 'to', 'backup'] as const).map((one) => t(one));
  const rows = answer.data.absences.map(({ member, startsOn, endsOn, backup }) => [
    member.displayName,
    startsOn,
    endsOn,
    backup?.displayName ?? null,
  ]);
  return made(['absences', answer.data.cooperative.today], header, rows);
};
