// Paying members: what is being paid, and what a closed period leaves to be calculated.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import Link from 'next/link';
import { ActForm } from '../../../components/control/act-form.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { RefreshWhile } from '../../../components/state/refresh-while.tsx';
import { Empty, FaultState, NoPermission } from '../../../components/state/states.tsx';
import { calculateDistribution } from '../../../features/distribution/distribution.actions.ts';
import type { DistributionsPage } from '../../../features/distribution/distribution.documents.ts';
import { distributionsDocument } from '../../../features/distribution/distribution.documents.ts';
import { DistributionSheet } from '../../../features/distribution/distribution-sheet.tsx';
import { read } from '../../../lib/api/request.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('place.distributions') };
}

export default async function PaymentsPage({ searchParams }: { searchParams: Promise<{ after?: string }> }) {
  const t = await getTranslations('distributions');
  const answer = await read(distributionsDocument, { after: (await searchParams).after ?? null });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { me, cooperative, distributions } = answer.data;
  if (!me.acts.includes('distribution.view_all')) return <NoPermission subject={t('title')} />;
  const rows = distributions.edges.map(({ node }) => node);
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={t('lead')}
        acts={me.acts.includes('distribution.calculate') ? <Calculate page={answer.data} /> : null}
      />
      {rows.length === 0 ? <Empty title={t('none.title')} text={t('none.text')} /> : null}
      <div className="grid gap-8">
        {rows.map((distribution) => (
          <DistributionSheet
            key={distribution.id}
            distribution={distribution}
            viewer={me.displayName}
            cooperative={cooperative}
            keys={{
              approve: randomUUID(),
              schedule: randomUUID(),
              paid: randomUUID(),
              failed: randomUUID(),
              cancel: randomUUID(),
            }}
          />
        ))}
      </div>
      {distributions.pageInfo.hasNextPage ? (
        <p className="mt-5">
          <Link
            href={`/distributions?after=${encodeURIComponent(distributions.pageInfo.endCursor ?? '')}`}
            className="link t-ui"
          >
            {t('earlier')}
          </Link>
        </p>
      ) : null}
      <RefreshWhile
        working={rows.some(({ lines }) =>
          lines.some(({ status }) => /scheduling|paying|voiding/i.test(status)),
        )}
      />
    </Page>
  );
}

/** The newest closed period, while nobody has calculated its cash. */
async function Calculate({ page }: { page: DistributionsPage }) {
  const t = await getTranslations('distributions');
  const standing = new Set(
    page.distributions.edges
      .filter(({ node }) => !/cancelled|failed/i.test(node.status))
      .map(({ node }) => node.period?.id),
  );
  const [period] = page.periods
    .filter(({ status }) => /closed|locked/i.test(status))
    .toSorted((a, b) => (a.from < b.from ? 1 : -1));
  if (!period || standing.has(period.id)) return null;
  return (
    <ActForm
      act={calculateDistribution}
      label={t('calculate', { period: period.name })}
      tone="primary"
      actionKey={randomUUID()}
      about={{ periodId: period.id }}
      returnTo="/distributions"
    />
  );
}
