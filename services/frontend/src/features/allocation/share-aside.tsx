// Beside the arithmetic: the result, what was agreed before anybody knew it, and what was checked.
import { useTranslations } from 'next-intl';
import { Icon } from '../../components/icon.tsx';
import { SplitBar } from '../../components/plot/bars.tsx';
import { CopyButton } from '../../components/control/copy-button.tsx';
import { DraftTag } from '../../components/print/draft.tsx';
import { FactList } from '../../components/print/fact-list.tsx';
import { Figure, Money } from '../../components/print/money.tsx';
import { Section } from '../../components/print/section.tsx';
import { dayIn } from '../../lib/civil-day.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { usePaymentWords } from '../distribution/payment-words.ts';
import type { MyAllocation } from './allocation.documents.ts';
import { Link } from '../../components/link.tsx';

export function ShareResult({ allocation, currency }: { allocation: MyAllocation; currency: string }) {
  const { percentText, moneyText, periodShort } = useFormat();
  const t = useTranslations('allocation');
  const isLoss = allocation.allocation.startsWith('-');
  const payment = usePaymentWords();
  return (
    <section aria-labelledby="result" className="section">
      <div className="flex items-start justify-between">
        <h2 id="result" className="t-strong text-ink-2">
          {t(isLoss ? 'yourLoss' : 'yourShare', { period: periodShort(allocation.period.name) })}
        </h2>
        {allocation.final ? null : <DraftTag />}
      </div>
      <p className="mt-2.5 mb-5">
        <Figure
          value={allocation.allocation}
          currency={currency}
          size="hero"
          tone={allocation.final ? 'pen' : 'draft'}
          final={allocation.final}
        />
      </p>
      {isLoss ? null : (
        <>
          <SplitBar
            first={allocation.cash}
            second={allocation.retained}
            kind="mine"
            height={8}
            label={t('split')}
          />
          <FactList
            lines={[
              {
                key: 'cash',
                label: t('cash', { rate: percentText(allocation.cashRate) }),
                value: <Money value={allocation.cash} />,
                note: payment(allocation.payment),
              },
              {
                key: 'retained',
                label: t('retained'),
                value: <Money value={allocation.retained} />,
                ...(allocation.capitalAfter
                  ? { note: t('capitalAfter', { amount: moneyText(allocation.capitalAfter) }) }
                  : {}),
              },
            ]}
          />
        </>
      )}
    </section>
  );
}

export function ShareTerms({ allocation, timeZone }: { allocation: MyAllocation; timeZone: string }) {
  const { dateMonthDay } = useFormat();
  const t = useTranslations('allocation');
  const proposer = allocation.signatures.find(({ role }) => role === 'proposer');
  return (
    <>
      <Section
        id="agreed"
        title={t('agreed')}
        aside={
          <span className="no-print flex gap-3 whitespace-nowrap">
            <Link href="/settings/allocation" className="link">
              {t('rules')}
            </Link>
            <Link href="/settings/weights" className="link">
              {t('weights')}
            </Link>
          </span>
        }
      >
        <FactList lines={allocation.policies.map(({ label, value }) => ({ key: label, label, value }))} />
      </Section>
      <Section id="checked" title={t('checked')}>
        <ul className="t-ui grid gap-1.5">
          {allocation.checks.map((check) => (
            <li key={check.text} className="flex gap-2">
              <Icon
                name={check.ok ? 'check' : 'cross'}
                className={`mt-0.5 ${check.ok ? 'text-done' : 'text-stop'}`}
              />
              {check.text}
            </li>
          ))}
          {allocation.signatures.map(({ by, at, role }) => (
            <li key={role} className="flex gap-2">
              <Icon name="sign" className="mt-0.5 text-done" />
              {t(role === 'proposer' ? 'proposedBy' : 'approvedOn', {
                name: by.displayName,
                date: dateMonthDay(dayIn(timeZone, at)),
              })}
            </li>
          ))}
        </ul>
        {allocation.recordHash ? (
          <p className="mt-2.5 flex flex-wrap items-center gap-x-2">
            <code className="t-mono">sha256 {hashText(allocation.recordHash)}</code>{' '}
            <span className="no-print">
              <CopyButton text={allocation.recordHash} />
            </span>
          </p>
        ) : null}
        <p className="t-small no-print mt-4 text-ink-2">
          {t.rich('ask', {
            name: proposer?.by.displayName ?? '',
            given: (words) => (
              <Link
                href={`/contributions?period=${encodeURIComponent(allocation.period.id)}`}
                className="link"
              >
                {words}
              </Link>
            ),
          })}
        </p>
      </Section>
    </>
  );
}

/** "9f2c 41e0 b7d3 … 08aa": enough to compare by eye; the button copies the whole. */
export function hashText(hash: string): string {
  return `${hash.slice(0, 4)} ${hash.slice(4, 8)} ${hash.slice(8, 12)} … ${hash.slice(-4)}`;
}
