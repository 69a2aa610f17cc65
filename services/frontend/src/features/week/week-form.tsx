'use client';
// A week's grid: a line for each kind of work, a column for each day, one act for all of it. It works without scripts;
// with them it adds up and says what it is worth while it is filled in.
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useActionState, useState } from 'react';
import { Button } from '../../components/control/button.tsx';
import { useToast } from '../../components/control/toast.tsx';
import { useScripted } from '../../components/control/use-act.ts';
import { Notice } from '../../components/state/notice.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import type { CellResult, WeekState } from './week.actions.ts';
import { logWeek } from './week.actions.ts';
import { useWeekPreview } from './use-week-preview.ts';
import type { WeekRow } from './week-grid.ts';
import { dayOf, emptyHours, mostRows, partsOf } from './week-grid.ts';
import type { WeekChoice } from './week-start.ts';
import { WeekTable } from './week-table.tsx';
import { Icon } from '../../components/icon.tsx';
import { Link } from '../../components/link.tsx';

export type WeekFormProps = {
  monday: string;
  today: string;
  currency: string;
  choices: readonly WeekChoice[];
  start: readonly WeekRow[];
  logged: readonly (readonly string[])[];
  actionKey: string;
};

const idle: WeekState = { status: 'idle' };

export function WeekForm(props: WeekFormProps) {
  const t = useTranslations('week');
  const { state, send, pending, rows, setRows } = useWeek(props.start);
  const previews = useWeekPreview(rows, props.monday);
  const change = (at: number, part: Partial<WeekRow>) =>
    setRows(rows.map((row, index) => (index === at ? { ...row, ...part } : row)));
  const answered = state.status === 'answered' ? state : null;
  return (
    <form
      action={send}
      // React resets a form once it was answered; the kinds chosen would be those it began with.
      onReset={(event) => event.preventDefault()}
      className="grid gap-5"
    >
      <input type="hidden" name="monday" value={props.monday} />
      <input type="hidden" name="idempotencyKey" value={answered?.nextKey ?? props.actionKey} />
      <Outcome state={state} monday={props.monday} />
      <WeekTable
        {...props}
        rows={rows}
        previews={previews}
        refusals={answered?.results.filter(({ refusal }) => refusal !== null) ?? []}
        onChange={change}
      />
      <div className="flex flex-wrap items-center gap-2.5">
        <Button type="submit" tone="primary" disabled={pending}>
          {pending ? t('sending') : t('send')}
        </Button>
        {rows.length < mostRows ? (
          <Button
            icon={<Icon name="plus" />}
            className="needs-script"
            onClick={() =>
              setRows([...rows, { what: rows.at(-1)?.what ?? '', description: '', hours: emptyHours() }])
            }
          >
            {t('addRow')}
          </Button>
        ) : null}
      </div>
    </form>
  );
}

/** The grid's lines and the act: what was logged leaves the grid, what was refused stays to be mended. */
function useWeek(start: readonly WeekRow[]) {
  const toast = useToast();
  const router = useRouter();
  const scripted = useScripted();
  const [plainState, plainSend] = useActionState(logWeek, idle);
  const [rows, setRows] = useState<readonly WeekRow[]>(
    plainState.status === 'answered' ? plainState.rows : start,
  );
  const [state, send, pending] = useActionState<WeekState, FormData>(async (previous, form) => {
    const next = await logWeek(previous, form);
    if (next.status !== 'answered') return next;
    setRows(next.rows);
    if (next.results.some(({ logged }) => logged)) toast({ icon: 'check', text: next.said });
    if (next.results.length > 0 && next.results.every(({ logged }) => logged)) router.push('/contributions');
    return next;
  }, idle);
  return {
    state: state.status === 'idle' ? plainState : state,
    send: scripted ? send : plainSend,
    pending,
    rows,
    setRows,
  };
}

function Outcome({ state, monday }: { state: WeekState; monday: string }) {
  const t = useTranslations('week');
  const outcome = useTranslations('outcome');
  if (state.status === 'idle') return null;
  if (state.status === 'signed-out') {
    return (
      <Notice tone="wait">
        {outcome('signedOut')} {outcome('kept')}{' '}
        <Link href={`/sign-in?return=${encodeURIComponent('/contributions/week')}`} className="link">
          {outcome('signIn')}
        </Link>
      </Notice>
    );
  }
  if (state.status === 'failed') {
    return (
      <div role="alert">
        <Notice tone="stop">
          {outcome('failed')} {outcome('again')} <code className="t-mono">{state.code}</code>
        </Notice>
      </div>
    );
  }
  const anyRefused = state.results.length === 0 || state.results.some(({ refusal }) => refusal !== null);
  return (
    <div role="alert">
      <Notice tone={anyRefused ? 'wait' : 'plain'}>
        <p className="t-strong">{state.said}</p>
        {state.results.length > 0 ? (
          <ul className="mt-1 grid gap-0.5" aria-label={t('results')}>
            {state.results.map((cell) => (
              <li key={`${cell.row}-${cell.day}`}>
                <CellLine cell={cell} monday={monday} />
              </li>
            ))}
          </ul>
        ) : null}
      </Notice>
    </div>
  );
}

function CellLine({ cell, monday }: { cell: CellResult; monday: string }) {
  const t = useTranslations('week');
  const { dateShort, moneyText, weekdayShort } = useFormat();
  const words = useKindWords();
  const date = dayOf(monday, cell.day);
  const { kind, category } = partsOf(cell.what);
  const where = t('cell', {
    day: weekdayShort(date),
    date: dateShort(date),
    what: words.work(kind, category),
    hours: cell.hours,
  });
  if (!cell.logged) return `${where}: ${cell.refusal ?? ''}`;
  return (
    <>
      {where}:{' '}
      <Link href={`/contributions/${encodeURIComponent(cell.logged.id)}`} className="link">
        {t('number', { number: cell.logged.number })}
      </Link>
      {cell.logged.value ? `, ${moneyText(cell.logged.value)}` : null}
    </>
  );
}
