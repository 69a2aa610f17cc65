// Whose turn it is to decide the open item, and why it came to them.
import { useTranslations } from 'next-intl';
import type { Decision } from './approval.documents.ts';

const standings = ['reviewer', 'approver', 'backup', 'stand_in', 'fallback'] as const;
const causes = [
  'self',
  'scope',
  'value',
  'absent',
  'late',
  'stale',
  'objected',
  'timed_out',
  'no_eligible',
] as const;
/** More names than these tell nobody whom to turn to. */
const MOST_NAMES = 4;

const known = <Word extends string>(words: readonly Word[], word: string | null | undefined): Word | null =>
  words.find((one) => one === word) ?? null;

export function TurnPanel({ turn }: { turn: Decision['turn'] }) {
  const t = useTranslations('approvals.turn');
  if (!turn) return null;
  const because = known(causes, turn.because);
  return (
    <section aria-labelledby="turn" className="mb-6 wide:border-l wide:border-rule wide:pl-6">
      <h3 id="turn" className="t-strong mb-1">
        {t('title')}
      </h3>
      {turn.seats.length === 0 ? <p className="t-ui text-wait">{t('nobody')}</p> : null}
      <ul className="t-ui">
        {turn.seats.slice(0, MOST_NAMES).map(({ member, standing }) => (
          <li key={member.displayName} className="py-0.5">
            {t(`standing.${known(standings, standing) ?? 'reviewer'}`, { name: member.displayName })}
          </li>
        ))}
      </ul>
      {because ? <p className="t-small mt-1 text-ink-2">{t(`because.${because}`)}</p> : null}
    </section>
  );
}
