// The name of an account as people know it: a member's capital by their name, any other as the chart has it.
import { useTranslations } from 'next-intl';
import { Link } from '../../components/link.tsx';

type Named = { name: string; member: { displayName: string } | null };

function AccountName({ account }: { account: Named }) {
  const t = useTranslations('treasury');
  return <>{account.member ? t('capitalOf', { name: account.member.displayName }) : account.name}</>;
}

/** The name as the way to the account's ledger over the days the figure speaks of. */
export function AccountLink({
  account,
  days = {},
  code,
}: {
  account: Named & { id: string; code: string };
  days?: { from?: string; to?: string };
  code?: boolean;
}) {
  return (
    <Link href={ledgerHref(account.id, days)} className="cell">
      {code ? `${account.code} ` : null}
      <AccountName account={account} />
    </Link>
  );
}

function ledgerHref(id: string, days: { from?: string; to?: string } = {}): string {
  const query = new URLSearchParams(Object.entries(days).filter(([, day]) => Boolean(day)));
  return `/treasury/accounts/${encodeURIComponent(id)}${query.size > 0 ? `?${query.toString()}` : ''}`;
}
