// Members' capital at the end of a day, by what it is made of.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { Page } from '../../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../../components/state/states.tsx';
import { CapitalTable } from '../../../../features/treasury/report/capital-table.tsx';
import { ReportForm } from '../../../../features/treasury/report/report-form.tsx';
import { memberCapitalDocument } from '../../../../features/treasury/report/report.documents.ts';
import type { Search } from '../../../../features/treasury/search.ts';
import { addressOf, dayOf } from '../../../../features/treasury/search.ts';
import { TreasuryHead } from '../../../../features/treasury/treasury-head.tsx';
import { read } from '../../../../lib/api/request.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('memberCapital') };
}

export default async function MemberCapitalPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('treasury');
  const { dateLong } = await getFormat();
  const asked = dayOf(search, 'asOf');
  const answer = await read(memberCapitalDocument, { asOf: asked });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, memberCapital: rows, cooperative } = answer.data;
  const asOf = asked ?? cooperative.today;
  return (
    <Page>
      <TreasuryHead
        title={t('memberCapital')}
        json
        csv={addressOf('/treasury/csv/members-capital', { asOf })}
        print
      />
      <ReportForm
        path="/treasury/capital"
        days={[{ name: 'asOf', label: t('asOf'), value: asOf }]}
        kept={{}}
      />
      <p className="print-only t-small mb-3">{t('printedAt', { day: dateLong(asOf) })}</p>
      {rows.length === 0 ? (
        <Empty title={t('noMembers.title')} text={t('noMembers.text')} />
      ) : (
        <CapitalTable
          rows={rows.toSorted((a, b) => a.member.number - b.member.number)}
          asOf={asOf}
          opensJournal={me.acts.includes('journal.view')}
        />
      )}
    </Page>
  );
}
