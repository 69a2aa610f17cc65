// The quieter parts of the overview: what waits for me, what is paid next, what I left in, what will change.
import { useTranslations } from 'next-intl';
import { Figure } from '../../components/print/money.tsx';
import { Section } from '../../components/print/section.tsx';
import { Status } from '../../components/print/status.tsx';
import { Table } from '../../components/print/table.tsx';
import { dayIn } from '../../lib/civil-day.ts';
import { negated, opening } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { isHourly } from '../contribution/kind.ts';
import { useKindWords } from '../contribution/kind-words.ts';
import { lotsByYear } from './retained.ts';
import type { Overview, OverviewMember } from './overview.documents.ts';
import { Link } from '../../components/link.tsx';

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

type DistributionPanelProps = {
  line: OverviewMember['nextDistribution'];
  /** The last figures of the account it goes to; null while none was given. */
  ending: string | null;
  currency: string;
};

export function DistributionPanel({ line, ending, currency }: DistributionPanelProps) {
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
            {line.payOn
              ? t(ending === null ? 'onDay' : 'on', {
                  date: opening(dateWithWeekday(line.payOn)),
                  ending: ending ?? '',
                })
              : t('unscheduled')}{' '}
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
    <Section
      id="retained"
      title={t('title')}
      aside={
        <Link href="/statements" className="link">
          {t('detail')}
        </Link>
      }
    >
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

type Rule = Overview['valuationRules'][number];
type NoticePanelProps = { rules: readonly Rule[]; cooperative: Overview['cooperative'] };

/** Rates that are decided and not yet in force: work done before that day keeps the rate of its day. */
export function NoticePanel({ rules, cooperative }: NoticePanelProps) {
  const { today, currency, timeZone } = cooperative;
  const { dateMonthDay } = useFormat();
  const t = useTranslations('overview.notice');
  const words = useKindWords();
  const coming = rules.filter((rule) => rule.effectiveFrom > today).slice(0, 2);
  const rateOf = useRateWords(currency);
  return (
    <Section
      id="notice"
      title={t('title')}
      aside={
        <Link href="/settings/rates" className="link">
          {t('all')}
        </Link>
      }
    >
      {coming.length === 0 ? <p className="t-body text-ink-2">{t('none')}</p> : null}
      {coming.map((rule) => (
        <div key={rule.id} className="notice t-ui mb-3">
          <p>
            <strong className="font-semibold">
              {rateOf(rule, before(rule, rules)) ??
                t('rule', {
                  what: words.work(rule.kind, rule.category ?? ''),
                  date: dateMonthDay(rule.effectiveFrom),
                })}
            </strong>{' '}
            {t('keeps')}
          </p>
          <p className="t-small mt-1 text-ink-2">
            {t(rule.setBy ? 'version' : 'founding', {
              version: rule.version,
              date: dateMonthDay(dayIn(timeZone, rule.setAt)),
              name: rule.setBy?.displayName ?? '',
              rationale: rule.rationale,
            })}
          </p>
        </div>
      ))}
    </Section>
  );
}

/** The rule that counts until another of the same reach begins. */
function before(rule: Rule, rules: readonly Rule[]): Rule | undefined {
  return rules
    .filter(
      (one) =>
        one.kind === rule.kind &&
        one.category === rule.category &&
        one.member?.id === rule.member?.id &&
        one.effectiveFrom < rule.effectiveFrom,
    )
    .toSorted((a, b) => (a.effectiveFrom < b.effectiveFrom ? 1 : -1))[0];
}

/** "Labor goes from $100.00 to $104.00 an hour on January 1."; null where the rule has no rate. */
function useRateWords(currency: string) {
  const { rateText, dateMonthDay } = useFormat();
  const t = useTranslations('overview.notice');
  const words = useKindWords();
  return (rule: Rule, former: Rule | undefined): string | null =>
    rule.rate === null
      ? null
      : t(former?.rate ? 'rate' : 'firstRate', {
          what: words.work(rule.kind, rule.category ?? ''),
          from: former?.rate ? rateText(former.rate, currency) : '',
          to: rateText(rule.rate, currency),
          hourly: isHourly(rule.kind) ? 'yes' : 'no',
          date: dateMonthDay(rule.effectiveFrom),
        });
}
