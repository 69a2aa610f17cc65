// What waits for a second person, as a file.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvReport } from '../../../lib/csv-table.ts';
import { made, refused } from '../../../lib/csv-table.ts';
import { waitingDocument } from './waiting.documents.ts';

export const waiting: CsvReport = async () => {
  const answer = await ask(waitingDocument, {});
  if (!answer.ok) return refused(answer);
  const t = await getTranslations('settings.waitingRoom');
  const header = (['what', 'why', 'by', 'since', 'until'] as const).map((one) => t(one));
  const rows = answer.data.waitingRequests.map(({ act, reason, by, member, requestedAt, expiresAt }) => [
    t(`act.${act as 'lockPeriod'}`),
    member?.displayName ?? reason,
    by?.displayName ?? null,
    requestedAt,
    expiresAt,
  ]);
  return made(['waiting', answer.data.cooperative.today], header, rows);
};
