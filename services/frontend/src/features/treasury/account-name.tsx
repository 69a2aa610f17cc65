// The name of an account as people know it: a member's capital by their name, any other as the chart has it.
import { useTranslations } from 'next-intl';

type Named = { name: string; member: { displayName: string } | null };

export function AccountName({ account }: { account: Named }) {
  const t = useTranslations('treasury');
  return <>{account.member ? t('capitalOf', { name: account.member.displayName }) : account.name}</>;
}
