// The member's statement as a document to hold: readable in two minutes, never showing another member's figures.
import { useTranslations } from 'next-intl';
import { QuarterBars } from '../../components/plot/bars.tsx';
import { Brand } from '../../components/shell/brand.tsx';
import { Table } from '../../components/print/table.tsx';
import { opening } from '../../lib/format.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { hashText } from '../allocation/share-aside.tsx';
import type { Statement } from './statement.documents.ts';
import { CapitalTable, GaveTable, GetFacts, Part, ShareFacts } from './statement-parts.tsx';

type StatementSheetProps = { statement: Statement; cooperative: { name: string; currency: string } };

export function StatementSheet({ statement, cooperative }: StatementSheetProps) {
  const { moneyText, dateLong, periodName } = useFormat();
  const t = useTranslations('statement');
  const { currency } = cooperative;
  const isLoss = statement.allocation.startsWith('-');
  const money = (value: string) => moneyText(value, { currency });
  return (
    <article className="statement sheet mx-auto max-w-[816px] px-[18px] py-8 shadow-(--lift-1) desk:px-[58px] desk:py-10 print:max-w-none print:border-0 print:p-0 print:shadow-none">
      <div className="flex flex-wrap items-start justify-between gap-3 border-b-2 border-ink pb-4">
        <Brand name={cooperative.name} />
        <p className="t-small text-ink-2 desk:text-right print:text-right">
          {t('above', { period: periodName(statement.period.name) })}
          <br />
          {t('prepared', { date: dateLong(statement.preparedOn) })}
        </p>
      </div>
      <p className="t-small mt-5 text-ink-2">
        {statement.member.joinedOn === null
          ? statement.member.displayName
          : t('member', { name: statement.member.displayName, date: dateLong(statement.member.joinedOn) })}
      </p>
      <h1 className="mt-1 mb-9 font-serif text-[26px]/[1.3] desk:text-[32px]/[1.28] print:mb-7 print:text-[32px]/[1.28]">
        {t('gaveLine', { amount: money(statement.gaveTotal) })}{' '}
        {t.rich(isLoss ? 'lossLine' : 'shareLine', {
          amount: money(statement.allocation),
          figure: (words) => <span className="double-rule whitespace-nowrap text-pen">{words}</span>,
        })}
      </h1>
      <div className="grid gap-x-10 gap-y-9 desk:grid-cols-[1.42fr_1fr] print:grid-cols-[1.42fr_1fr] print:gap-y-7">
        <Part id="gave" title={t('gave')}>
          <GaveTable statement={statement} />
        </Part>
        <Part id="share" title={t('share')}>
          <ShareFacts statement={statement} />
        </Part>
        <Part id="capital" title={t('capital')}>
          <CapitalTable statement={statement} />
        </Part>
        <div className="grid content-start gap-6">
          <Part id="get" title={t('get')}>
            <GetFacts statement={statement} />
          </Part>
          <Part id="taxes" title={t('taxes')}>
            <p className="t-body text-ink-2">{statement.taxNote}</p>
          </Part>
        </div>
      </div>
      <div className="mt-9">
        <Part id="quarters" title={t('quarters', { count: statement.lastQuarters.length })}>
          <Quarters statement={statement} />
        </Part>
      </div>
      <div className="t-small mt-4 flex flex-wrap justify-between gap-4 border-t border-rule pt-3 text-ink-2">
        <p className="max-w-md">{t('foot', { formula: statement.formula })}</p>
        <code className="t-mono">sha256 {hashText(statement.recordHash)}</code>
      </div>
    </article>
  );
}

/** On a phone the last four, so that their amounts stay large enough to read. */
function Quarters({ statement }: { statement: Statement }) {
  const { moneyText, periodName } = useFormat();
  const t = useTranslations('statement');
  const bars = statement.lastQuarters.map(({ period, allocation }) => ({
    key: period.id,
    name: opening(periodName(period.name)),
    amount: allocation,
    text: moneyText(allocation),
    current: period.id === statement.period.id,
  }));
  return (
    <>
      <div className="max-desk:hidden print:block">
        <QuarterBars label={t('quartersLabel')} bars={bars} width={700} />
      </div>
      <div className="desk:hidden print:hidden">
        <QuarterBars label={t('quartersLabel')} bars={bars.slice(-4)} width={340} />
      </div>
      <div className="no-print sr-only">
        <Table
          caption={t('quarters', { count: bars.length })}
          rows={bars}
          keyOf={({ key }) => key}
          columns={[
            { head: t('period'), name: ({ name }) => name },
            { head: t('yourShare'), money: ({ amount }) => amount },
          ]}
        />
      </div>
    </>
  );
}
