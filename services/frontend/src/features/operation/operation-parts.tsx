// The lag of events as a figure, each handler's part in it, jobs, and dead letters with another try.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { PageForm } from '../../components/control/page-form.tsx';
import { CsvBelow } from '../../components/print/csv-link.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import { Section } from '../../components/print/section.tsx';
import { Table } from '../../components/print/table.tsx';
import { Notice } from '../../components/state/notice.tsx';
import { useFormat } from '../../lib/language/use-format.ts';
import { redrive } from './operation.actions.ts';
import type { Operations } from './operation.documents.ts';

type Letter = Operations['deadLetters'][number];
type Timed = { timeZone: string };

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

export function DeadLetters({ letters, timeZone }: { letters: readonly Letter[] } & Timed) {
  const t = useTranslations('operations');
  return (
    <Section title={t('dead')} id="dead">
      <p className="t-small mb-3 text-ink-2">{t('deadText')}</p>
      {letters.length === 0 ? <p className="t-body">{t('none')}</p> : null}
      <ul>
        {letters.map((letter) => (
          <DeadLetter key={letter.id} letter={letter} timeZone={timeZone} />
        ))}
      </ul>
      {letters.length > 0 ? <CsvBelow href="/operations/csv/dead-letters" of={t('dead')} /> : null}
    </Section>
  );
}

function DeadLetter({ letter, timeZone }: { letter: Letter } & Timed) {
  const t = useTranslations('operations');
  const { instantText } = useFormat();
  const busy = /waiting|running/.test(letter.redrive?.state ?? '');
  const state = letter.redrivenAt
    ? t('through', { date: instantText(letter.redrivenAt, timeZone) })
    : letter.redrive
      ? t(busy ? 'asked' : 'askedBefore', {
          name: letter.redrive.requestedBy?.displayName ?? '–',
          date: instantText(letter.redrive.requestedAt, timeZone),
        })
      : null;
  return (
    <li className="t-ui border-b border-rule py-3">
      <p className="t-strong break-all">{letter.eventType}</p>
      <p className="t-small break-all text-ink-2">
        {letter.handler} · {t('tries', { count: letter.attempts })} ·{' '}
        {t('givenUp', { date: instantText(letter.deadAt, timeZone) })}
      </p>
      {state ? <p className="t-note mt-1">{state}</p> : null}
      {letter.redrivenAt || busy ? null : (
        <PageForm
          form={letter.id}
          act={redrive}
          actionKey={randomUUID()}
          returnTo="/operations"
          label={t('redrive')}
          tone="plain"
          about={{ deadLetterId: letter.id }}
          className="mt-2"
        />
      )}
    </li>
  );
}

export function Handlers({ handlers }: { handlers: Operations['handlers'] }) {
  const t = useTranslations('operations');
  return (
    <Section title={t('handlers')} id="handlers" className="mt-9">
      <Table
        caption={t('handlers')}
        rows={handlers}
        keyOf={({ handler }) => handler}
        csv="/operations/csv/handlers"
        columns={[
          { head: t('columns.handler'), name: ({ handler }) => handler, tone: 'break-all' },
          { head: t('columns.pending'), figure: ({ pendingEvents }) => pendingEvents },
          {
            head: t('columns.lag'),
            figure: ({ pendingEvents, lagSeconds }) => (pendingEvents > 0 ? `${lagSeconds} s` : '–'),
          },
        ]}
      />
    </Section>
  );
}

export function Jobs({ schedules, timeZone }: { schedules: Operations['schedules'] } & Timed) {
  const t = useTranslations('operations');
  const { instantText } = useFormat();
  return (
    <Section title={t('jobs')} id="jobs" className="mt-9">
      <Table
        caption={t('jobs')}
        empty={t('noJobs')}
        rows={schedules}
        keyOf={({ name }) => name}
        csv="/operations/csv/jobs"
        columns={[
          { head: t('columns.job'), name: ({ name }) => name, tone: 'break-all' },
          {
            head: t('columns.at'),
            text: ({ outcome, finishedAt }) =>
              t(outcome === 'ok' ? 'ran' : 'failed', { date: instantText(finishedAt, timeZone) }),
            tone: ({ outcome }) => (outcome === 'ok' ? 'text-ink-2' : 'text-stop'),
          },
        ]}
      />
    </Section>
  );
}
