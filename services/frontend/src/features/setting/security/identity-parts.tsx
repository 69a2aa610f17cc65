// Who one is at the provider: linked to this account, when it was used, and taking it away.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { PageForm } from '../../../components/control/page-form.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { ProviderFault } from '../../session/sign-in/provider-fault.tsx';
import { unlinkIdentity } from './security.actions.ts';
import type { SecurityRoom } from './security.documents.ts';

type IdentitiesProps = Pick<SecurityRoom['me'], 'identities'> & {
  provider: string;
  /** Why the last answer of the provider led nowhere, from the address. */
  fault: string | undefined;
  timeZone: string;
};

export function Identities({ identities, provider, fault, timeZone }: IdentitiesProps) {
  const t = useTranslations('security.identity');
  const { instantText } = useFormat();
  return (
    <>
      <ProviderFault named={fault} provider={provider} />
      <p className="t-body mb-4 text-ink-2">{t('about', { provider })}</p>
      {identities.length === 0 ? null : (
        <ul className="mb-4">
          {identities.map(({ id, shownAs, linkedAt, lastUsedAt }) => (
            <li key={id} className="t-ui border-b border-rule py-2.5">
              <p className="break-words">
                {shownAs}
                <span className="t-small text-ink-2">
                  {' · '}
                  {lastUsedAt
                    ? t('used', { date: instantText(lastUsedAt, timeZone) })
                    : t('linked', { date: instantText(linkedAt, timeZone) })}
                </span>
              </p>
              <PageForm
                form={id}
                act={unlinkIdentity}
                actionKey={randomUUID()}
                returnTo="/settings/me/security"
                label={t('unlinkAct')}
                tone="stop"
                about={{ identityId: id }}
                fold={{ label: t('unlink', { name: shownAs }), tone: 'stop', quiet: true }}
              >
                <p className="t-body text-ink-2">{t('unlinkText')}</p>
              </PageForm>
            </li>
          ))}
        </ul>
      )}
      {/* No link of the router's: it would begin the request before anybody wants it. */}
      <a href="/sign-in/provider?link" className="button">
        {t('link', { provider })}
      </a>
    </>
  );
}
