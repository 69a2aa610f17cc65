// Why the provider's answer led nowhere, in words; nothing for what is no reason of ours.
import { useTranslations } from 'next-intl';

const reasons = [
  'IDENTITY_TAKEN',
  'IDENTITY_UNKNOWN',
  'PROVIDER_DENIED',
  'PROVIDER_NOT_BELIEVED',
  'PROVIDER_REQUEST_OVER',
  'PROVIDER_UNREACHABLE',
  'TOO_MANY_ATTEMPTS',
  'TOO_MANY_IDENTITIES',
] as const;

export function ProviderFault({ named, provider }: { named: string | undefined; provider: string | null }) {
  const t = useTranslations('signIn.provider');
  const reason = reasons.find((one) => one === named);
  if (reason === undefined) return null;
  return (
    <p role="alert" className="t-ui mb-6 border-l-[3px] border-stop bg-stop-wash px-4 py-3 text-stop">
      {t(reason, { provider: provider ?? t('it') })}
    </p>
  );
}
