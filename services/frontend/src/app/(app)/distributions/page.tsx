// Paying members: what is being paid, and what a closed period leaves to be calculated.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { ActForm } from '../../../components/control/act-form.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { RefreshWhile } from '../../../components/state/refresh-while.tsx';
import { Empty, FaultState, NoPermission } from '../../../components/state/states.tsx';
import { calculateDistribution } from '../../../features/distribution/distribution.actions.ts';
import type { DistributionsPage } from '../../../features/distribution/distribution.documents.ts';
import { distributionsDocument } from '../../../features/distribution/distribution.documents.ts';
import { DistributionSheet } from '../../../features/distribution/distribution-sheet.tsx';
import { getFormat } from '../../../lib/language/get-format.ts';
import { read } from '../../../lib/api/request.ts';
import { Link } from '../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('place.distributions') };
}

type Search = { after?: string; open?: string; accounts?: string };

export default async function PaymentsPage({ searchParams }: { searchParams: Promise<Search> }) {
  const t = await getTranslations('distributions');
  const { after = null, open, accounts } = await searchParams;
  const one = open !== undefined;
  const full = one && accounts === 'full';
  const answer = await read(distributionsDocument, { after, open: open ?? '', one, full });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { me, cooperative, distributions, distribution } = answer.data;
  if (!me.acts.includes('distribution.view_all')) return <NoPermission subject={t('title')} />;
  if (one && !distribution) notFound();
  const rows = distribution ? [distribution] : (distributions?.edges ?? []).map(({ node }) => node);
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={
          distribution ? (
            <Link href="/distributions" className="link">
              {t('all')}
            </Link>
          ) : (
            t('lead')
          )
        }
        acts={
          !distribution && me.acts.includes('distribution.calculate') ? (
            <Calculate page={answer.data} />
          ) : null
        }
      />
      {rows.length === 0 ? <Empty title={t('none.title')} text={t('none.text')} /> : null}
      <div className="grid gap-8">
        {rows.map((row) => (
          <DistributionSheet
            key={row.id}
            distribution={row}
            viewer={me.displayName}
            cooperative={cooperative}
            accounts={me.acts.includes('distribution.pay') ? (full ? 'full' : 'masked') : null}
            keys={{
              approve: randomUUID(),
              schedule: randomUUID(),
              paid: randomUUID(),
              failed: randomUUID(),
              cancel: randomUUID(),
              remind: randomUUID(),
            }}
          />
        ))}
      </div>
      {distributions?.pageInfo.hasNextPage ? (
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
  const { periodName } = await getFormat();
  const standing = new Set(
    (page.distributions?.edges ?? [])
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
      label={t('calculate', { period: periodName(period.name) })}
      tone="primary"
      actionKey={randomUUID()}
      about={{ periodId: period.id }}
      returnTo="/distributions"
    />
  );
}
