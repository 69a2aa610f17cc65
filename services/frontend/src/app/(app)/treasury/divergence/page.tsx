// Where book and tax differ at the end of a day, and what property with a built-in gain has to do with it.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '../../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../../components/state/states.tsx';
import { divergenceDocument } from '../../../../features/treasury/report/divergence.documents.ts';
import { DivergenceTables } from '../../../../features/treasury/report/divergence-tables.tsx';
import { ReportForm } from '../../../../features/treasury/report/report-form.tsx';
import type { Search } from '../../../../features/treasury/search.ts';
import { addressOf, dayOf } from '../../../../features/treasury/search.ts';
import { TreasuryHead } from '../../../../features/treasury/treasury-head.tsx';
import { read } from '../../../../lib/api/request.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('divergence') };
}

export default async function DivergencePage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const { dateLong } = await getFormat();
  const answer = await read(divergenceDocument, { asOf: dayOf(search, 'asOf') });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, divergence } = answer.data;
  const { asOf } = divergence;
  return (
    <Page>
      <TreasuryHead
        title={t('divergence')}
        json
        csv={addressOf('/treasury/csv/divergence', { asOf })}
        print
      />
      <ReportForm
        path="/treasury/divergence"
        days={[{ name: 'asOf', label: t('asOf'), value: asOf }]}
        kept={{}}
      />
      <p className="print-only t-small mb-3">{t('printedAt', { day: dateLong(asOf) })}</p>
      {divergence.lines.length === 0 && divergence.members.length === 0 ? (
        <Empty title={t('divergent.none.title')} text={t('divergent.none.text')} />
      ) : (
        <>
          <p className="t-body mb-6 max-w-2xl">{t('divergent.sentence')}</p>
          <DivergenceTables divergence={divergence} opensJournal={me.acts.includes('journal.view')} />
        </>
      )}
    </Page>
  );
}
