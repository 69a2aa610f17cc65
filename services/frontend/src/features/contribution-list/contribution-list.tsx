// A member's own contributions, newest first: what, when, how much, and where it stands.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Money } from '../../components/print/money.tsx';
import { Age, Status } from '../../components/print/status.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { firstSentence } from '../../lib/sentence.ts';
import type { ContributionCard } from '../contribution/contribution.documents.ts';
import { useKindWords } from '../contribution/kind-words.ts';

export function ContributionList({ contributions }: { contributions: readonly ContributionCard[] }) {
  const { dateShort } = useFormat();
  const t = useTranslations('contributions');
  const words = useKindWords();
  return (
    <table className="book">
      <caption className="sr-only">{t('caption')}</caption>
      <thead>
        <tr>
          <th scope="col" className="w-16">
            {t('day')}
          </th>
          <th scope="col">{t('what')}</th>
          <th scope="col" className="max-desk:hidden">
            {t('kind')}
          </th>
          <th scope="col" className="max-desk:hidden">
            {t('state')}
          </th>
          <th scope="col" className="num">
            {t('value')}
          </th>
        </tr>
      </thead>
      <tbody>
        {contributions.map((one) => (
          <tr key={one.id}>
            <td className="whitespace-nowrap text-ink-2">{dateShort(one.workedOn)}</td>
            <th scope="row">
              <Link href={`/contributions/${encodeURIComponent(one.id)}`} className="cell">
                {firstSentence(one.description) || words.kind(one.kind)}
              </Link>
              <span className="mt-1 flex flex-wrap items-center gap-x-3 desk:hidden">
                <Status name={one.status} />
                <span className="t-small text-ink-2">{words.quantity(one)}</span>
              </span>
            </th>
            <td className="max-desk:hidden">
              {words.kind(one.kind)} <span className="text-ink-2">{words.quantity(one)}</span>
              {one.originalQuantity ? (
                <span className="t-small block text-wait">
                  {t('adjusted', {
                    from: words.quantity({ ...one, quantity: one.originalQuantity }) ?? one.originalQuantity,
                  })}
                </span>
              ) : null}
            </td>
            <td className="max-desk:hidden">
              <Status name={one.status} />{' '}
              {one.status === 'SUBMITTED' && one.ageDays !== null ? (
                <Age days={one.ageDays} stale={one.stale} />
              ) : null}
            </td>
            <td className="num">
              {one.value ? <Money value={one.value} /> : <span className="text-ink-2">{t('posts')}</span>}
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}
