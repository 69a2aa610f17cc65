'use client';
// The approver's desk: list and keys. J and K move, X selects, F opens the filter, the other keys press what carries them
// beside the open item; a bulk approval tells for each item whether it went through.
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useActionState, useEffect, useState } from 'react';
import type { ReactNode } from 'react';
import { Button } from '../../components/control/button.tsx';
import { useToast } from '../../components/control/toast.tsx';
import { isPageKey } from '../../components/shell/shortcuts.tsx';
import { Notice } from '../../components/state/notice.tsx';
import type { BulkState } from './approval.actions.ts';
import { approveSelected } from './approval.actions.ts';
import type { QueueRow } from './approval.documents.ts';
import { QueueList } from './queue-list.tsx';
import type { QueueFilter } from './queue-place.ts';
import { queueHref } from './queue-place.ts';

type ApprovalDeskProps = {
  title: string;
  summary: ReactNode;
  rows: readonly QueueRow[];
  currentId: string | null;
  /** The page of the queue. */
  after: string | null;
  /** What of the queue is wanted, and the form that says so. */
  filter: QueueFilter;
  filterForm: ReactNode;
  /** True when the address names the item: on a phone the sheet then takes the list's place. */
  opened: boolean;
  bulkKey: string;
  more: ReactNode;
  children: ReactNode;
};

export function ApprovalDesk({
  title,
  summary,
  rows,
  currentId,
  after,
  filter,
  filterForm,
  opened,
  bulkKey,
  more,
  children,
}: ApprovalDeskProps) {
  const t = useTranslations('approvals');
  const [selecting, setSelecting] = useState(false);
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const toggle = (id: string) =>
    setSelected((now) => new Set(now.has(id) ? [...now].filter((one) => one !== id) : [...now, id]));
  const select = () => {
    const current = rows.find((row) => row.id === currentId);
    if (current?.viewerMay.includes('approve')) toggle(current.id);
    setSelecting(true);
  };
  const leave = () => {
    setSelecting(false);
    setSelected(new Set());
  };
  useDeskKeys({ rows, currentId, after, filter }, select, leave);
  return (
    <div className="flex min-h-dvh flex-col desk:h-dvh desk:min-h-0">
      <header
        className={`flex flex-wrap items-center justify-between gap-3 border-b-2 border-ink px-[18px] py-3 desk:flex desk:h-[78px] desk:px-8 ${opened ? 'max-desk:hidden' : ''}`}
      >
        <h1 className="text-[27px]/[1.15] font-serif desk:text-[32px]/[1.15]">{title}</h1>
        <div className="relative flex items-center gap-2.5">
          <p className="t-small text-ink-2">{summary}</p>
          {filterForm}
          <Button
            keyName="X"
            aria-pressed={selecting}
            className="needs-script"
            onClick={selecting ? leave : () => setSelecting(true)}
          >
            {selecting ? t('stopSelecting') : t('select')}
          </Button>
        </div>
      </header>
      <div className="flex min-h-0 flex-1">
        <div
          className={`min-h-0 w-full overflow-y-auto desk:ml-8 desk:w-[352px] desk:flex-none desk:border-r desk:border-rule ${opened ? 'max-desk:hidden' : ''}`}
        >
          {selecting ? <BulkBar {...{ selected, rows, bulkKey }} onSelect={setSelected} /> : null}
          <QueueList
            rows={rows}
            currentId={currentId}
            after={after}
            filter={filter}
            selecting={selecting}
            selected={selected}
            onToggle={toggle}
          />
          {more}
        </div>
        <div className={`min-h-0 min-w-0 flex-1 bg-sheet ${opened ? 'phone-act' : 'max-desk:hidden'}`}>
          {children}
        </div>
      </div>
    </div>
  );
}

type BulkBarProps = {
  selected: ReadonlySet<string>;
  rows: readonly QueueRow[];
  bulkKey: string;
  onSelect: (ids: ReadonlySet<string>) => void;
};

function BulkBar({ selected, rows, bulkKey, onSelect }: BulkBarProps) {
  const t = useTranslations('approvals');
  const toast = useToast();
  const [state, act, pending] = useActionState<BulkState, FormData>(
    async (previous, form) => {
      const next = await approveSelected(previous, form);
      if (next.status === 'done') {
        toast({ icon: 'close', text: next.said });
        onSelect(new Set());
      }
      return next;
    },
    { status: 'idle' },
  );
  const chosen = rows.filter((row) => selected.has(row.id));
  const possible = rows.filter((row) => row.viewerMay.includes('approve'));
  return (
    <form action={act} className="sticky top-0 z-10 grid gap-2 border-b border-ink bg-sheet px-3 py-2.5">
      <input
        type="hidden"
        name="idempotencyKey"
        value={`${bulkKey}-${chosen.map((row) => row.number).join('.')}`}
      />
      {chosen.map((row) => (
        <input key={row.id} type="hidden" name="contributionIds" value={row.id} />
      ))}
      <Button type="submit" tone="primary" keyName="A" data-key="a" disabled={pending || chosen.length === 0}>
        {chosen.length === 0 ? t('selectSome') : t('approveMany', { count: chosen.length })}
      </Button>
      {chosen.length < possible.length ? (
        <Button tone="quiet" onClick={() => onSelect(new Set(possible.map(({ id }) => id)))}>
          {t('selectAll', { count: possible.length })}
        </Button>
      ) : null}
      {state.status === 'failed' ? (
        <Notice tone="stop">{t('bulkFailed', { code: state.code })}</Notice>
      ) : null}
      {state.status === 'done' && state.refused.length > 0 ? (
        <Notice tone="wait">
          <ul>
            {state.refused.map((one) => (
              <li key={one.number ?? one.reason}>
                {one.number ? <strong className="font-semibold">{one.number}: </strong> : null}
                {one.reason}
              </li>
            ))}
          </ul>
        </Notice>
      ) : null}
    </form>
  );
}

/** J and K walk the list, X chooses the open item and Esc ends choosing; the others press what carries the key, so that what is disabled stays so. */
function useDeskKeys(
  { rows, currentId, after, filter }: Pick<ApprovalDeskProps, 'rows' | 'currentId' | 'after' | 'filter'>,
  onSelect: () => void,
  onLeave: () => void,
): void {
  const router = useRouter();
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (!isPageKey(event)) return;
      const key = event.key.toLowerCase();
      const at = rows.findIndex((row) => row.id === currentId);
      const next = key === 'j' ? rows[at + 1] : key === 'k' ? rows[at - 1] : undefined;
      if (next) router.push(queueHref({ item: next.id, after, filter }), { scroll: false });
      if (key === 'x') onSelect();
      if (event.key === 'Escape') onLeave();
      if (['a', 'e', 'c', 'r', 'w'].includes(key)) {
        const carries = document.querySelector<HTMLElement>(`[data-key="${key}"]`);
        if (!carries) return;
        event.preventDefault();
        carries.click();
        // What opens is a form: one goes on typing in it.
        const form = carries.closest('details[open]');
        form?.querySelector<HTMLElement>('textarea, input:not([type=hidden])')?.focus();
        form?.scrollIntoView({ block: 'nearest' });
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  });
}
