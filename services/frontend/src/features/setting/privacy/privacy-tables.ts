// The erasures as a file, under the same rights as their page.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvReport } from '../../../lib/csv-table.ts';
import { exact, made, refused } from '../../../lib/csv-table.ts';
import { erasureRoomDocument } from './privacy.documents.ts';

export const erasures: CsvReport = async () => {
  const t = await getTranslations('privacy');
  const answer = await ask(erasureRoomDocument, {});
  if (!answer.ok) return refused(answer);
  const header = (
    [
      'member',
      'requestedAt',
      'requestedBy',
      'approvedBy',
      'state',
      'settledAt',
      'obstacleHead',
      'amount',
    ] as const
  ).map((one) => t(one));
  const rows = answer.data.erasures.map((one) => [
    ...[
      one.member.displayName,
      one.requestedAt,
      one.requestedBy.displayName,
      one.approvedBy?.displayName ?? null,
    ],
    ...[one.status, one.settledAt, one.obstacle, exact(one.obstacleAmount)],
  ]);
  return made(['erasures', answer.data.cooperative.today], header, rows);
};
