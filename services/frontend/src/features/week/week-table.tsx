'use client';
// The grid itself: lines by kind of work, columns by day, with the hours and the worth of each line and each day.
import { useTranslations } from 'next-intl';
import { Icon } from '../../components/icon.tsx';
import { totalOf } from '../../lib/amount.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import type { WeekFormProps } from './week-form.tsx';
import type { CellResult } from './week.actions.ts';
import type { WeekPreview } from './use-week-preview.ts';
import type { WeekRow } from './week-grid.ts';
import {
  cellName,
  dayOf,
  daysOfWeek,
  hoursTotal,
  overfullDays,
  partsOf,
  slipOf,
  whatOf,
} from './week-grid.ts';

type WeekTableProps = Pick<WeekFormProps, 'monday' | 'today' | 'currency' | 'choices' | 'logged'> & {
  rows: readonly WeekRow[];
  previews: WeekPreview;
  refusals: readonly CellResult[];
  onChange: (at: number, part: Partial<WeekRow>) => void;
};

export function WeekTable(props: WeekTableProps) {
  const t = useTranslations('week');
  const { weekdayShort, dateShort } = useFormat();
  const { monday, rows } = props;
  return (
    <table className="book week">
      <caption className="sr-only">{t('caption')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('what')}</th>
          <th scope="col">{t('description')}</th>
          {daysOfWeek.map((day) => (
            <th key={day} scope="col" className="num">
              {weekdayShort(dayOf(monday, day))}
              <span className="block font-normal">{dateShort(dayOf(monday, day))}</span>
            </th>
          ))}
          <th scope="col" className="num">
            {t('hours')}
          </th>
          <th scope="col" className="num">
            {t('worth')}
          </th>
        </tr>
      </thead>
      <tbody>
        {rows.map((row, at) => (
          <Line key={at} {...props} row={row} at={at} />
        ))}
      </tbody>
      <Totals {...props} />
    </table>
  );
}

function Line({ row, at, ...props }: WeekTableProps & { row: WeekRow; at: number }) {
  const t = useTranslations('week');
  const words = useKindWords();
  const { quantityText } = useFormat();
  const { monday, choices, previews, refusals, onChange } = props;
  const slips = useSlips(row, at, previews, refusals);
  const { category, kind } = partsOf(row.what);
  const name = words.work(kind, category);
  const setDay = (day: number, typed: string) =>
    onChange(at, { hours: row.hours.map((hours, index) => (index === day ? typed : hours)) });
  return (
    <tr>
      <th scope="row">
        <WhatChoice at={at} what={row.what} choices={choices} onChange={onChange} />
      </th>
      <td>
        <input
          name={`description-${at}`}
          aria-label={t('descriptionOf', { row: at + 1 })}
          placeholder={t('description')}
          value={row.description}
          maxLength={2000}
          onChange={(event) => onChange(at, { description: event.target.value })}
          className="field"
        />
        {slips.texts.map((text) => (
          <span key={text} id={`slip-${at}`} className="t-small mt-1 flex gap-1.5 text-stop">
            <Icon name="fault" className="mt-0.5 size-3.5" />
            {text}
          </span>
        ))}
      </td>
      {daysOfWeek.map((day) => (
        <HourCell
          key={day}
          {...props}
          at={at}
          day={day}
          name={name}
          typed={row.hours[day] ?? ''}
          wrong={slips.days.includes(day)}
          later={dayOf(monday, day) > props.today}
          onType={(typed) => setDay(day, typed)}
        />
      ))}
      <td className="num">{quantityText(hoursTotal(row.hours))} h</td>
      <td className="num text-pencil">
        <Worth
          values={daysOfWeek.map((day) => previews[cellName(at, day)]?.value)}
          label={t('worthOf', { what: name })}
        />
      </td>
    </tr>
  );
}

type HourCellProps = {
  at: number;
  day: number;
  name: string;
  monday: string;
  typed: string;
  wrong: boolean;
  later: boolean;
  onType: (typed: string) => void;
};

type WhatChoiceProps = Pick<WeekTableProps, 'choices' | 'onChange'> & { at: number; what: string };

