// A link that opens nothing: why, and what to do instead.
import { useTranslations } from 'next-intl';
import { ButtonLink } from '../../../components/control/button.tsx';
import type { Fault } from '../../../lib/api/fault.ts';
import { EntryPage } from '../entry-page.tsx';

const reasons = ['LINK_UNKNOWN', 'LINK_USED', 'LINK_REPLACED', 'LINK_EXPIRED', 'TOO_MANY_ATTEMPTS'] as const;

export function ShutLink({ fault, purpose }: { fault: Fault; purpose: 'invitation' | 'reset' | 'email' }) {
  const t = useTranslations('wayIn');
  const reason = reasons.find((one) => one === fault.reason);
  return (
    <EntryPage title={t('shut.title')} lead={t(`shut.${reason ?? 'other'}`)}>
      {reason === undefined && fault.correlationId ? (
        <p className="mb-5">
          <code className="t-mono">{fault.correlationId}</code>
        </p>
      ) : null}
      {purpose === 'invitation' ? (
        <p className="t-body mb-5 text-ink-2">
          {t(reason === 'LINK_USED' ? 'shut.wasItYou' : 'shut.askInvitation')}
        </p>
      ) : null}
      <div className="flex flex-wrap gap-3">
        {purpose === 'reset' ? <ButtonLink href="/forgotten">{t('shut.askReset')}</ButtonLink> : null}
        <ButtonLink href="/sign-in" tone="quiet">
          {t('toSignIn')}
        </ButtonLink>
      </div>
    </EntryPage>
  );
}
