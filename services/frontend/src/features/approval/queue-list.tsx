'use client';
// The queue at the left: oldest first, with what each is worth, how long it has waited and who has signed. While
// selecting, each row that may be approved carries a box.
import { useTranslations } from 'next-intl';
import { Icon } from '../../components/icon.tsx';
import { Age } from '../../components/print/status.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { firstSentence } from '../../lib/sentence.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import type { QueueRow } from './approval.documents.ts';
import type { QueueFilter } from './queue-place.ts';
import { queueHref } from './queue-place.ts';
import { Link } from '../../components/link.tsx';

type QueueListProps = {
  rows: readonly QueueRow[];
  currentId: string | null;
  /** The page of the queue, kept while walking it. */
  after: string | null;
  filter: QueueFilter;
  selecting: boolean;
  selected: ReadonlySet<string>;
  onToggle: (id: string) => void;
};

export function QueueList({ rows, currentId, after, filter, selecting, selected, onToggle }: QueueListProps) {
  return (
    <ul className="border-t border-transparent">
      {rows.map((row) => (
        <li key={row.id} className="relative border-b border-rule">
          {selecting ? (
            <SelectRow
              row={row}
              current={row.id === currentId}
              checked={selected.has(row.id)}
              onToggle={onToggle}
            />
          ) : (
            <Link
              href={queueHref({ item: row.id, after, filter })}
              scroll={false}
              className={`queue-row ${row.id === currentId ? 'queue-row-current' : ''}`}
              {...(row.id === currentId ? { 'aria-current': 'true' as const } : {})}
            >
              <RowText row={row} />
            </Link>
          )}
        </li>
      ))}
    </ul>
  );
}

function SelectRow({
  row,
  current,
  checked,
  onToggle,
}: {
  row: QueueRow;
  current: boolean;
  checked: boolean;
  onToggle: (id: string) => void;
}) {
  const may = row.viewerMay.includes('approve');
  return (
    <label
      className={`queue-row flex gap-3 ${checked ? 'bg-pen-wash' : ''} ${current ? 'queue-row-current' : ''}`}
    >
      <input
        type="checkbox"
        className="mt-1 size-4 accent-[var(--pen)]"
        checked={checked}
        disabled={!may}
        onChange={() => onToggle(row.id)}
      />
      <span className="min-w-0 flex-1">
        <RowText row={row} />
      </span>
    </label>
  );
}

function RowText({ row }: { row: QueueRow }) {
  const { moneyText } = useFormat();
  const t = useTranslations('approvals');
  const words = useKindWords();
  const quantity = words.quantity(row);
  return (
    <>
      <span className="flex justify-between gap-3">
        <span className="t-strong truncate">{row.member.displayName}</span>
        <span className={row.value ? 't-strong' : 't-small text-ink-2'}>
          {row.value ? moneyText(row.value) : t('postsNothing')}
        </span>
      </span>
      <span className="t-ui block truncate">{firstSentence(row.description) || words.kind(row.kind)}</span>
      <span className="mt-0.5 flex items-baseline justify-between gap-3">
        <span className="t-small flex min-w-0 flex-wrap items-baseline gap-x-2.5 text-ink-2">
          {quantity ? `${words.kind(row.kind)}, ${quantity}` : words.kind(row.kind)}
          {row.mine ? <span>{t('yours')}</span> : null}
          {row.signaturesNeeded > 1 ? (
            <span className="t-note inline-flex items-center gap-1 text-pen">
              <Icon name="sign" className="size-3.5" />
              {t('signed', { done: row.signatures.length, needed: row.signaturesNeeded })}
            </span>
          ) : null}
        </span>
        <Age days={row.ageDays ?? 0} stale={row.stale} />
      </span>
    </>
  );
}
