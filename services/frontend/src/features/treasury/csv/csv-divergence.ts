// The files of the divergence of book and tax: its accounts, its members and its layers.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../../lib/api/request.ts';
import type { CsvRow } from '../../../lib/csv.ts';
import type { CsvReport } from '../../../lib/csv-table.ts';
import { exact, made, refused } from '../../../lib/csv-table.ts';
import type { Divergence } from '../report/divergence.documents.ts';
import { divergenceDocument } from '../report/divergence.documents.ts';
import { layersOf } from '../report/divergence-tables.tsx';
import { dayOf } from '../search.ts';
import { nameOf } from './csv-reports.ts';

type Words = Awaited<ReturnType<typeof getTranslations<'treasury'>>>;
type Table = { header: readonly string[]; rows: readonly CsvRow[] };

const fileOf =
  (name: string, tableOf: (divergence: Divergence, t: Words) => Table): CsvReport =>
  async (search) => {
    const answer = await ask(divergenceDocument, { asOf: dayOf(search, 'asOf') });
    if (!answer.ok) return refused(answer);
    const { cooperative, divergence } = answer.data;
    const { header, rows } = tableOf(divergence, await getTranslations('treasury'));
    return made([cooperative.slug, name, divergence.asOf], header, rows, { divergence });
  };

export const divergence = fileOf('divergence', ({ lines }, t) => ({
  header: [t('no'), t('account'), t('book'), t('tax'), t('divergent.difference')],
  rows: lines.map(({ account, book, tax, difference }) => [
    account.code,
    nameOf(account),
    exact(book),
    exact(tax),
    exact(difference),
  ]),
}));

export const divergenceMembers = fileOf('divergence-members', ({ members }, t) => ({
  header: [t('member'), t('book'), t('tax'), t('divergent.difference'), t('divergent.builtIn')],
  rows: members.map(({ member, book, tax, difference, builtInGain }) => [
    member.displayName,
    exact(book),
    exact(tax),
    exact(difference),
    exact(builtInGain),
  ]),
}));

export const divergenceLayers = fileOf('divergence-layers', (found, t) => ({
  header: [
    t('day'),
    t('what'),
    t('transaction'),
    t('member'),
    t('account'),
    t('book'),
    t('tax'),
    t('divergent.builtIn'),
  ],
  rows: layersOf(found).map(({ effectiveOn, transaction, member, account, book, tax, builtInGain }) => [
    effectiveOn,
    transaction.description,
    transaction.number,
    member.displayName,
    `${account.code} ${nameOf(account)}`,
    exact(book),
    exact(tax),
    exact(builtInGain),
  ]),
}));