function WhatChoice({ at, what, choices, onChange }: WhatChoiceProps) {
  const t = useTranslations('week');
  const words = useKindWords();
  return (
    <select
      name={`what-${at}`}
      aria-label={t('whatOf', { row: at + 1 })}
      value={what}
      onChange={(event) => onChange(at, { what: event.target.value })}
      className="field"
    >
      {choices.map((choice) => (
        <optgroup key={choice.kind} label={words.kind(choice.kind)}>
          {choice.categories.map((one) => (
            <option key={one} value={whatOf(choice.kind, one)}>
              {words.work(choice.kind, one)}
            </option>
          ))}
        </optgroup>
      ))}
    </select>
  );
}

function HourCell({ at, day, name, monday, typed, wrong, later, onType }: HourCellProps) {
  const t = useTranslations('week');
  const { weekdayShort, dateShort } = useFormat();
  const date = dayOf(monday, day);
  return (
    <td className="num">
      <span className="week-day t-small text-ink-2" aria-hidden="true">
        {weekdayShort(date)}
      </span>
      <input
        name={cellName(at, day)}
        aria-label={t('hoursOf', {
          day: `${weekdayShort(date)} ${dateShort(date)}`,
          what: name,
          row: at + 1,
        })}
        value={typed}
        autoComplete="off"
        maxLength={64}
        disabled={later}
        onChange={(event) => onType(event.target.value)}
        className="field week-hours"
        {...(wrong ? { 'aria-invalid': true, 'aria-describedby': `slip-${at}` } : {})}
      />
    </td>
  );
}

/** What is wrong in a line: slips as they are typed, refusals of the last sending, problems the preview met. */
function useSlips(row: WeekRow, at: number, previews: WeekPreview, refusals: readonly CellResult[]) {
  const t = useTranslations('week');
  const words = useTranslations('log.slip');
  const texts = new Set<string>();
  const days = daysOfWeek.filter((day) => {
    const typed = row.hours[day] ?? '';
    const slip = slipOf(typed);
    if (slip) {
      const key = slip as Parameters<typeof words>[0];
      texts.add(
        slip === 'OVER_24_HOURS' ? t('overfull') : words.has(key) ? words(key) : words('NOT_A_DURATION'),
      );
      return true;
    }
    const refused = refusals.find(
      (cell) => cell.row === at && cell.day === day && cell.hours === typed.trim(),
    );
    const problem = refused?.refusal ?? previews[cellName(at, day)]?.problem ?? null;
    if (problem) texts.add(problem);
    return problem !== null;
  });
  return { days, texts: [...texts] };
}

function Worth({ values, label }: { values: readonly (string | null | undefined)[]; label?: string }) {
  const { moneyText } = useFormat();
  const known = values.filter((value): value is string => typeof value === 'string');
  if (known.length === 0) return null;
  return (
    <span className="dash-rule">
      {label ? <span className="sr-only">{label} </span> : null}
      {moneyText(totalOf(known))}
    </span>
  );
}

function Totals({ rows, logged, previews }: WeekTableProps) {
  const t = useTranslations('week');
  const { quantityText } = useFormat();
  const overfull = overfullDays(rows, logged);
  const typedOf = (day: number) => rows.map(({ hours }) => hours[day] ?? '');
  return (
    <tfoot>
      <tr className="sum">
        <th scope="row" colSpan={2}>
          {t('perDay')}
          {logged.some((hours) => hours.length > 0) ? (
            <span className="t-small block font-normal text-ink-2">{t('withLogged')}</span>
          ) : null}
        </th>
        {daysOfWeek.map((day) => (
          <td key={day} className={`num ${overfull.includes(day) ? 'text-stop' : ''}`}>
            {quantityText(hoursTotal(typedOf(day), logged[day]))}
          </td>
        ))}
        <td className="num">{quantityText(hoursTotal(daysOfWeek.flatMap(typedOf), logged.flat()))} h</td>
        <td className="num text-pencil">
          <Worth values={Object.values(previews).map(({ value }) => value)} label={t('worthAll')} />
        </td>
      </tr>
      {overfull.length > 0 ? (
        <tr>
          <td colSpan={11} role="alert" className="t-ui text-stop">
            {t('overfull')}
          </td>
        </tr>
      ) : null}
    </tfoot>
  );
}
