// The quieter parts of the overview: what waits for me, what is paid next, what I left in, what will change.
import { useTranslations } from 'next-intl';
import Link from 'next/link';
import { Figure } from '../../components/print/money.tsx';
import { Section } from '../../components/print/section.tsx';
import { Status } from '../../components/print/status.tsx';
import { Table } from '../../components/print/table.tsx';
import { negated, opening } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import { lotsByYear } from './retained.ts';
import type { Overview, OverviewMember } from './overview.documents.ts';

export type Todo = { key: string; href: string; text: string; note: string };

export function TodoPanel({ todos }: { todos: readonly Todo[] }) {
  const t = useTranslations('overview.todo');
  return (
    <Section id="todo" title={t('title')} aside={todos.length > 0 ? todos.length : null}>
      {todos.length === 0 ? (
        <p className="t-body text-ink-2">{t('none')}</p>
      ) : (
        <ul>
          {todos.map((todo) => (
            <li key={todo.key} className="border-b border-rule py-2 first:pt-0">
              <Link
                href={todo.href}
                className="t-strong block min-h-6 text-pen hover:text-pen-strong hover:underline"
              >
                {todo.text}
              </Link>
              <span className="t-small text-ink-2">{todo.note}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

type DistributionPanelProps = { line: OverviewMember['nextDistribution']; currency: string };

export function DistributionPanel({ line, currency }: DistributionPanelProps) {
  const { dateWithWeekday, periodName } = useFormat();
  const t = useTranslations('overview.distribution');
  return (
    <Section id="distribution" title={t('title')} aside={line ? <Status name={line.status} /> : null}>
      {line ? (
        <>
          <p className="mb-4">
            <Figure value={line.amount} currency={currency} />
          </p>
          <p className="t-body text-ink-2">
            {line.payOn ? t('on', { date: opening(dateWithWeekday(line.payOn)) }) : t('unscheduled')}{' '}
            {line.distribution.period
              ? t('from', { period: periodName(line.distribution.period.name) })
              : null}
          </p>
        </>
      ) : (
        <p className="t-body text-ink-2">{t('none')}</p>
      )}
    </Section>
  );
}

export function RetainedPanel({ lots }: { lots: OverviewMember['retainedPatronage'] }) {
  const t = useTranslations('overview.retained');
  return (
    <Section id="retained" title={t('title')}>
      <Table
        caption={t('title')}
        empty={t('none')}
        rows={lotsByYear(lots)}
        keyOf={({ year }) => String(year)}
        columns={[
          { head: t('year'), name: ({ year }) => year },
          { head: t('allocated'), money: ({ allocated }) => allocated },
          { head: t('paidOut'), money: ({ paidOut }) => negated(paidOut) },
          { head: t('leftIn'), money: ({ leftIn }) => leftIn, tone: 'font-semibold' },
        ]}
      />
    </Section>
  );
}

type NoticePanelProps = { rules: Overview['valuationRules']; today: string; currency: string };

/** Rates that are decided and not yet in force: work done before that day keeps the rate of its day. */
export function NoticePanel({ rules, today, currency }: NoticePanelProps) {
  const { rateText, dateMonthDay } = useFormat();
  const t = useTranslations('overview.notice');
  const words = useKindWords();
  const coming = rules.filter((rule) => rule.effectiveFrom > today).slice(0, 2);
  return (
    <Section id="notice" title={t('title')}>
      {coming.length === 0 ? <p className="t-body text-ink-2">{t('none')}</p> : null}
      {coming.map((rule) => (
        <div key={rule.id} className="notice t-ui mb-3">
          <p>
            <strong className="font-semibold">
              {t(rule.rate ? 'rate' : 'rule', {
                what: rule.category ?? words.kind(rule.kind),
                rate: rule.rate ? rateText(rule.rate, currency) : '',
                date: dateMonthDay(rule.effectiveFrom),
              })}
            </strong>{' '}
            {t('keeps')}
          </p>
          <p className="t-small mt-1 text-ink-2">
            {t('version', { version: rule.version, rationale: rule.rationale ?? '' })}
          </p>
        </div>
      ))}
    </Section>
  );
}
