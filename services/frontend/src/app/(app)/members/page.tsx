// The directory of members, for those whose role sees them all.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { ButtonLink } from '../../../components/control/button.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import { MemberFilter, isMemberStatus } from '../../../features/member/member-filter.tsx';
import { MemberTable } from '../../../features/member/member-table.tsx';
import { membersDocument } from '../../../features/member/member.documents.ts';
import { read } from '../../../lib/api/request.ts';

type Search = { search?: string; status?: string; class?: string; after?: string };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members'))('title') };
}

export default async function MembersPage({ searchParams }: { searchParams: Promise<Search> }) {
  const t = await getTranslations('members');
  const search = await searchParams;
  const answer = await read(membersDocument, {
    search: search.search?.trim().slice(0, 200) || null,
    status: isMemberStatus(search.status) ? search.status : null,
    class: search.class || null,
    after: search.after ?? null,
  });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, members, memberClasses } = answer.data;
  const rows = members.edges.map(({ node }) => node);
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={t('count', { count: members.totalCount })}
        acts={
          me.acts.includes('member.manage') ? (
            <ButtonLink href="/members/new" tone="primary" icon="plus">
              {t('add')}
            </ButtonLink>
          ) : null
        }
      />
      <MemberFilter
        search={search.search ?? ''}
        status={search.status ?? ''}
        memberClass={search.class ?? ''}
        classes={memberClasses}
      />
      {rows.length > 0 ? (
        <MemberTable members={rows} />
      ) : (
        <Empty title={t('none.title')} text={t('none.text')}>
          <ButtonLink href="/members">{t('none.all')}</ButtonLink>
        </Empty>
      )}
      {members.pageInfo.hasNextPage ? (
        <p className="mt-4">
          <Link href={further(search, members.pageInfo.endCursor)} className="link t-ui">
            {t('earlier')}
          </Link>
        </p>
      ) : null}
    </Page>
  );
}

function further(search: Search, cursor: string | null): string {
  const query = new URLSearchParams();
  for (const name of ['search', 'status', 'class'] as const) if (search[name]) query.set(name, search[name]);
  if (cursor) query.set('after', cursor);
  return `/members?${query.toString()}`;
}
