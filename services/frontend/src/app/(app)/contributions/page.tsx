// My contributions; with `member` in the address another member's, for those who see all.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../../components/control/button.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import { ContributionList } from '../../../features/contribution-list/contribution-list.tsx';
import { contributionListDocument } from '../../../features/contribution/contribution.documents.ts';
import { ListFilter } from '../../../features/contribution-list/list-filter.tsx';
import type { ListQuery } from '../../../features/contribution-list/list-query.ts';
import { listAddress, readListQuery, variablesOf } from '../../../features/contribution-list/list-query.ts';
import { read } from '../../../lib/api/request.ts';
import { ownMemberId } from '../../../features/session/own-member.ts';
import { getFormat } from '../../../lib/language/get-format.ts';
import { Icon } from '../../../components/icon.tsx';
import { Link } from '../../../components/link.tsx';

type Search = Readonly<Record<string, string | undefined>>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('contributions'))('title') };
}

export default async function ContributionsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const { dateMonthDay, periodName } = await getFormat();
  const query = readListQuery(await searchParams);
  const t = await getTranslations('contributions');
  const own = await ownMemberId();
  const memberId = query.member ?? own;
  const other = memberId !== own;
  const variables = { ...variablesOf(query), memberId, of: memberId ?? '', other, first: 50 };
  const answer = await read(contributionListDocument, variables);
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { contributions, currentPeriod, periods, me, member } = answer.data;
  const rows = contributions.edges.map(({ node }) => node);
  const filtered = listAddress(query, { after: query.after }) !== '/contributions';
  const log =
    !other && me.acts.includes('contribution.log_own') ? (
      <>
        <ButtonLink href="/contributions/week" tone="quiet" icon={<Icon name="calendar" />}>
          {t('week')}
        </ButtonLink>
        <ButtonLink href="/contributions/new" tone="primary" icon={<Icon name="plus" />} keyName="N">
          {t('log')}
        </ButtonLink>
      </>
    ) : null;
  return (
    <Page>
      <PageHead
        title={member ? t('titleOf', { name: member.displayName }) : t('title')}
        above={<Above member={member ?? null} count={contributions.totalCount} />}
        acts={log}
      />
      <ListFilter
        query={query}
        periods={periods.toSorted((a, b) => (a.from < b.from ? 1 : -1))}
        categories={[...new Set(rows.map(({ category }) => category))].toSorted()}
      />
      {rows.length > 0 ? (
        <>
          <ContributionList
            contributions={rows}
            caption={member ? t('captionOf', { name: member.displayName }) : t('caption')}
          />
          <PageFoot
            query={query}
            next={contributions.pageInfo.hasNextPage ? contributions.pageInfo.endCursor : null}
          />
        </>
      ) : filtered ? (
        <Empty title={t('none.title')} text={t('none.text')}>
          <ButtonLink href={member ? listAddress(readListQuery({ member: member.id })) : '/contributions'}>
            {t('none.all')}
          </ButtonLink>
        </Empty>
      ) : (
        <Empty
          title={t('first.title', { period: periodName(currentPeriod?.name ?? '') })}
          text={t('first.text', { day: currentPeriod ? dateMonthDay(currentPeriod.from) : '' })}
        >
          {log}
        </Empty>
      )}
    </Page>
  );
}

/** How many there are, and whose they are where they are not one's own. */
async function Above({ member, count }: { member: { id: string } | null; count: number }) {
  const t = await getTranslations('contributions');
  return (
    <>
      {member ? (
        <>
          <Link href={`/members/${encodeURIComponent(member.id)}`} className="link">
            {t('profile')}
          </Link>{' '}
          ·{' '}
        </>
      ) : null}
      {t('count', { count })}
    </>
  );
}

/** Where the list goes on, and the whole of it as a file. */
async function PageFoot({ query, next }: { query: ListQuery; next: string | null }) {
  const t = await getTranslations('contributions');
  return (
    <p className="t-ui mt-4 flex flex-wrap gap-x-6 gap-y-2">
      {next ? (
        <Link href={listAddress(query, { after: next })} className="link">
          {t('earlier')}
        </Link>
      ) : null}
      {query.after ? (
        <Link href={listAddress(query)} className="link">
          {t('newest')}
        </Link>
      ) : null}
      <a href={listAddress(query, {}, '/contributions/csv')} className="link" download>
        {t('csv')}
      </a>
    </p>
  );
}
