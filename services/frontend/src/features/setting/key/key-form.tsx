// A new key: what it is for, which of the reader's acts it carries, and within which limits.
import { randomUUID } from 'node:crypto';
import type { Act } from '@habitat/kernel';
import { ACTS, grantOf } from '@habitat/kernel';
import { useTranslations } from 'next-intl';
import { CheckField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { CodedLabel } from '../coded-label.tsx';
import { createApiKey } from './key.actions.ts';
import type { KeyRoom } from './key.documents.ts';

const usual = { days: '90', hourlyLimit: '1000', ceiling: '0.00' } as const;

/** Acts the reader may give away: their own, without those a human being has to decide. */
function givable(own: readonly string[]): readonly Act[] {
  return ACTS.filter((act) => own.includes(act) && !grantOf(act).humanOnly);
}

export function KeyForm({ room }: { room: KeyRoom }) {
  const t = useTranslations('settings.apiKeys');
  return (
    <PageForm
      form="new"
      empties
      act={createApiKey}
      actionKey={randomUUID()}
      returnTo="/settings/api-keys"
      label={t('createAct')}
      className="max-w-2xl"
    >
      <TextField name="name" label={t('name')} hint={t('nameHint')} required maxLength={80} />
      <fieldset>
        <legend className="t-strong">{t('scopes')}</legend>
        <p className="t-small mb-2 text-ink-2">{t('scopesHint')}</p>
        <div className="grid gap-x-6 desk:grid-cols-2">
          {givable(room.me.acts).map((act) => (
            <CheckField
              key={act}
              name="scopes"
              value={act}
              label={<CodedLabel words={t(`acts.${act}` as 'acts.journal.view')} code={act} />}
            />
          ))}
        </div>
      </fieldset>
      <TextField
        name="ceiling"
        label={t('ceiling')}
        hint={t('ceilingHint')}
        value={usual.ceiling}
        inputMode="decimal"
        unit={room.cooperative.currency}
        required
      />
      <div className="grid gap-5 desk:grid-cols-2">
        <TextField
          name="days"
          label={t('days')}
          hint={t('daysHint')}
          value={usual.days}
          inputMode="numeric"
          required
        />
        <TextField
          name="hourlyLimit"
          label={t('hourlyLimit')}
          hint={t('hourlyHint')}
          value={usual.hourlyLimit}
          inputMode="numeric"
          required
        />
      </div>
    </PageForm>
  );
}
