// How the statements go on from period to period: the share, what it came to, and capital at each close. The table of the
// statements holds the same figures.
import { useTranslations } from 'next-intl';
import { QuarterBars } from '../../components/plot/bars.tsx';
import { opening } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import type { StatementRow } from './statement.documents.ts';

const most = 6;

/** Statements come latest first; plots run from left to right. */
export function StatementTrend({ statements }: { statements: readonly StatementRow[] }) {
  const t = useTranslations('statement.trend');
  const { decimalText, moneyText, periodName } = useFormat();
  if (statements.length < 2) return null;
  const shown = statements.slice(0, most).toReversed();
  const bars = (amountOf: (one: StatementRow) => string, textOf: (amount: string) => string) =>
    shown.map((one, index) => ({
      key: one.id,
      name: opening(periodName(one.period.name)),
      amount: amountOf(one),
      text: textOf(amountOf(one)),
      current: index === shown.length - 1,
    }));
  const plots = [
    [
      'share',
      bars(
        ({ percent }) => percent,
        (percent) => `${decimalText(percent, 2)}%`,
      ),
    ],
    [
      'allocation',
      bars(
        ({ allocation }) => allocation,
        (amount) => moneyText(amount),
      ),
    ],
    [
      'capital',
      bars(
        ({ closing }) => closing.book,
        (amount) => moneyText(amount),
      ),
    ],
  ] as const;
  return (
    <div className="mb-8 grid gap-x-10 gap-y-6 desk:grid-cols-3">
      {plots.map(([name, list]) => (
        <section key={name} aria-labelledby={`trend-${name}`} className="section">
          <h2 id={`trend-${name}`} className="t-strong mb-2">
            {t(name)}
          </h2>
          <QuarterBars
            label={t(`${name}Label`, { first: list[0]?.text ?? '', last: list.at(-1)?.text ?? '' })}
            bars={list}
            width={Math.max(330, list.length * 82)}
          />
        </section>
      ))}
    </div>
  );
}
