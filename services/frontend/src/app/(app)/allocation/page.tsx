// How your share came out: the arithmetic of one period, down to the contributions.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { ButtonLink } from '../../../components/control/button.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { Empty, FaultState } from '../../../components/state/states.tsx';
import type { AllocationPage, MyAllocation } from '../../../features/allocation/allocation.documents.ts';
import { myAllocationDocument } from '../../../features/allocation/allocation.documents.ts';
import { DraftStory } from '../../../features/allocation/draft-story.tsx';
import { GivenTable } from '../../../features/allocation/given-table.tsx';
import { ShareResult, ShareTerms } from '../../../features/allocation/share-aside.tsx';
import { ShareStory, Step } from '../../../features/allocation/share-story.tsx';
import { read } from '../../../lib/api/request.ts';
import { opening } from '../../../lib/format.ts';
import { getFormat } from '../../../lib/language/get-format.ts';
import { Icon } from '../../../components/icon.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('allocation'))('title') };
}

export default async function MyAllocationPage({
  searchParams,
}: {
  searchParams: Promise<{ period?: string }>;
}) {
  const { dateMonthDay, periodName } = await getFormat();
  const t = await getTranslations('allocation');
  const wanted = (await searchParams).period ?? null;
  const answer = await read(myAllocationDocument, { periodId: wanted });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { me, myAllocation: allocation, periods, cooperative } = answer.data;
  const draft = answer.data.myDraftAllocation;
  if (!allocation && draft?.period.id === wanted) {
    const { name, from, to } = draft.period;
    return (
      <Page>
        <PageHead
          title={t('draftTitle')}
          above={t('aboveDraft', {
            period: opening(periodName(name)),
            from: dateMonthDay(from),
            to: dateMonthDay(to),
          })}
          ruled={false}
        />
        <DraftStory draft={draft} cooperative={cooperative} />
      </Page>
    );
  }
  if (!allocation) return <NothingYet />;
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={await aboveLine(allocation)}
        acts={<Acts allocation={allocation} periods={periods} />}
        ruled={false}
      />
      {/* In the order of a phone: what came later and stood higher would push down what is already read. */}
      <div className="explained grid gap-x-14 gap-y-8 wide:grid-cols-[minmax(0,1fr)_312px] wide:grid-rows-[auto_1fr]">
        <div className="wide:col-start-2">
          <ShareResult allocation={allocation} currency={cooperative.currency} />
        </div>
        <div className="border-t-2 border-ink wide:col-start-1 wide:row-span-2 wide:row-start-1">
          <Step number={1} title={t('gave')}>
            <GivenTable categories={allocation.categories} total={allocation.total} />
          </Step>
          <ShareStory
            allocation={allocation}
            currency={cooperative.currency}
            sources={sourcesOf(allocation, me.acts)}
          />
        </div>
        <div className="grid content-start gap-9 wide:col-start-2">
          <ShareTerms allocation={allocation} timeZone={cooperative.timeZone} />
        </div>
      </div>
    </Page>
  );
}

async function aboveLine({ period, final, finalOn }: MyAllocation): Promise<string> {
  const { dateMonthDay, dateLong, periodName } = await getFormat();
  const t = await getTranslations('allocation');
  const values = {
    period: opening(periodName(period.name)),
    from: dateMonthDay(period.from),
    to: dateMonthDay(period.to),
  };
  return final && finalOn ? t('aboveFinal', { ...values, on: dateLong(finalOn) }) : t('aboveDraft', values);
}

async function Acts({
  allocation,
  periods,
}: {
  allocation: MyAllocation;
  periods: AllocationPage['periods'];
}) {
  const t = await getTranslations('allocation');
  const { periodName } = await getFormat();
  const ordered = periods.toSorted((a, b) => (a.from < b.from ? -1 : 1));
  const at = ordered.findIndex(({ id }) => id === allocation.period.id);
  const [before, after] = [ordered[at - 1], ordered[at + 1]];
  return (
    <>
      {allocation.statementId ? (
        <ButtonLink
          href={`/statements/${encodeURIComponent(allocation.statementId)}`}
          icon={<Icon name="statement" />}
        >
          {t('statement')}
        </ButtonLink>
      ) : null}
      {before ? (
        <ButtonLink href={`/allocation?period=${encodeURIComponent(before.id)}`} icon={<Icon name="left" />}>
          {opening(periodName(before.name))}
        </ButtonLink>
      ) : null}
      {after ? (
        <ButtonLink href={`/allocation?period=${encodeURIComponent(after.id)}`} icon={<Icon name="right" />}>
          {opening(periodName(after.name))}
        </ButtonLink>
      ) : null}
    </>
  );
}

async function NothingYet() {
  const t = await getTranslations('allocation.none');
  return (
    <Page>
      <Empty title={t('title')} text={t('text')}>
        <ButtonLink href="/">{t('act')}</ButtonLink>
      </Empty>
    </Page>
  );
}

/** What is behind the figures of the whole cooperative, for whoever may see it. */
function sourcesOf({ period }: MyAllocation, acts: readonly string[]) {
  return {
    surplus: acts.includes('report.view')
      ? `/treasury/income-statement?from=${period.from}&to=${period.to}`
      : '#agreed',
    everyone: acts.includes('allocation.view_all')
      ? `/close?period=${encodeURIComponent(period.id)}#proposal`
      : null,
  };
}
