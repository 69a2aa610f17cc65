// The operators' page: how far events lag, and what got stuck.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Said } from '../../../components/state/said.tsx';
import { FaultState } from '../../../components/state/states.tsx';
import { DeadLetters, Handlers, Jobs, Lag } from '../../../features/operation/operation-parts.tsx';
import { operationsDocument } from '../../../features/operation/operation.documents.ts';
import { read } from '../../../lib/api/request.ts';
import { Link } from '../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('operations'))('title') };
}

export default async function OperationsPage({ searchParams }: { searchParams: Promise<{ said?: string }> }) {
  const t = await getTranslations('operations');
  const settings = await getTranslations('settings');
  const answer = await read(operationsDocument, {});
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { operations, cooperative } = answer.data;
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={
          <Link href="/settings" className="link">
            {settings('all')}
          </Link>
        }
      />
      <p className="t-body mb-7 max-w-2xl text-ink-2">{t('lead')}</p>
      {(await searchParams).said === 'redriven' ? <Said>{t('redriven')}</Said> : null}
      <Lag operations={operations} />
      <DeadLetters letters={operations.deadLetters} timeZone={cooperative.timeZone} />
      <Handlers handlers={operations.handlers} />
      <Jobs schedules={operations.schedules} timeZone={cooperative.timeZone} />
    </Page>
  );
}
