// The approval queue: list and detail. On a phone the list comes first and the chosen item takes its place.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../../components/control/button.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { RefreshWhile } from '../../../components/state/refresh-while.tsx';
import { Empty, FaultState, NoPermission } from '../../../components/state/states.tsx';
import { ApprovalDesk } from '../../../features/approval/approval-desk.tsx';
import type { Decision, Queue } from '../../../features/approval/approval.documents.ts';
import { approvalQueueDocument } from '../../../features/approval/approval.documents.ts';
import { DecisionSheet } from '../../../features/approval/decision-sheet.tsx';
import { LiveQueue } from '../../../features/approval/live-queue.tsx';
import { QueueFilterForm } from '../../../features/approval/queue-filter.tsx';
import type { QueuePage } from '../../../features/approval/queue-place.ts';
import {
  filtersSet,
  nextHref,
  queueHref,
  readQueueFilter,
  variablesOf,
} from '../../../features/approval/queue-place.ts';
import { reasonText } from '../../../lib/api/refusal-words.ts';
import { read } from '../../../lib/api/request.ts';
import { Link } from '../../../components/link.tsx';

type Search = Readonly<Record<string, string | undefined>>;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('approvals'))('title') };
}

export default async function ApprovalsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const search = await searchParams;
  const t = await getTranslations('approvals');
  const filter = readQueueFilter(search);
  const answer = await read(approvalQueueDocument, {
    ...variablesOf(filter),
    after: search['after'] ?? null,
    item: search['item'] ?? '',
    chosen: search['item'] !== undefined,
  });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { approvalQueue: queue, approvalPolicy: policy, me, cooperative } = answer.data;
  if (!me.acts.includes('contribution.approve')) return <NoPermission subject={t('title')} />;
  const rows = queue.edges.map(({ node }) => node);
  const open = (search['item'] === undefined ? queue.head : answer.data.contribution) ?? null;
  const currentId = search['item'] ?? open?.id ?? null;
  const { hasNextPage, endCursor } = queue.pageInfo;
  const page = {
    after: search['after'] ?? null,
    endCursor: hasNextPage ? (endCursor ?? null) : null,
    filter,
  };
  const narrowed = filtersSet(filter) > 0;
  if (rows.length === 0 && !search['item'] && !narrowed) {
    return <ClearQueue />;
  }
  const roles = await getTranslations('shell');
  return (
    <ApprovalDesk
      title={t('title')}
      summary={t.rich('summary', {
        count: queue.totalCount,
        stale: queue.staleCount,
        days: policy.staleDays,
        old: (words) => <strong className="font-semibold text-wait">{words}</strong>,
      })}
      rows={rows}
      currentId={currentId}
      after={page.after}
      filter={filter}
      filterForm={
        <QueueFilterForm
          filter={filter}
          categories={[...new Set(rows.map(({ category }) => category))].toSorted()}
          staleDays={policy.staleDays}
        />
      }
      opened={search['item'] !== undefined}
      bulkKey={randomUUID()}
      more={<ListEnd none={rows.length === 0} page={page} />}
    >
      <LiveQueue currentId={currentId} />
      {currentId ? (
        <OpenItem
          found={open}
          next={open ? nextHref(rows, open, page) : queueHref({ filter })}
          viewer={{
            name: me.displayName,
            role: roles('role.reviewer'),
            memberId: me.member?.id ?? null,
          }}
          cooperative={cooperative}
          policy={policy}
        />
      ) : null}
    </ApprovalDesk>
  );
}

async function ClearQueue() {
  const t = await getTranslations('approvals.clear');
  return (
    <Page>
      <Empty title={t('title')} text={t('text')} />
      <LiveQueue currentId={null} />
      <RefreshWhile working everySeconds={20} />
    </Page>
  );
}

/** Below the list: its next page, or why there is nothing in it. */
async function ListEnd({ none, page }: { none: boolean; page: QueuePage }) {
  const t = await getTranslations('approvals');
  if (none)
    return (
      <Empty title={t('noMatch.title')} text={t('noMatch.text')}>
        <ButtonLink href="/approvals">{t('noMatch.all')}</ButtonLink>
      </Empty>
    );
  return page.endCursor ? (
    <p className="p-4">
      <Link href={queueHref({ after: page.endCursor, filter: page.filter })} className="link t-ui">
        {t('later')}
      </Link>
    </p>
  ) : null;
}

type OpenItemProps = {
  found: Decision | null;
  next: string;
  viewer: { name: string; role: string; memberId: string | null };
  cooperative: { currency: string; timeZone: string };
  policy: Queue['approvalPolicy'];
};

async function OpenItem({ found, next, viewer, cooperative, policy }: OpenItemProps) {
  const t = await getTranslations('approvals');
  if (!found) return <Empty title={t('gone.title')} text={t('gone.text')} />;
  const item = { ...found, cannotBecause: await reasonText(found.cannotBecause) };
  const keys = {
    approve: randomUUID(),
    adjust: randomUUID(),
    ask: randomUUID(),
    reject: randomUUID(),
    comment: randomUUID(),
    remind: randomUUID(),
  };
  return (
    <>
      <DecisionSheet
        item={item}
        viewer={viewer}
        currency={cooperative.currency}
        timeZone={cooperative.timeZone}
        twoFrom={found.kind === 'IN_KIND' ? policy.inKindTwoApproversFrom : policy.twoApproversFrom}
        next={next}
        keys={keys}
      />
      <RefreshWhile working everySeconds={20} />
    </>
  );
}
