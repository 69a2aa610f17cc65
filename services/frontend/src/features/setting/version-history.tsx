// Every version of a rule, newest first: from when, what, why, by whom, and whether it counts, comes, waits or is past.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { IconName } from '../../components/icon.tsx';
import { Icon } from '../../components/icon.tsx';
import { Section } from '../../components/print/section.tsx';
import { Table } from '../../components/print/table.tsx';
import { toneClass } from '../../components/print/status.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { Version } from './provenance.tsx';
import { SetBy, isFounding } from './provenance.tsx';

type HistoryProps<One extends Version> = {
  versions: readonly One[];
  /** The number of the version that counts today. */
  inForce: number;
  today: string;
  timeZone: string;
  what?: (version: One) => ReactNode;
  /** Address of the same as a file. */
  csv: string;
};

export function VersionHistory<One extends Version>(props: HistoryProps<One>) {
  const { versions, inForce, today, timeZone, what, csv } = props;
  const t = useTranslations('settings');
  const { dateLong } = useFormat();
  return (
    <Section title={t('history.title')} id="history" className="mt-9">
      <Table
        caption={t('history.caption')}
        rows={versions}
        keyOf={({ version }) => String(version)}
        csv={csv}
        columns={[
          { head: t('history.version'), name: ({ version }) => version },
          {
            head: t('history.from'),
            text: ({ effectiveOn }) =>
              isFounding(effectiveOn) ? t('version.founding') : dateLong(effectiveOn ?? ''),
            tone: 'whitespace-nowrap max-desk:whitespace-normal',
          },
          what && { head: t('history.what'), text: what, from: 'desk' },
          { head: t('history.why'), text: (version) => <Why version={version} timeZone={timeZone} /> },
          {
            head: t('history.state'),
            text: (version) => <VersionState version={version} inForce={inForce} today={today} />,
          },
        ]}
      />
    </Section>
  );
}

function Why({ version, timeZone }: { version: Version; timeZone: string }) {
  return (
    <>
      {version.rationale && version.setBy ? `“${version.rationale}”` : null}
      <span className="t-small block text-ink-2">
        <SetBy version={version} timeZone={timeZone} />
      </span>
      {version.decisionReason ? (
        <span className="t-small block text-ink-2">“{version.decisionReason}”</span>
      ) : null}
    </>
  );
}

export type VersionStanding = 'waiting' | 'declined' | 'expired' | 'inForce' | 'coming' | 'past';

/** Whether a version waits for a second person, was declined or expired, counts, will count, or has counted. */
export function stateOf(version: Version, inForce: number, today: string): VersionStanding {
  const { status } = version;
  if (status === 'waiting' || status === 'declined' || status === 'expired') return status;
  if (version.version === inForce) return 'inForce';
  return version.effectiveOn !== null && version.effectiveOn > today ? 'coming' : 'past';
}

const look: Record<VersionStanding, readonly [IconName, keyof typeof toneClass]> = {
  waiting: ['waiting', 'wait'],
  declined: ['cross', 'stop'],
  expired: ['clock', 'stop'],
  inForce: ['check', 'done'],
  coming: ['scheduled', 'plain'],
  past: ['clock', 'plain'],
};
const wordOf = {
  waiting: 'waits',
  declined: 'wasDeclined',
  expired: 'expired',
  inForce: 'inForce',
  past: 'past',
} as const;

function VersionState({ version, inForce, today }: { version: Version; inForce: number; today: string }) {
  const t = useTranslations('settings.version');
  const { dateShort } = useFormat();
  const state = stateOf(version, inForce, today);
  const [icon, tone] = look[state];
  const text =
    state === 'coming' ? t('coming', { date: dateShort(version.effectiveOn ?? '') }) : t(wordOf[state]);
  return (
    <span className={`t-note desk:whitespace-nowrap ${toneClass[tone]}`}>
      <Icon name={icon} className="mr-1.5 align-[-3px]" />
      {text}
    </span>
  );
}
