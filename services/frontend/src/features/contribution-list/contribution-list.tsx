// A member's contributions, newest first: what, when, how much, and where it stands.
import { useTranslations } from 'next-intl';
import { Money } from '../../components/print/money.tsx';
import { Age, Status } from '../../components/print/status.tsx';
import { Table } from '../../components/print/table.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { firstSentence } from '../../lib/sentence.ts';
import type { ContributionCard } from '../contribution/contribution.documents.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import { Link } from '../../components/link.tsx';

type ContributionListProps = { contributions: readonly ContributionCard[]; caption: string };

export function ContributionList({ contributions, caption }: ContributionListProps) {
  const { dateShort } = useFormat();
  const t = useTranslations('contributions');
  return (
    <Table
      caption={caption}
      rows={contributions}
      keyOf={({ id }) => id}
      columns={[
        {
          head: t('day'),
          text: ({ workedOn }) => dateShort(workedOn),
          className: 'w-16',
          tone: 'whitespace-nowrap text-ink-2',
        },
        { head: t('what'), name: (one) => <What one={one} /> },
        { head: t('kind'), text: (one) => <Kind one={one} />, from: 'desk' },
        {
          head: t('state'),
          text: ({ status, ageDays, stale }) => (
            <>
              <Status name={status} />{' '}
              {status === 'SUBMITTED' && ageDays !== null ? <Age days={ageDays} stale={stale} /> : null}
            </>
          ),
          from: 'desk',
        },
        {
          head: t('value'),
          figure: ({ value }) =>
            value ? <Money value={value} /> : <span className="text-ink-2">{t('posts')}</span>,
        },
      ]}
    />
  );
}

/** What was done; on a phone its state and quantity below, where their columns have no room. */
function What({ one }: { one: ContributionCard }) {
  const words = useKindWords();
  return (
    <>
      <Link href={`/contributions/${encodeURIComponent(one.id)}`} className="cell">
        {firstSentence(one.description) || words.kind(one.kind)}
      </Link>
      <span className="mt-1 flex flex-wrap items-center gap-x-3 desk:hidden">
        <Status name={one.status} />
        <span className="t-small text-ink-2">{words.quantity(one)}</span>
      </span>
    </>
  );
}

function Kind({ one }: { one: ContributionCard }) {
  const t = useTranslations('contributions');
  const words = useKindWords();
  return (
    <>
      {words.kind(one.kind)} <span className="text-ink-2">{words.quantity(one)}</span>
      {one.originalQuantity ? (
        <span className="t-small block text-wait">
          {t('adjusted', {
            from: words.quantity({ ...one, quantity: one.originalQuantity }) ?? one.originalQuantity,
          })}
        </span>
      ) : null}
    </>
  );
}
