// One member's capital statement: where it stands in both bases, what it is made of, and every step it took.
import type { Metadata } from 'next';
import { getTranslations } from 'next-intl/server';
import { notFound } from 'next/navigation';
import { StepPlot } from '../../../../../components/plot/step-plot.tsx';
import { FactList } from '../../../../../components/print/fact-list.tsx';
import { Figure, Money } from '../../../../../components/print/money.tsx';
import { Opens } from '../../../../../components/print/opens.tsx';
import { Section } from '../../../../../components/print/section.tsx';
import { Page } from '../../../../../components/shell/page.tsx';
import { FaultState } from '../../../../../components/state/states.tsx';
import { pointPerDay } from '../../../../../features/overview/capital-points.ts';
import { capitalHref } from '../../../../../features/treasury/journal/journal-search.ts';
import { CapitalSteps } from '../../../../../features/treasury/report/capital-steps.tsx';
import { causes } from '../../../../../features/treasury/report/capital-table.tsx';
import type { OneCapital } from '../../../../../features/treasury/report/member-capital.documents.ts';
import { oneCapitalDocument } from '../../../../../features/treasury/report/member-capital.documents.ts';
import { TreasuryHead } from '../../../../../features/treasury/treasury-head.tsx';
import { isNothing } from '../../../../../lib/amount.ts';
import { read } from '../../../../../lib/api/request.ts';
import { getFormat } from '../../../../../lib/language/get-format.ts';
import { Link } from '../../../../../components/link.tsx';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations('treasury'))('memberCapital') };
}

export default async function OneCapitalPage({ params }: { params: Promise<{ id: string }> }) {
  const id = decodeURIComponent((await params).id);
  const t = await getTranslations('treasury');
  const answer = await read(oneCapitalDocument, { id });
  if (!answer.ok) return <FaultState fault={answer.faults[0]} subject={t('title')} />;
  const { me, member, cooperative } = answer.data;
  if (!member?.capital) notFound();
  const { moneyText } = await getFormat();
  const { book, tax } = member.capital;
  const opensJournal = me.acts.includes('journal.view');
  return (
    <Page>
      <TreasuryHead
        title={t('capitalOf', { name: member.displayName })}
        json
        csv={`/treasury/csv/member-capital?member=${encodeURIComponent(member.id)}`}
        print
        above={
          <Link href="/treasury/capital" className="link">
            {t('memberCapital')}
          </Link>
        }
      />
      <div className="grid gap-x-12 gap-y-8 desk:grid-cols-[290px_minmax(0,1fr)]">
        <div>
          <p className="t-strong text-ink-2">{t('bookCapital')}</p>
          <Figure value={book} currency={cooperative.currency} size="figure" />
          <p className="t-body mt-2 mb-5 text-tax">
            {t('taxCapital', { amount: moneyText(tax, { currency: cooperative.currency }) })}
          </p>
          <FactList
            lines={await causeLines(member, opensJournal)}
            total={{ label: t('bookCapital'), value: <Money value={book} /> }}
          />
        </div>
        <div className="min-w-0">
          <StepPlot
            data={{
              points: pointPerDay(member.capitalHistory),
              until: cooperative.today,
              draftBook: null,
              noteOn: null,
            }}
            label={t('capitalPlot', { book: moneyText(book), tax: moneyText(tax) })}
            words={{
              book: t('bookAmount', { amount: moneyText(book) }),
              tax: t('taxAmount', { amount: moneyText(tax) }),
              draft: null,
              note: null,
            }}
            width={640}
            height={260}
          />
        </div>
      </div>
      <Section title={t('steps')} id="steps" className="mt-9">
        <CapitalSteps
          steps={member.capitalHistory}
          name={t('steps')}
          memberId={opensJournal ? member.id : null}
        />
      </Section>
    </Page>
  );
}

async function causeLines(member: OneCapital, opensJournal: boolean) {
  const t = await getTranslations('treasury');
  return causes.flatMap((cause) => {
    const line = member.capital?.byCause.find((one) => one.cause === cause);
    if (!line || isNothing(line.book)) return [];
    const value = (
      <Opens href={opensJournal ? capitalHref(member.id, { cause }) : null}>
        <Money value={line.book} />
      </Opens>
    );
    return [{ key: cause, label: t(`cause.${cause}`), value }];
  });
}
