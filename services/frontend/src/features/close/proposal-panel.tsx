// The proposal on a sheet: everybody's share, what was checked, and two lines to sign. Until the second is signed it is
// pencil; whoever proposed it cannot sign it.
import { useTranslations } from 'next-intl';
import { ActForm, DialogAct, ReasonField } from '../../components/control/act-form.tsx';
import { Icon } from '../../components/icon.tsx';
import { ShareBar } from '../../components/plot/bars.tsx';
import { DraftTag } from '../../components/print/draft.tsx';
import { Money } from '../../components/print/money.tsx';
import { Opens } from '../../components/print/opens.tsx';
import { SignatureLine } from '../../components/print/signature.tsx';
import { Table } from '../../components/print/table.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { isNothing, largestOf, totalOf } from '../../lib/amount.ts';
import { hashText } from '../allocation/share-aside.tsx';
import { ReminderPart } from '../reminder/reminder-part.tsx';
import { approveAllocation, returnAllocation } from './close.actions.ts';
import type { PeriodClose, Proposal } from './close.documents.ts';
import { Blockers } from './step-panel.tsx';

type ProposalPanelProps = {
  close: PeriodClose;
  proposal: Proposal;
  viewer: string;
  /** Whether the viewer may see members' own pages: then their names lead there. */
  opensMembers: boolean;
  timeZone: string;
  keys: { approve: string; sendBack: string; remind: string };
  why: string | null;
};

export function ProposalPanel(props: ProposalPanelProps) {
  const { close, proposal, viewer, opensMembers, timeZone, keys, why } = props;
  const { instantText, periodName } = useFormat();
  const t = useTranslations('close');
  const signed = proposal.approvedBy !== null;
  const stopped = close.blockers.length > 0;
  return (
    <section aria-labelledby="proposal" className="sheet sheet-ruled px-[18px] py-4 desk:px-7">
      <div className="mb-3 flex flex-wrap items-center justify-between gap-3">
        <h2 id="proposal" className="font-serif text-[25px]/[1.3] font-medium">
          {signed ? t('sharedTitle', { period: periodName(close.period.name) }) : t('proposalTitle')}
        </h2>
        {signed ? null : <DraftTag label={t('proposalTag')} />}
      </div>
      <Blockers close={close} />
      <ProposalTable proposal={proposal} signed={signed} opens={opensMembers} />
      <ProposalChecks proposal={proposal} />
      <h3 className="mt-5 border-t border-ink pt-3 font-serif text-[21px]/[1.25] font-medium">
        {t('twoSign')}
      </h3>
      <div className="mt-2 grid grid-cols-2 gap-7">
        <SignatureLine
          name={proposal.proposedBy.displayName}
          note={t('proposedAt', { time: instantText(proposal.proposedAt, timeZone, 'long') })}
        />
        {proposal.approvedBy && proposal.approvedAt ? (
          <SignatureLine
            name={proposal.approvedBy.displayName}
            note={t('approvedAt', { time: instantText(proposal.approvedAt, timeZone, 'long') })}
          />
        ) : (
          <SignatureLine
            note={proposal.viewerMayApprove ? viewer : t('someoneElse')}
            {...(proposal.viewerMayApprove ? { yours: t('yourSignature') } : {})}
          />
        )}
      </div>
      {signed ? null : (
        <div className="mt-5 flex flex-wrap items-start gap-2.5">
          <ActForm
            act={approveAllocation}
            label={t('approve')}
            tone="primary"
            icon={<Icon name="sign" />}
            actionKey={keys.approve}
            about={{ closeId: close.id, recordHash: proposal.recordHash }}
            returnTo="/close"
            disabled={!proposal.viewerMayApprove || stopped}
          />
          {close.viewerMay.includes('return') ? (
            <DialogAct
              act={returnAllocation}
              label={t('sendBack')}
              title={t('sendBackTitle')}
              text={t('sendBackText')}
              confirm={t('sendBackAct')}
              actionKey={keys.sendBack}
              about={{ closeId: close.id }}
              returnTo="/close"
            >
              <ReasonField label={t('reason')} />
            </DialogAct>
          ) : null}
          <p className="t-small self-center text-ink-2">{stopped ? t('opensOnce') : why}</p>
        </div>
      )}
      <ReminderPart reminder={proposal.reminder} actionKey={keys.remind} returnTo="/close" />
    </section>
  );
}

type TableProps = { proposal: Proposal; signed: boolean; opens: boolean };

function ProposalTable({ proposal, signed, opens }: TableProps) {
  const { decimalText } = useFormat();
  const t = useTranslations('close.table');
  const largest = largestOf(proposal.lines.map(({ percent }) => percent));
  const taking = proposal.lines.filter(
    ({ percent, allocation }) => !isNothing(percent) || !isNothing(allocation),
  );
  const others = proposal.lines.length - taking.length;
  return (
    <>
      <Table
        caption={t('caption')}
        rows={taking}
        keyOf={({ member }) => member.id}
        total={signed ? 'total' : 'draft'}
        scroll
        columns={[
          {
            head: t('member'),
            name: ({ member }) => (
              <Opens href={opens ? `/members/${encodeURIComponent(member.id)}` : null}>
                {member.displayName}
              </Opens>
            ),
            total: t('total'),
          },
          {
            head: t('counts'),
            figure: ({ counts }) => decimalText(counts, 2),
            total: decimalText(totalOf(taking.map(({ counts }) => counts)), 2),
            from: 'desk',
          },
          {
            head: t('share'),
            figure: ({ percent }) => `${decimalText(percent, 4)}%`,
            total: '100%',
            from: 'desk',
          },
          {
            head: t('bar'),
            unseen: true,
            text: ({ percent }) => <ShareBar percent={percent} largest={largest} />,
            from: 'desk',
            className: 'w-24',
          },
          {
            head: t('allocation'),
            money: ({ allocation }) => allocation,
            total: proposal.total,
            tone: signed ? 'font-semibold' : 'font-semibold text-pencil',
          },
          { head: t('cash'), money: ({ cash }) => cash, total: proposal.cashTotal, from: 'desk' },
          {
            head: t('retained'),
            money: ({ retained }) => retained,
            total: proposal.retainedTotal,
            from: 'desk',
          },
        ]}
      />
      {others > 0 ? <p className="t-small mt-2 text-ink-2">{t('others', { count: others })}</p> : null}
    </>
  );
}

function ProposalChecks({ proposal }: { proposal: Proposal }) {
  const t = useTranslations('close');
  return (
    <div className="mt-4 grid gap-x-9 gap-y-3 desk:grid-cols-[1.1fr_1fr]">
      <ul className="t-ui grid content-start gap-1.5">
        {proposal.checks.map((check) => (
          <li key={check.text} className="flex gap-2">
            <Icon
              name={check.ok ? 'check' : 'cross'}
              className={`mt-0.5 ${check.ok ? 'text-done' : 'text-stop'}`}
            />
            {check.text}
          </li>
        ))}
      </ul>
      <div className="t-small text-ink-2">
        <ul>
          {proposal.policyLines.map((line) => (
            <li key={line.label} className="flex justify-between gap-3">
              <span>{line.label}</span>
              <Money value={line.amount} />
            </li>
          ))}
        </ul>
        <p className="mt-1">
          {proposal.weightsVersion ? t('weights', { version: proposal.weightsVersion }) : null}{' '}
          <code className="t-mono">sha256 {hashText(proposal.recordHash)}</code>
        </p>
      </div>
    </div>
  );
}
