'use client';
// Saving what was tried: only what differs is sent, with the day it would count from and why.
import { useTranslations } from 'next-intl';
import { AreaField, TextField } from '../../components/control/page-field.tsx';
import { PageForm } from '../../components/control/page-form.tsx';
import type { Rules } from './rules.ts';
import { saveProposal } from './what-if.actions.ts';

type SaveProps = {
  rules: Rules;
  changed: readonly string[];
  possible: boolean;
  from: string;
  actionKey: string;
};

export function SaveProposal({ rules, changed, possible, from, actionKey }: SaveProps) {
  const t = useTranslations('whatIf.save');
  const weights = Object.entries(rules.weights).map(([category, weight]) => [`weight.${category}`, weight]);
  return (
    <section aria-labelledby="save" className="section mt-10">
      <h2 id="save" className="t-head mb-2">
        {t('title')}
      </h2>
      <p className="t-body mb-4 max-w-2xl text-ink-2">{t('text')}</p>
      {changed.length > 0 && possible ? (
        <PageForm
          act={saveProposal}
          actionKey={actionKey}
          returnTo="/what-if"
          label={t('act')}
          about={{
            ...(Object.fromEntries(weights) as Record<string, string>),
            cap: rules.cap,
            thresholdKind: rules.thresholdKind,
            threshold: rules.threshold,
            changed: changed.join(','),
          }}
          className="max-w-2xl"
        >
          <TextField
            name="effectiveOn"
            label={t('from')}
            hint={t('fromHint')}
            type="date"
            value={from}
            required
          />
          <AreaField name="rationale" label={t('why')} hint={t('whyHint')} required />
        </PageForm>
      ) : (
        <p className="t-body">{t(changed.length > 0 ? 'impossible' : 'unchanged')}</p>
      )}
    </section>
  );
}
