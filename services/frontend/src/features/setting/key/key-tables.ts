// The keys as a file, under the same rights as their page.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvReport } from '../../../lib/csv-table.ts';
import { exact, made, refused } from '../../../lib/csv-table.ts';
import { keyRoomDocument } from './key.documents.ts';

export const apiKeys: CsvReport = async () => {
  const t = await getTranslations('settings.apiKeys');
  const answer = await ask(keyRoomDocument, {});
  if (!answer.ok) return refused(answer);
  const header = (
    ['name', 'supervisor', 'scopes', 'ceiling', 'hourlyLimit', 'lastUsed', 'ends', 'state'] as const
  ).map((one) => t(one));
  const rows = answer.data.apiKeys.map((key) => [
    key.name,
    key.supervisor.displayName,
    key.scopes.join(' '),
    exact(key.ceiling),
    key.hourlyLimit,
    key.lastUsedAt,
    key.expiresAt,
    t(`over.${key.status}`),
  ]);
  return made(['api-keys', answer.data.cooperative.today], header, rows);
};
