// The directory of members, for those whose role sees them all.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../../components/control/button.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import type { MemberSearch } from '../../../features/member/member-filter.tsx';
import { MemberFilter, variablesOf } from '../../../features/member/member-filter.tsx';
import { MemberList } from '../../../features/member/member-list.tsx';
import { membersDocument } from '../../../features/member/member.documents.ts';
import { read } from '../../../lib/api/request.ts';
import { Icon } from '../../../components/icon.tsx';
import { Link } from '../../../components/link.tsx';

type Search = MemberSearch & { after?: string | undefined };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('members'))('title') };
}

export default async function MembersPage({ searchParams }: { searchParams: Promise<Search> }) {
  const t = await getTranslations('members');
  const search = await searchParams;
  const answer = await read(membersDocument, {
    ...variablesOf(search),
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
            <ButtonLink href="/members/new" tone="primary" icon={<Icon name="plus" />}>
              {t('add')}
            </ButtonLink>
          ) : null
        }
      />
      <MemberFilter wanted={search} classes={memberClasses} />
      {rows.length > 0 ? (
        <MemberList members={rows} csv={addressOf('/members/csv', { ...search, after: undefined })} />
      ) : (
        <Empty title={t('none.title')} text={t('none.text')}>
          <ButtonLink href="/members">{t('none.all')}</ButtonLink>
        </Empty>
      )}
      {members.pageInfo.hasNextPage ? (
        <p className="mt-4">
          <Link
            href={addressOf('/members', { ...search, after: members.pageInfo.endCursor ?? undefined })}
            className="link t-ui"
          >
            {t('earlier')}
          </Link>
        </p>
      ) : null}
    </Page>
  );
}

function addressOf(path: string, search: Partial<Search>): string {
  const query = new URLSearchParams();
  for (const name of ['search', 'status', 'class', 'after'] as const)
    if (search[name]) query.set(name, search[name]);
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}
