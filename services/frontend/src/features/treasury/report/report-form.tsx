// For which days and in which basis a report is shown. A form that asks for an address: it works without a script, and
// what it shows can be sent to somebody.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { Button } from '../../../components/control/button.tsx';
import { addressOf } from '../search.ts';
import type { Basis } from './report-model.ts';
import { bases } from './report-model.ts';
import { Link } from '../../../components/link.tsx';

export type DayField = { name: string; label: string; value: string | null };

type ReportFormProps = {
  path: string;
  days: readonly DayField[];
  /** What else the address keeps. */
  kept: Readonly<Record<string, string | null>>;
  basis?: Basis;
  children?: ReactNode;
};

export function ReportForm({ path, days, kept, basis, children }: ReportFormProps) {
  const t = useTranslations('treasury');
  return (
    <div className="no-print mb-5 flex flex-wrap items-center gap-x-6 gap-y-3">
      <form action={path} className="flex flex-wrap items-center gap-x-4 gap-y-2.5">
        {days.map((day) => (
          <span key={day.name} className="flex items-center gap-2.5">
            <label htmlFor={day.name} className="t-strong">
              {day.label}
            </label>
            <input
              id={day.name}
              name={day.name}
              type="date"
              defaultValue={day.value ?? ''}
              className="field !min-h-9 !w-auto !py-1"
            />
          </span>
        ))}
        {Object.entries(kept).map(([name, value]) =>
          value ? <input key={name} type="hidden" name={name} value={value} /> : null,
        )}
        <Button type="submit" className="!min-h-9">
          {t('show')}
        </Button>
      </form>
      {basis ? (
        <Choice
          label={t('basis')}
          options={bases.map((one) => ({
            key: one,
            text: t(one),
            current: one === basis,
            href: addressOf(path, {
              ...Object.fromEntries(days.map(({ name, value }) => [name, value])),
              ...kept,
              basis: one,
            }),
          }))}
        />
      ) : null}
      {children}
    </div>
  );
}

type Option = { key: string; text: string; href: string; current: boolean };

/** One of several, as links. */
export function Choice({ label, options }: { label: string; options: readonly Option[] }) {
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-2.5">
      <span className="t-strong">{label}</span>
      <span className="segment max-w-full flex-wrap">
        {options.map(({ key, text, href, current }) => (
          <Link key={key} href={href} {...(current ? { 'aria-current': 'true' as const } : {})}>
            {text}
          </Link>
        ))}
      </span>
    </nav>
  );
}
