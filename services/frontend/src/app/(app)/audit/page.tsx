// The audit trail: who did what and when, searchable; proof that nothing in it was changed; and a signed copy to take along.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../../components/control/button.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { FaultState } from '../../../components/state/states.tsx';
import { AuditFilterForm } from '../../../features/audit/audit-filter.tsx';
import { Chain, Trail } from '../../../features/audit/audit-parts.tsx';
import type { Search } from '../../../features/audit/audit-search.ts';
import { auditFilter, auditHref, pageOf } from '../../../features/audit/audit-search.ts';
import { auditDocument } from '../../../features/audit/audit.documents.ts';
import { read } from '../../../lib/api/request.ts';
import { Link } from '../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('audit'))('title') };
}

export default async function AuditPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('audit');
  const settings = await getTranslations('settings');
  const filter = auditFilter(search);
  const { after, check, noted, anchor } = pageOf(search);
  const answer = await read(auditDocument, { ...filter, after, check, ...anchor });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subjectName')} />;
  const { auditHead, auditTrail, auditVerdict, members, cooperative } = answer.data;
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={
          <Link href="/settings" className="link">
            {settings('all')}
          </Link>
        }
        ruled={false}
        acts={<ButtonLink href="/audit/duties">{t('duties.link')}</ButtonLink>}
      />
      <p className="t-body mb-7 max-w-2xl text-ink-2">{t('lead')}</p>
      <Chain
        head={auditHead}
        verdict={auditVerdict}
        noted={noted}
        unread={noted !== null && anchor === null}
      />
      <AuditFilterForm
        filter={filter}
        commands={auditHead.commands}
        rules={auditHead.rules}
        members={members.edges.map(({ node }) => node)}
      />
      <Trail
        entries={auditTrail.edges.map(({ node }) => node)}
        timeZone={cooperative.timeZone}
        csv={auditHref(filter, null, '/audit/csv/trail')}
      />
      <p className="t-small mt-3 flex gap-4">
        {auditTrail.pageInfo.hasNextPage ? (
          <Link href={auditHref(filter, auditTrail.pageInfo.endCursor)} className="link">
            {t('earlier')}
          </Link>
        ) : null}
        {after ? (
          <Link href={auditHref(filter)} className="link">
            {t('newest')}
          </Link>
        ) : null}
      </p>
    </Page>
  );
}
