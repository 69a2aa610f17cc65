// How one hears of each kind: on the pages, and by mail at once, once a day or not at all. Kinds stand under what they
// are about; one without a group doesn't compile.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { PageForm } from '../../components/control/page-form.tsx';
import { choosePreferences } from './notification.actions.ts';
import type { Preference } from './notification.documents.ts';

const mails = ['AT_ONCE', 'DIGEST', 'OFF'] as const;
const at = '/settings/me/notifications';

const groups = ['work', 'money', 'decisions', 'running'] as const;
type Group = (typeof groups)[number];

const groupOf: Readonly<Record<Preference['kind'], Group>> = {
  CONTRIBUTION_APPROVED: 'work',
  CONTRIBUTION_ADJUSTED: 'work',
  CONTRIBUTION_QUESTION: 'work',
  CONTRIBUTION_REMARK: 'work',
  CONTRIBUTION_REJECTED: 'work',
  CONTRIBUTION_POSTED: 'work',
  DISPUTE_SETTLED: 'work',
  PERIOD_CLOSING: 'work',
  RATE_CHANGE: 'work',
  STATEMENT_READY: 'money',
  DISTRIBUTION_SCHEDULED: 'money',
  DISTRIBUTION_PAID: 'money',
  DISTRIBUTION_FAILED: 'money',
  PAYOUT_ACCOUNT: 'money',
  CONTRIBUTION_SUBMITTED: 'decisions',
  PEER_ASKED: 'decisions',
  CONTRIBUTION_ANSWERED: 'decisions',
  CONTRIBUTION_DISPUTED: 'decisions',
  CONTRIBUTION_STALE: 'decisions',
  CONTRIBUTION_ESCALATED: 'decisions',
  SECOND_PERSON: 'decisions',
  REQUEST_DECLINED: 'decisions',
  DEAD_LETTER: 'running',
  JOB_FAILED: 'running',
  SECURITY: 'running',
  WEBHOOK_STOPPED: 'running',
};

export function PreferenceForm({ preferences }: { preferences: readonly Preference[] }) {
  const t = useTranslations('notifications');
  return (
    <PageForm act={choosePreferences} actionKey={randomUUID()} returnTo={at} label={t('choose')}>
      {groups.map((group) => (
        <section key={group} aria-labelledby={group} className="mb-8 max-w-3xl">
          <h2 id={group} className="t-head border-b border-rule pb-2">
            {t(`group.${group}`)}
          </h2>
          <ul>
            {preferences.map((preference, index) =>
              groupOf[preference.kind] === group ? (
                <Kind key={preference.kind} preference={preference} field={`preferences.${index}`} />
              ) : null,
            )}
          </ul>
        </section>
      ))}
    </PageForm>
  );
}

function Kind({ preference: { kind, listed, mail }, field }: { preference: Preference; field: string }) {
  const t = useTranslations('notifications');
  const name = t(`kind.${kind.toLowerCase() as 'security'}`);
  return (
    <li className="border-b border-rule py-3">
      <fieldset className="grid items-center gap-x-6 gap-y-2 desk:grid-cols-[1fr_auto_auto]">
        <legend className="t-ui float-left contents">
          <span className="t-ui">{name}</span>
        </legend>
        <input type="hidden" name={`${field}.kind`} value={kind} />
        <label className="t-ui flex min-h-9 items-center gap-2.5">
          <input
            type="checkbox"
            name={`${field}.listed`}
            value="true"
            defaultChecked={listed}
            className="size-4 flex-none accent-[var(--pen)]"
          />
          {t('listed')}
        </label>
        <label className="t-ui flex items-center gap-2.5">
          <span className="flex-none">{t('mail.title')}</span>
          <select name={`${field}.mail`} defaultValue={mail} className="field">
            {mails.map((choice) => (
              <option key={choice} value={choice}>
                {t(`mail.${choice.toLowerCase() as 'off'}`)}
              </option>
            ))}
          </select>
        </label>
      </fieldset>
    </li>
  );
}
