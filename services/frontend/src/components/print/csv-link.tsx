// The same figures as a file. A plain link: the browser saves it without a script.
import { useTranslations } from 'next-intl';
import { Icon } from '../icon.tsx';

type CsvLinkProps = {
  href: string;
  /** What the link says; "CSV" where its place says the rest. */
  label?: string;
  /** Which table it is, for those who hear the link by itself. */
  of?: string;
};

export function CsvLink({ href, label }: CsvLinkProps) {
  const t = useTranslations('shell');
  return (
    <a href={href} download className="button">
      <Icon name="download" />
      {label ?? t('csv')}
    </a>
  );
}

/** The small link at the right below a table. */
export function CsvBelow({ href, label, of }: CsvLinkProps) {
  const t = useTranslations('shell');
  return (
    <p className="no-print t-small mt-2 text-right">
      <a href={href} download className="link">
        {label ?? t('csv')}
        {of ? <span className="sr-only"> {of}</span> : null}
      </a>
    </p>
  );
}
