// Where one payment goes, for whoever makes it: the end of the number, in full once that was asked for, or that there is
// none to pay to.
import { useTranslations } from 'next-intl';
import { CopyButton } from '../../components/control/copy-button.tsx';
import { Icon } from '../../components/icon.tsx';
import type { DistributionLine } from './distribution.documents.ts';
import { isOpen } from './went-out.ts';

export function LineAccount({ line }: { line: DistributionLine }) {
  const t = useTranslations('distributions.account');
  const { maskedPayoutAccount: masked, payoutAccount: full, member } = line;
  if (!isOpen(line)) return null;
  if (full) return <FullAccount account={full} name={member.displayName} />;
  if (masked === null)
    return (
      <span className="t-small flex items-center gap-1.5 text-wait">
        <Icon name="waiting" className="size-3.5" />
        {t('none')}
      </span>
    );
  const { kind, ending, bankName } = masked;
  return (
    <span className="t-small block text-ink-2">
      {t(kind === 'us' ? 'endingUs' : 'endingIban', { ending })}
      {bankName === null ? null : ` · ${bankName}`}
    </span>
  );
}

type FullProps = { account: NonNullable<DistributionLine['payoutAccount']>; name: string };

function FullAccount({ account, name }: FullProps) {
  const t = useTranslations('distributions.account');
  const { holder, bankName, iban, routingNumber, accountNumber } = account;
  const numbers = [
    { key: 'iban', value: iban },
    { key: 'routing', value: routingNumber },
    { key: 'number', value: accountNumber },
  ] as const;
  return (
    <span className="t-small block font-normal text-ink-2">
      <span className="block break-words">
        {holder}
        {bankName === null ? null : ` · ${bankName}`}
      </span>
      {numbers.map(({ key, value }) =>
        value === null ? null : (
          <span key={key} className="flex flex-wrap items-center gap-x-2">
            {t(key)}
            <code className="t-mono select-all">{key === 'iban' ? grouped(value) : value}</code>
            <CopyButton text={value} of={t('of', { what: t(key), name })} />
          </span>
        ),
      )}
    </span>
  );
}

/** In fours, as banks print an IBAN. */
const grouped = (iban: string): string => iban.replaceAll(/(.{4})(?=.)/g, '$1 ');
