// Every version of a rule, newest first: from when, what, why, by whom, and whether it counts, comes, waits or is past.
import { useTranslations } from 'next-intl';
import type { ReactNode } from 'react';
import type { IconName } from '../../components/icon.tsx';
import { Icon } from '../../components/icon.tsx';
import { Section } from '../../components/print/section.tsx';
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
};

export function VersionHistory<One extends Version>(props: HistoryProps<One>) {
  const { versions, inForce, today, timeZone, what } = props;
  const t = useTranslations('settings');
  const { dateLong } = useFormat();
  return (
    <Section title={t('history.title')} id="history" className="mt-9">
      <table className="book">
        <caption className="sr-only">{t('history.caption')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('history.version')}</th>
            <th scope="col">{t('history.from')}</th>
            {what ? (
              <th scope="col" className="max-desk:hidden">
                {t('history.what')}
              </th>
            ) : null}
            <th scope="col">{t('history.why')}</th>
            <th scope="col">{t('history.state')}</th>
          </tr>
        </thead>
        <tbody>
          {versions.map((version) => (
            <tr key={version.version}>
              <th scope="row">{version.version}</th>
              <td className="whitespace-nowrap max-desk:whitespace-normal">
                {isFounding(version.effectiveOn)
                  ? t('version.founding')
                  : dateLong(version.effectiveOn ?? '')}
              </td>
              {what ? <td className="max-desk:hidden">{what(version)}</td> : null}
              <td>
                {version.rationale && version.setBy ? `“${version.rationale}”` : null}
                <span className="t-small block text-ink-2">
                  <SetBy version={version} timeZone={timeZone} />
                </span>
                {version.decisionReason ? (
                  <span className="t-small block text-ink-2">“{version.decisionReason}”</span>
                ) : null}
              </td>
              <td>
                <VersionState version={version} inForce={inForce} today={today} />
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </Section>
  );
}

function VersionState({ version, inForce, today }: { version: Version; inForce: number; today: string }) {
  const t = useTranslations('settings.version');
  const { dateShort } = useFormat();
  const [icon, tone, text] = ((): [IconName, keyof typeof toneClass, string] => {
    if (version.status === 'waiting') return ['waiting', 'wait', t('waits')];
    if (version.status === 'declined') return ['cross', 'stop', t('wasDeclined')];
    if (version.version === inForce) return ['check', 'done', t('inForce')];
    if (version.effectiveOn !== null && version.effectiveOn > today)
      return ['scheduled', 'plain', t('coming', { date: dateShort(version.effectiveOn) })];
    return ['clock', 'plain', t('past')];
  })();
  return (
    <span className={`t-note desk:whitespace-nowrap ${toneClass[tone]}`}>
      <Icon name={icon} className="mr-1.5 align-[-3px]" />
      {text}
    </span>
  );
}
