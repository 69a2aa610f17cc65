// Another value for a contribution: the control that asks for it, and what waits for a second person as a draft with two
// lines to sign on. Whoever reads the contribution sees what is asked for; the open line says who may sign.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { ActForm, DialogAct, ReasonField } from '../../components/control/act-form.tsx';
import { TextField } from '../../components/control/page-field.tsx';
import { Icon } from '../../components/icon.tsx';
import { DraftArea } from '../../components/print/draft.tsx';
import type { FactLine } from '../../components/print/fact-list.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import { SignatureLine } from '../../components/print/signature.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { ReminderPart } from '../reminder/reminder-part.tsx';
import { askOverride, confirmOverride, declineOverride } from './override.actions.ts';
import type { OpenOverride } from './override.documents.ts';

type OverridePartProps = {
  contribution: {
    id: string;
    value: string | null;
    viewerMay: readonly string[];
    override: OpenOverride | null;
  };
  currency: string;
  timeZone: string;
};

const pageOf = (id: string) => `/contributions/${encodeURIComponent(id)}`;

export function OverridePart({ contribution, currency, timeZone }: OverridePartProps) {
  const { override } = contribution;
  if (override) return <WaitingOverride {...{ contribution, override, currency, timeZone }} />;
  return contribution.viewerMay.includes('override') ? <AskOverride {...{ contribution, currency }} /> : null;
}

function AskOverride({ contribution, currency }: Pick<OverridePartProps, 'contribution' | 'currency'>) {
  const t = useTranslations('contribution.override');
  return (
    <div className="mt-5">
      <DialogAct
        act={askOverride}
        label={t('ask')}
        title={t('askTitle')}
        text={t('askText')}
        confirm={t('askAct')}
        actionKey={randomUUID()}
        about={{ contributionId: contribution.id }}
        returnTo={pageOf(contribution.id)}
      >
        <TextField
          name="value"
          label={t('value')}
          unit={currency}
          inputMode="decimal"
          value={contribution.value}
          required
        />
        <ReasonField name="justification" label={t('justification')} />
      </DialogAct>
    </div>
  );
}

type WaitingOverrideProps = OverridePartProps & { override: OpenOverride };

function WaitingOverride({ contribution, override, currency, timeZone }: WaitingOverrideProps) {
  const t = useTranslations('contribution.override');
  const { instantText, moneyText } = useFormat();
  const money = (amount: string) => moneyText(amount, { currency });
  const lines: FactLine[] = [
    { key: 'now', label: t('now'), value: contribution.value ? money(contribution.value) : '—' },
    { key: 'then', label: t('then'), value: money(override.value), tone: 'draft' },
  ];
  return (
    <DraftArea id="override" title={t('title')} className="mt-8">
      <p className="t-body mb-3 max-w-2xl text-ink-2">
        {t('text', { time: instantText(override.expiresAt, timeZone, 'long') })}
      </p>
      <div className="max-w-md">
        <FactList lines={lines} draft />
      </div>
      <p className="t-body mt-3 max-w-2xl">{t('quoted', { words: override.justification })}</p>
      <div className="my-5 grid max-w-2xl gap-x-10 gap-y-5 desk:grid-cols-2">
        <SignatureLine
          name={override.by?.displayName ?? t('somebody')}
          note={t('askedAt', { time: instantText(override.requestedAt, timeZone, 'long') })}
        />
        <SignatureLine note={t('secondLine')} {...(override.viewerMayConfirm ? { yours: t('yours') } : {})} />
      </div>
      <OverrideActs id={contribution.id} override={override} />
      <ReminderPart
        reminder={override.reminder}
        actionKey={randomUUID()}
        returnTo={pageOf(contribution.id)}
      />
    </DraftArea>
  );
}

function OverrideActs({ id, override }: { id: string; override: OpenOverride }) {
  const t = useTranslations('contribution.override');
  const returnTo = pageOf(id);
  const { requestId, own } = override;
  if (!override.viewerMayConfirm && !override.viewerMayDecline) return null;
  return (
    <div className="no-print flex flex-wrap items-start gap-2.5">
      {override.viewerMayConfirm ? (
        <ActForm
          act={confirmOverride}
          label={t('sign')}
          icon={<Icon name="sign" />}
          tone="primary"
          about={{ contributionId: id }}
          actionKey={randomUUID()}
          returnTo={returnTo}
        />
      ) : null}
      {override.viewerMayDecline ? (
        <DialogAct
          act={declineOverride}
          label={own ? t('takeBack') : t('decline')}
          title={own ? t('takeBackTitle') : t('declineTitle')}
          text={own ? t('takeBackText') : t('declineText')}
          confirm={own ? t('takeBack') : t('decline')}
          tone="stop"
          about={{ requestId, ...(own ? { own: 'true' } : {}) }}
          actionKey={randomUUID()}
          returnTo={returnTo}
        >
          <ReasonField label={t('reason')} />
        </DialogAct>
      ) : null}
    </div>
  );
}
