// Every change of the books' settings, newest first: what it was and became, why, by whom, and whether it counts.
import { useTranslations } from 'next-intl';
import type { IconName } from '../../../components/icon.tsx';
import { Icon } from '../../../components/icon.tsx';
import { Section } from '../../../components/print/section.tsx';
import { toneClass } from '../../../components/print/status.tsx';
import { Table } from '../../../components/print/table.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { useKindWords } from '../../contribution/kind-words.ts';
import { SetBy } from '../provenance.tsx';
import type { BooksChange } from './books.documents.ts';

const states: Readonly<
  Record<string, readonly [IconName, keyof typeof toneClass, 'done' | 'waits' | 'not' | 'expired']>
> = {
  in_force: ['check', 'done', 'done'],
  waiting: ['waiting', 'wait', 'waits'],
  declined: ['cross', 'stop', 'not'],
  expired: ['clock', 'stop', 'expired'],
};

export function ChangeHistory({ changes, timeZone }: { changes: readonly BooksChange[]; timeZone: string }) {
  const t = useTranslations('settings');
  if (changes.length === 0) return null;
  return (
    <Section title={t('history.title')} id="history" className="mt-9">
      <Table
        caption={t('books.historyCaption')}
        rows={changes}
        keyOf={({ id }) => id}
        csv="/settings/csv/books-changes"
        columns={[
          { head: t('history.what'), name: (change) => <What change={change} /> },
          { head: t('history.why'), text: (change) => <Why change={change} timeZone={timeZone} /> },
          { head: t('history.state'), text: ({ status }) => <State status={status} /> },
        ]}
      />
    </Section>
  );
}

function Why({ change, timeZone }: { change: BooksChange; timeZone: string }) {
  return (
    <>
      “{change.rationale}”
      <span className="t-small block text-ink-2">
        <SetBy version={change} timeZone={timeZone} />
      </span>
      {change.declineReason ? (
        <span className="t-small block text-ink-2">“{change.declineReason}”</span>
      ) : null}
    </>
  );
}

/** "Two people post from: 5,000.00 → 9,000.00"; "Work, Web: 1910 → 5210". */
function What({ change }: { change: BooksChange }) {
  const t = useTranslations('settings.books');
  const words = useKindWords();
  const { moneyText } = useFormat();
  const isAmount = change.topic === 'dual_threshold';
  const shown = (value: string | null) => {
    if (value === null) return t(change.category ? 'asKind' : 'nothing');
    return isAmount ? moneyText(value) : value;
  };
  const subject = isAmount
    ? t('threshold')
    : [words.kind(change.kind?.toUpperCase() ?? ''), change.category].filter(Boolean).join(', ');
  return (
    <>
      {subject}
      <span className="block font-normal">
        {t('fromTo', { before: shown(change.before), after: shown(change.after) })}
      </span>
    </>
  );
}

function State({ status }: { status: string }) {
  const t = useTranslations('settings.books.state');
  const state = states[status];
  if (!state) return <>{status}</>;
  const [icon, tone, word] = state;
  return (
    <span className={`t-note desk:whitespace-nowrap ${toneClass[tone]}`}>
      <Icon name={icon} className="mr-1.5 align-[-3px]" />
      {t(word)}
    </span>
  );
}
