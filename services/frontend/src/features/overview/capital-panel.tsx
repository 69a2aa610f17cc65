// The hero of the overview: what is mine in both bases, what it is made of, and how it grew.
import { useTranslations } from 'next-intl';
import { FactList } from '../../components/print/fact-list.tsx';
import { Figure, Money } from '../../components/print/money.tsx';
import { StepPlot } from '../../components/plot/step-plot.tsx';
import { isNothing } from '../../lib/amount.ts';
import { useFormat } from '../../lib/language/use-format.ts';
import { largestLoss, pointPerDay } from './capital-points.ts';
import { CapitalTable } from './capital-table.tsx';
import type { Overview, OverviewMember } from './overview.documents.ts';

type CapitalPanelProps = {
  member: OverviewMember;
  cooperative: Overview['cooperative'];
  draft: { book: string; period: string } | null;
};

const causes = ['work', 'cash', 'in_kind', 'surplus', 'paid_out', 'other'] as const;
type Cause = (typeof causes)[number];
const isCause = (cause: string): cause is Cause => (causes as readonly string[]).includes(cause);

export function CapitalPanel({ member, cooperative, draft }: CapitalPanelProps) {
  const { moneyText } = useFormat();
  const t = useTranslations('overview');
  const book = member.capital?.book ?? '0.00';
  const tax = member.capital?.tax ?? '0.00';
  const lines = (member.capital?.byCause ?? [])
    .filter((line) => !isNothing(line.book))
    .map(({ cause, book: amount }) => ({
      key: cause,
      label: t(`cause.${isCause(cause) ? cause : 'other'}`),
      value: <Money value={amount} />,
    }));
  return (
    <section aria-labelledby="capital" className="grid gap-x-12 gap-y-6 desk:grid-cols-[290px_minmax(0,1fr)]">
      <div>
        <h2 id="capital" className="t-strong text-ink-2">
          {t('capital')}
        </h2>
        <p className="mt-2">
          <Figure value={book} currency={cooperative.currency} size="hero" />
        </p>
        <p className="t-body mt-4 text-ink-2">
          <span className="font-semibold text-tax">{moneyText(tax, { currency: cooperative.currency })}</span>{' '}
          {t('onTax')}
        </p>
        <div className="mt-6 hidden desk:block">
          <FactList lines={lines} total={{ label: t('bookCapital'), value: <Money value={book} /> }} />
        </div>
      </div>
      <CapitalPlot member={member} today={cooperative.today} draft={draft} book={book} tax={tax} />
    </section>
  );
}

type CapitalPlotProps = {
  member: OverviewMember;
  today: string;
  draft: CapitalPanelProps['draft'];
  book: string;
  tax: string;
};

function CapitalPlot({ member, today, draft, book, tax }: CapitalPlotProps) {
  const { moneyText } = useFormat();
  const t = useTranslations('overview');
  const points = member.capitalHistory;
  const loss = largestLoss(points);
  const data = {
    points: pointPerDay(points),
    until: today,
    draftBook: draft?.book ?? null,
    noteOn: loss?.on ?? null,
  };
  const label = t('plot.label', { book: moneyText(book), tax: moneyText(tax) });
  const wide = {
    book: t('plot.book', { amount: moneyText(book) }),
    tax: t('plot.tax', { amount: moneyText(tax) }),
    draft: draft ? t('plot.draft', { amount: moneyText(draft.book) }) : null,
    note: loss ? t('plot.loss', { amount: moneyText(loss.amount) }) : null,
  };
  const narrow = {
    book: t('plot.bookShort'),
    tax: t('plot.taxShort'),
    draft: draft ? t('plot.draft', { amount: moneyText(draft.book) }) : null,
    note: null,
  };
  return (
    <div className="min-w-0">
      <div className="hidden desk:block">
        <StepPlot data={data} label={label} words={wide} width={640} height={286} />
      </div>
      <div className="desk:hidden">
        <StepPlot data={data} label={label} words={narrow} width={354} height={210} narrow />
      </div>
      <CapitalTable points={points} note={t('plot.note')} />
    </div>
  );
}
