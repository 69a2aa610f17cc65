// My contributions.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { ButtonLink } from '../../../components/control/button.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import { ContributionList } from '../../../features/contribution/contribution-list.tsx';
import { contributionListDocument } from '../../../features/contribution/contribution.documents.ts';
import { ListFilter, isStatusGroup, statusGroups } from '../../../features/contribution/list-filter.tsx';
import { read } from '../../../lib/api/request.ts';
import { ownMemberId } from '../../../features/session/own-member.ts';
import { getFormat } from '../../../lib/language/get-format.ts';

type Search = { status?: string; period?: string; after?: string };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contributions'))('title') };
}

export default async function ContributionsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { dateMonthDay } = await getFormat();
  const search = await searchParams;
  const t = await getTranslations('contributions');
  const group = isStatusGroup(search.status) ? search.status : 'all';
  const memberId = await ownMemberId();
  const answer = await read(contributionListDocument, {
    memberId,
    periodId: search.period ?? null,
    status: group === 'all' ? null : [...statusGroups[group]],
    after: search.after ?? null,
  });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { contributions, currentPeriod, periods, me } = answer.data;
  const rows = contributions.edges.map(({ node }) => node);
  const filtered = group !== 'all' || search.period !== undefined || search.after !== undefined;
  const log = me.acts.includes('contribution.log_own') ? (
    <ButtonLink href="/contributions/new" tone="primary" icon="plus" keyName="N">
      {t('log')}
    </ButtonLink>
  ) : null;
  return (
    <Page>
      <PageHead title={t('title')} above={t('count', { count: contributions.totalCount })} acts={log} />
      <ListFilter
        group={group}
        period={search.period ?? null}
        periods={periods.toSorted((a, b) => (a.from < b.from ? 1 : -1))}
      />
      {rows.length > 0 ? (
        <>
          <ContributionList contributions={rows} />
          {contributions.pageInfo.hasNextPage ? (
            <p className="mt-4">
              <Link href={earlier(search, contributions.pageInfo.endCursor)} className="link t-ui">
                {t('earlier')}
              </Link>
            </p>
          ) : null}
        </>
      ) : filtered ? (
        <Empty title={t('none.title')} text={t('none.text')}>
          <ButtonLink href="/contributions">{t('none.all')}</ButtonLink>
        </Empty>
      ) : (
        <Empty
          title={t('first.title', { period: currentPeriod?.name ?? '' })}
          text={t('first.text', { day: currentPeriod ? dateMonthDay(currentPeriod.from) : '' })}
        >
          {log}
        </Empty>
      )}
    </Page>
  );
}

function earlier(search: Search, cursor: string | null): string {
  const query = new URLSearchParams();
  if (search.status) query.set('status', search.status);
  if (search.period) query.set('period', search.period);
  if (cursor) query.set('after', cursor);
  return `/contributions?${query.toString()}`;
}
