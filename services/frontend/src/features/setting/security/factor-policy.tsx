// The cooperative's rule about second factors: what is in force, and the form of whoever may change it.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { ROLES } from '@habitat/kernel';
import { AreaField, CheckField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import type { ResultOf } from '../../../lib/api/graphql.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import type { cooperativeDocument } from '../setting.documents.ts';
import { setSecondFactorPolicy } from './security.actions.ts';

type Room = ResultOf<typeof cooperativeDocument>;
type PolicyProps = { policy: Room['secondFactorPolicy']; today: string; mayChange: boolean };

/** An agent has no account of its own to prove anything with. */
const people = ROLES.filter((role) => role !== 'agent');

export function FactorPolicy({ policy, today, mayChange }: PolicyProps) {
  const t = useTranslations('security.policy');
  const role = useTranslations('shell.role');
  const { dateLong } = useFormat();
  const nameOf = (one: string) => (one === 'contributor' ? t('contributor') : role(one as 'member'));
  const isAsked = policy !== null && policy.roles.length > 0;
  return (
    <>
      <p className="t-body mb-4 text-ink-2">
        {isAsked
          ? t('inForce', { roles: policy.roles.map(nameOf).join(', '), date: dateLong(policy.requiredFrom) })
          : t('none')}
        {policy ? <span className="t-small block">{policy.rationale}</span> : null}
      </p>
      {mayChange ? (
        <PageForm
          form="factor"
          fold={{ label: t('change') }}
          act={setSecondFactorPolicy}
          actionKey={randomUUID()}
          returnTo="/settings/cooperative"
          label={t('act')}
          className="max-w-xl"
        >
          <fieldset>
            <legend className="t-label mb-1 text-ink-3">{t('roles')}</legend>
            {people.map((one) => (
              <CheckField
                key={one}
                name="roles"
                value={one}
                label={nameOf(one)}
                checked={policy?.roles.includes(one) ?? false}
              />
            ))}
          </fieldset>
          <TextField
            name="requiredFrom"
            type="date"
            label={t('from')}
            hint={t('fromHint')}
            min={today}
            value={today}
            required
          />
          <AreaField name="rationale" label={t('why')} required />
        </PageForm>
      ) : null}
    </>
  );
}
