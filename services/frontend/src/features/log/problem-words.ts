// Why an entry could not be logged as it stands, told while it is typed: a preview names only the reason, not the days and
// amounts a refusal brings along, so its sentences need none.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { reasonText } from '../../lib/api/refusal-words.ts';

export async function problemText(reason: string | null, period: string | null): Promise<string | null> {
  if (reason === null) return null;
  const t = await getTranslations('log.problem');
  const key = reason as Parameters<typeof t>[0];
  return t.has(key) ? t(key, { period: period ?? '' }) : reasonText(reason);
}
