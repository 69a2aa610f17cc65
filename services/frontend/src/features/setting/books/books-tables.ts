// The settings of the books as files: where contributions post, and every change.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvReport } from '../../../lib/csv-table.ts';
import { made, refused } from '../../../lib/csv-table.ts';
import { booksDocument } from './books.documents.ts';

export const postingRules: CsvReport = async () => {
  const t = await getTranslations('settings');
  const kinds = await getTranslations('kind');
  const answer = await ask(booksDocument, {});
  if (!answer.ok) return refused(answer);
  const rows = answer.data.treasurySettings.postingRules.map(({ kind, category, account }) => [
    kinds(kind),
    category,
    account?.code ?? null,
    account?.name ?? t('books.nothing'),
  ]);
  const header = [t('rates.kind'), t('form.category'), t('file.accountCode'), t('books.account')];
  return made(['posting-rules'], header, rows);
};

export const bookChanges: CsvReport = async () => {
  const t = await getTranslations('settings');
  const answer = await ask(booksDocument, {});
  if (!answer.ok) return refused(answer);
  const rows = answer.data.treasurySettings.versions.map((one) => [
    one.topic,
    one.kind,
    one.category,
    one.before,
    one.after,
    one.rationale,
    one.status,
    one.setBy?.displayName ?? null,
    one.setAt,
    one.decidedBy?.displayName ?? null,
    one.decidedAt,
    one.declineReason,
  ]);
  const header = [
    t('history.what'),
    t('rates.kind'),
    t('form.category'),
    t('file.before'),
    t('file.after'),
    t('form.why'),
    t('history.state'),
    ...(['setBy', 'setAt', 'decidedBy', 'decidedAt', 'reason'] as const).map((name) => t(`file.${name}`)),
  ];
  return made(['books-changes'], header, rows);
};
