// Narrowing a list: a form that asks for an address, so that it works without a script and a narrowed list can be kept and
// shared. `F` opens what it can be narrowed by and `/` goes to the words one looks for, on every page that has one.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Icon } from '../icon.tsx';
import { Button, Kbd } from '../control/button.tsx';
import { SearchInput } from './filter-fields.tsx';
import { Link } from '../link.tsx';

type FilterFormProps = {
  /** The list. */
  action: string;
  /** How many of its fields are set, the words looked for left out. */
  set: number;
  /** The list with nothing set. */
  clearTo: string;
  /** The words looked for, where they have a place beside the button. */
  search?: { label: string; value: string | null };
  /** What else the address says, and goes on saying. */
  keep?: Readonly<Record<string, string | null>>;
  /** The edge of the button its fields stand below. */
  side?: 'left' | 'right';
  className?: string;
  /** The fields. */
  children: ReactNode;
};

export function FilterForm(props: FilterFormProps) {
  const { action, set, clearTo, search, keep = {}, side = 'left', className = '', children } = props;
  const t = useTranslations('filter');
  return (
    <form
      action={action}
      role="search"
      className={`no-print flex flex-wrap items-center gap-2.5 ${side === 'left' ? 'relative' : ''} ${className}`}
    >
      {Object.entries(keep).map(([name, value]) =>
        value === null ? null : <input key={name} type="hidden" name={name} value={value} />,
      )}
      {search ? (
        <>
          <span className="relative max-w-full max-desk:min-w-36 max-desk:flex-1 desk:w-80">
            <Icon name="search" className="absolute top-3.5 left-3.5" />
            <SearchInput value={search.value} aria-label={search.label} className="!pl-10 text-ellipsis" />
          </span>
          <Button type="submit">{t('find')}</Button>
        </>
      ) : null}
      <details className="desk:relative">
        <summary data-filter className="button cursor-pointer list-none">
          <Icon name="filter" />
          {t('title', { count: set })}
          <Kbd>F</Kbd>
        </summary>
        <div
          className={`sheet absolute top-full z-20 mt-1 grid w-[min(340px,calc(100vw-36px))] gap-3.5 p-4 shadow-(--lift-2) ${
            side === 'left' ? 'left-0' : 'right-0'
          }`}
        >
          {children}
          <Button type="submit" tone="primary" className="justify-self-start">
            {t('apply')}
          </Button>
        </div>
      </details>
      {set > 0 || search?.value ? (
        <Link href={clearTo} className="link t-ui">
          {t('clear')}
        </Link>
      ) : null}
    </form>
  );
}
