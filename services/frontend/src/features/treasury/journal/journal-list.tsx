// The journal as a list: day, what it was with its number, and the amount. What was reversed is struck through.
import { useTranslations } from 'next-intl';
import { Money } from '../../../components/print/money.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import type { JournalRow } from './journal.documents.ts';
import { Link } from '../../../components/link.tsx';

type JournalListProps = {
  rows: readonly JournalRow[];
  openId: string | null;
  hrefOf: (id: string) => string;
};

export function JournalList({ rows, openId, hrefOf }: JournalListProps) {
  const t = useTranslations('treasury');
  const { dateShort } = useFormat();
  return (
    <ul>
      {rows.map((row) => (
        <li key={row.id} className="border-b border-rule">
          <Link
            href={hrefOf(row.id)}
            scroll={false}
            className={`queue-row grid grid-cols-[52px_1fr_auto] gap-2 ${row.id === openId ? 'queue-row-current' : ''}`}
            {...(row.id === openId ? { 'aria-current': 'true' as const } : {})}
          >
            <span className="t-small text-ink-2">{dateShort(row.effectiveOn)}</span>
            <span className="min-w-0">
              <span className={`t-ui line-clamp-2 ${row.reversedBy ? 'line-through' : ''}`}>
                {row.description}
              </span>
              <span className="t-small text-ink-2">
                {row.reversedBy
                  ? t('rowReversed', { number: row.number, by: row.reversedBy.number })
                  : row.number}
              </span>
            </span>
            <span className="t-ui">
              <Money value={row.amount} />
            </span>
          </Link>
        </li>
      ))}
    </ul>
  );
}
