// Adds files to a contribution nobody has decided on yet. A plain form: the browser sends it by itself, with or without
// scripts, and the page it comes back to says what was refused.
import { useTranslations } from 'next-intl';
import { Button } from '../../components/control/button.tsx';
import { Field, fieldAria } from '../../components/control/field.tsx';
import { Icon } from '../../components/icon.tsx';

type EvidenceFormProps = { id: string; actionKey: string; fault: string | undefined };

/** What the API takes; a picture of another kind is converted by the phone that sends it. */
const taken = 'image/jpeg,image/png,image/webp,image/heic,application/pdf';

export function EvidenceForm({ id, actionKey, fault }: EvidenceFormProps) {
  const t = useTranslations('contribution.files');
  return (
    <section aria-labelledby="evidence" className="mt-8">
      <h2 id="evidence" className="t-head mb-2">
        {t('title')}
      </h2>
      <form
        method="post"
        // The address says where to go back to, also when the body is too large to be read.
        action={`/contributions/evidence?contribution=${encodeURIComponent(id)}`}
        encType="multipart/form-data"
        className="grid max-w-xl gap-4"
      >
        <input type="hidden" name="idempotencyKey" value={actionKey} />
        <Field id="files" label={t('choose')} hint={t('hint')} fault={fault}>
          <input
            {...fieldAria('files', fault, true)}
            type="file"
            name="file"
            multiple
            accept={taken}
            className="field py-2.5"
          />
        </Field>
        <div className="desk:hidden">
          <Field id="photo" label={t('photo')}>
            <input
              id="photo"
              type="file"
              name="file"
              accept="image/jpeg"
              capture="environment"
              className="field py-2.5"
            />
          </Field>
        </div>
        <Button type="submit" icon={<Icon name="evidence" />} className="justify-self-start">
          {t('add')}
        </Button>
      </form>
    </section>
  );
}
