// What the peers of a contribution are asked and have said, on its own page.
import { useTranslations } from 'next-intl';
import { useFormat } from '../../lib/language/use-format.ts';
import type { ContributionDetail } from '../contribution/contribution.documents.ts';
import { usePeerProgress } from './peer-progress.ts';

const ENDS = ['validated', 'objected', 'timed_out', 'no_eligible'] as const;

export function PeerPanel({ peers, timeZone }: { peers: ContributionDetail['peers']; timeZone: string }) {
  const t = useTranslations('peers');
  const { instantText, dateLong } = useFormat();
  const progress = usePeerProgress();
  if (!peers) return null;
  const end = ENDS.find((one) => one === peers.state) ?? 'over';
  const { needed } = peers;
  return (
    <section aria-labelledby="peers" className="mt-5">
      <h2 id="peers" className="t-strong">
        {t('ended.title')}
      </h2>
      <p className="t-ui">
        {peers.state === 'open'
          ? progress(peers)
          : t(`ended.${end}`, { needed, date: dateLong(peers.until) })}
      </p>
      <ul className="t-small text-ink-2">
        {peers.words.map(({ by, verdict, at }) => (
          <li key={at}>
            {t(verdict === 'objected' ? 'word.objected' : 'word.validated', {
              name: by.displayName,
              time: instantText(at, timeZone),
            })}
          </li>
        ))}
      </ul>
    </section>
  );
}
