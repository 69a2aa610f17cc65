// The lag of events as a figure, and dead letters as a table.
import { useTranslations } from 'next-intl';
import { FactList } from '../../components/print/fact-list.tsx';
import { Section } from '../../components/print/section.tsx';
import { Notice } from '../../components/state/states.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import type { Operations } from './operation.documents.ts';

/** An event that waits longer than this is late. */
const lateSeconds = 60;

export function Lag({ operations }: { operations: Operations }) {
  const t = useTranslations('operations');
  const late = operations.lagSeconds > lateSeconds;
  return (
    <div className="mb-9 max-w-xl">
      <FactList
        lines={[
          { key: 'lag', label: t('lag'), value: t('seconds', { count: operations.lagSeconds }) },
          { key: 'waiting', label: t('waiting'), value: operations.undeliveredEvents },
        ]}
      />
      <div className="mt-4">
        <Notice tone={late ? 'wait' : 'plain'}>{t(late ? 'late' : 'fine')}</Notice>
      </div>
    </div>
  );
}

export function DeadLetters({ letters, timeZone }: { letters: Operations['deadLetters']; timeZone: string }) {
  const t = useTranslations('operations');
  const { instantText } = useFormat();
  return (
    <Section title={t('dead')} id="dead">
      <p className="t-small mb-3 text-ink-2">{t('deadText')}</p>
      {letters.length === 0 ? (
        <p className="t-body">{t('none')}</p>
      ) : (
        <table className="book">
          <caption className="sr-only">{t('dead')}</caption>
          <thead>
            <tr>
              <th scope="col">{t('columns.event')}</th>
              <th scope="col">{t('columns.handler')}</th>
              <th scope="col" className="num">
                {t('columns.attempts')}
              </th>
              <th scope="col">{t('columns.at')}</th>
            </tr>
          </thead>
          <tbody>
            {letters.map((letter) => (
              <tr key={letter.id}>
                <th scope="row" className="break-all">
                  {letter.eventType}
                </th>
                <td className="break-all">{letter.handler}</td>
                <td className="num">{letter.attempts}</td>
                <td className="whitespace-nowrap text-ink-2">{instantText(letter.deadAt, timeZone)}</td>
              </tr>
            ))}
          </tbody>
        </table>
      )}
    </Section>
  );
}
