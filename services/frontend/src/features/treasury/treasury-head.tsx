// The head of every page of the books: its title, what can be taken away from it, and the way to the other reports.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { CsvLink } from '../../components/print/csv-link.tsx';
import { NavLink } from '../../components/shell/nav-link.tsx';
import { PageHead } from '../../components/shell/page-head.tsx';
import { PrintButton } from '../../components/control/print-button.tsx';

const places = [
  ['trialBalance', '/treasury'],
  ['balanceSheet', '/treasury/balance-sheet'],
  ['incomeStatement', '/treasury/income-statement'],
  ['cashFlow', '/treasury/cash-flow'],
  ['memberCapital', '/treasury/capital'],
  ['divergence', '/treasury/divergence'],
  ['accounts', '/treasury/accounts'],
  ['journal', '/treasury/journal'],
  ['trends', '/treasury/trends'],
] as const;

type TreasuryHeadProps = {
  title: string;
  /** Address of the file of the same figures. */
  csv?: string;
  /** True where the file is to be had as JSON too. */
  json?: boolean;
  print?: boolean;
  acts?: ReactNode;
  above?: ReactNode;
};

export function TreasuryHead({ title, csv, json, print, acts, above }: TreasuryHeadProps) {
  const t = useTranslations('treasury');
  return (
    <>
      <PageHead
        title={title}
        above={above ?? t('title')}
        ruled={false}
        acts={
          <div className="no-print flex flex-wrap items-center gap-2.5">
            {csv ? <CsvLink href={csv} /> : null}
            {csv && json ? (
              <CsvLink href={`${csv}${csv.includes('?') ? '&' : '?'}as=json`} label="JSON" />
            ) : null}
            {print ? <PrintButton tone="plain">{t('print')}</PrintButton> : null}
            {acts}
          </div>
        }
      />
      <nav aria-label={t('places')} className="page-tabs no-print">
        {places.map(([name, href]) => (
          <NavLink key={href} href={href} className="page-tab" exact={href === '/treasury'}>
            {t(name)}
          </NavLink>
        ))}
      </nav>
    </>
  );
}
