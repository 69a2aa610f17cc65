// Weights or policies that wait for a second person.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import { useFormat } from '../../../lib/language/use-format.ts';
import type { Version } from '../provenance.tsx';
import { WaitingChange } from '../waiting-change.tsx';
import { decideTerms } from './terms.actions.ts';

type WaitingProps = {
  version: Version & {
    id: string;
    effectiveOn: string;
    closedPeriod: string | null;
    own: boolean;
    viewerMayDecide: boolean;
    viewerMayDecline: boolean;
  };
  room: 'weights' | 'allocation';
  viewer: string;
  timeZone: string;
  children: ReactNode;
};

export function WaitingTerms({ version, room, viewer, timeZone, children }: WaitingProps) {
  const t = useTranslations('settings.second');
  const { dateLong, periodName } = useFormat();
  const { viewerMayDecide: sign, viewerMayDecline: decline, closedPeriod, own } = version;
  return (
    <WaitingChange
      id={`waits-${version.version}`}
      title={t('title', { version: version.version })}
      text={t('text', { date: dateLong(version.effectiveOn) })}
      set={version}
      openNote={closedPeriod === null ? t('openNote') : t('nobodyNote')}
      {...(closedPeriod === null ? {} : { late: t('closed', { period: periodName(closedPeriod) }) })}
      may={{ sign, decline }}
      {...(own ? { declineLabel: t('takeBack') } : {})}
      viewer={viewer}
      timeZone={timeZone}
      act={decideTerms}
      about={{ termsId: version.id, room }}
      returnTo={`/settings/${room}`}
    >
      {children}
    </WaitingChange>
  );
}
