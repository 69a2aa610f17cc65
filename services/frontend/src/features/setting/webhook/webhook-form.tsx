// A new webhook: what it is for, where its messages go, and what it is told of.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { CheckField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { CodedLabel } from '../coded-label.tsx';
import { registerWebhook } from './webhook.actions.ts';

/** One box for each kind there is. */
export function KindFields({ kinds, chosen }: { kinds: readonly string[]; chosen: readonly string[] }) {
  const t = useTranslations('settings.webhooks');
  return (
    <fieldset>
      <legend className="t-strong">{t('kinds')}</legend>
      <p className="t-small mb-2 text-ink-2">{t('kindsHint')}</p>
      <div className="grid gap-x-6 desk:grid-cols-2">
        {kinds.map((kind) => (
          <CheckField
            key={kind}
            name="kinds"
            value={kind}
            checked={chosen.includes(kind)}
            label={<CodedLabel words={t(`kindOf.${kind}` as 'kindOf.member.joined')} code={kind} />}
          />
        ))}
      </div>
    </fieldset>
  );
}

export function WebhookForm({ kinds }: { kinds: readonly string[] }) {
  const t = useTranslations('settings.webhooks');
  return (
    <PageForm
      form="new"
      empties
      act={registerWebhook}
      actionKey={randomUUID()}
      returnTo="/settings/webhooks"
      label={t('createAct')}
      className="max-w-2xl"
    >
      <TextField name="name" label={t('name')} hint={t('nameHint')} required maxLength={80} />
      <TextField name="url" label={t('url')} hint={t('urlHint')} required maxLength={2000} />
      <KindFields kinds={kinds} chosen={[]} />
    </PageForm>
  );
}
