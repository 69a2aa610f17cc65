// Separation of duties: who holds, or did, both parts of a pair that one person should not play.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../../../components/shell/page-head.tsx';
import { Page } from '../../../../components/shell/page.tsx';
import { FaultState } from '../../../../components/state/states.tsx';
import { DutySpan, DutyTable } from '../../../../features/audit/duty-parts.tsx';
import { dutiesFrom } from '../../../../features/audit/duty-table.ts';
import { dutiesDocument } from '../../../../features/audit/duty.documents.ts';
import { read } from '../../../../lib/api/request.ts';
import { getFormat } from '../../../../lib/language/get-format.ts';
import { Link } from '../../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit.duties'))('title') };
}

export default async function DutiesPage({ searchParams }: { searchParams: Promise<{ from?: string }> }) {
  const t = await getTranslations('audit.duties');
  const from = dutiesFrom(await searchParams);
  const answer = await read(dutiesDocument, { from });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { dateLong } = await getFormat();
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={
          <Link href="/audit" className="link">
            {t('audit')}
          </Link>
        }
      />
      <p className="t-body mb-6 max-w-2xl text-ink-2">{t('lead', { from: dateLong(from) })}</p>
      <DutySpan from={from} />
      <DutyTable
        conflicts={answer.data.dutyConflicts}
        from={from}
        timeZone={answer.data.cooperative.timeZone}
      />
    </Page>
  );
}
