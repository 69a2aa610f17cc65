// Which version it is, since when, who set it and why: the small print below every rule.
import { useTranslations } from 'next-intl';
import { dayIn } from '../../lib/civil-day.ts';
import { useFormat } from '../../lib/language/use-format.ts';

export type Version = {
  version: number;
  /** Null for what has counted since the founding. */
  effectiveOn: string | null;
  rationale: string | null;
  setAt: string;
  setBy: { displayName: string } | null;
  status?: string;
  decidedBy?: { displayName: string } | null;
  decidedAt?: string | null;
  decisionReason?: string | null;
};

/** Days before the common era of the books mean "from the beginning". */
export const isFounding = (date: string | null) => date === null || date < '1901';

export function Provenance({ version, timeZone }: { version: Version; timeZone: string }) {
  const t = useTranslations('settings.version');
  const { dateLong } = useFormat();
  const since = isFounding(version.effectiveOn)
    ? t('founding')
    : t('since', { date: dateLong(version.effectiveOn ?? '') });
  return (
    <div className="notice t-small mt-4 text-ink-2">
      <p>
        <strong className="font-semibold text-ink">{t('one', { version: version.version })}</strong> {since}.{' '}
        <SetBy version={version} timeZone={timeZone} />
      </p>
      {version.rationale && version.setBy ? <p>“{version.rationale}”</p> : null}
    </div>
  );
}

type Signed = Pick<Version, 'setAt' | 'setBy' | 'status' | 'decidedBy' | 'decidedAt'>;

/** "Set by Dev Rao, Jun 2, 9:14 AM, signed by Carol Lindqvist, …". */
export function SetBy({ version, timeZone }: { version: Signed; timeZone: string }) {
  const t = useTranslations('settings.version');
  const { dateLong } = useFormat();
  const day = (instant: string) => dateLong(dayIn(timeZone, instant));
  const second = version.decidedBy
    ? t(version.status === 'declined' ? 'declined' : 'signed', {
        name: version.decidedBy.displayName,
        date: version.decidedAt ? day(version.decidedAt) : '',
      })
    : null;
  const first = version.setBy
    ? t('setBy', { name: version.setBy.displayName, date: day(version.setAt) })
    : t('setFounding');
  return <>{second ? `${first}; ${second}` : first}</>;
}
