// Closing a period and sharing its surplus: seven steps at the left, the one it stands at on a sheet.
import { randomUUID } from 'node:crypto';
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { CsvLink } from '../../../components/print/csv-link.tsx';
import { Icon } from '../../../components/icon.tsx';
import { PageHead } from '../../../components/shell/page-head.tsx';
import { Page } from '../../../components/shell/page.tsx';
import { RefreshWhile } from '../../../components/state/refresh-while.tsx';
import { Empty, FaultState, NoPermission } from '../../../components/state/states.tsx';
import { AbandonAct, BeginPanel, ReopenPanel } from '../../../features/close/after-close.tsx';
import type { ClosePage, PeriodClose } from '../../../features/close/close.documents.ts';
import { periodCloseDocument } from '../../../features/close/close.documents.ts';
import { LiveClose } from '../../../features/close/live-close.tsx';
import { ProposalPanel } from '../../../features/close/proposal-panel.tsx';
import { StepList } from '../../../features/close/step-list.tsx';
import { StepPanel } from '../../../features/close/step-panel.tsx';
import { reasonText } from '../../../lib/api/refusal-words.ts';
import { read } from '../../../lib/api/request.ts';
import { opening } from '../../../lib/format.ts';
import { getFormat } from '../../../lib/language/get-format.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('shell'))('place.close') };
}

export default async function CloseBoardPage({
  searchParams,
}: {
  searchParams: Promise<{ period?: string }>;
}) {
  const { dateMonthDay, periodName } = await getFormat();
  const t = await getTranslations('close');
  const answer = await read(periodCloseDocument, { periodId: (await searchParams).period ?? null });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('subject')} />;
  const { me, periodClose: close, periods } = answer.data;
  const mayRun = me.acts.includes('close.run');
  if (!mayRun && !me.acts.includes('allocation.approve') && !me.acts.includes('period.reopen')) {
    return <NoPermission subject={t('title')} />;
  }
  const running = close !== null && !/completed|abandoned|reopened/i.test(close.status);
  const next = nextToClose(periods);
  return (
    <Page>
      <PageHead
        title={t('title')}
        above={
          close
            ? t('above', {
                period: opening(periodName(close.period.name)),
                from: dateMonthDay(close.period.from),
                to: dateMonthDay(close.period.to),
              })
            : null
        }
        acts={<CloseActs close={close} />}
        ruled={false}
      />
      {!running && next ? (
        <div className="mb-8">
          <BeginPanel
            period={next}
            over={next.to < answer.data.cooperative.today}
            actionKey={randomUUID()}
            mayRun={mayRun}
          />
        </div>
      ) : null}
      {close ? (
        <CloseBoard page={answer.data} close={close} />
      ) : next ? null : (
        <Empty title={t('none.title')} text={t('none.text')} />
      )}
      <LiveClose />
    </Page>
  );
}

async function CloseActs({ close }: { close: PeriodClose | null }) {
  const t = await getTranslations('close');
  return (
    <>
      <p className="t-small flex items-center gap-2 text-ink-2">
        <Icon name="saved" />
        {t('kept')}
      </p>
      {close ? (
        <CsvLink href={`/close/csv?period=${encodeURIComponent(close.period.id)}`} label={t('report.take')} />
      ) : null}
    </>
  );
}

async function CloseBoard({ page, close }: { page: ClosePage; close: PeriodClose }) {
  const { me, cooperative } = page;
  const step = close.steps.find(({ state }) => /current|working|blocked/i.test(state));
  const working = close.steps.some(({ state }) => /working/i.test(state));
  const keys = () => randomUUID();
  return (
    <div className="grid items-start gap-x-11 gap-y-6 wide:grid-cols-[286px_minmax(0,1fr)]">
      <StepList steps={close.steps} timeZone={cooperative.timeZone} />
      <div className="min-w-0">
        {step && !(step.number === 5 && close.proposal) ? (
          <StepPanel close={close} step={step} keys={{ confirm: keys(), propose: keys() }} />
        ) : null}
        {close.proposal && (!step || step.number >= 5) ? (
          <div className={step && step.number > 5 ? 'mt-6' : ''}>
            <ProposalPanel
              close={close}
              proposal={close.proposal}
              viewer={me.displayName}
              opensMembers={me.acts.includes('member.view_all')}
              timeZone={cooperative.timeZone}
              keys={{ approve: keys(), sendBack: keys(), remind: keys() }}
              why={await reasonText(close.proposal.cannotBecause)}
            />
          </div>
        ) : null}
        <div className="mt-5">
          <AbandonAct close={close} actionKey={keys()} />
        </div>
        <ReopenPanel close={close} timeZone={cooperative.timeZone} keys={{ ask: keys(), agree: keys() }} />
      </div>
      <RefreshWhile working={working} />
    </div>
  );
}

/** The earliest open period: periods close in order. */
function nextToClose(periods: ClosePage['periods']) {
  return periods
    .filter(({ status }) => /open/i.test(status))
    .toSorted((a, b) => (a.from < b.from ? -1 : 1))[0];
}
