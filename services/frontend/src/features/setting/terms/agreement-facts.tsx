// What is agreed on sharing and paying, told as a list of facts and the lines taken off the surplus first.
import { useTranslations } from 'next-intl';
import { FactList } from '../../../components/print/fact-list.tsx';
import { Section } from '../../../components/print/section.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import type { Agreement } from './terms.documents.ts';

type Place = { currency: string; regime?: string };

export function AgreementFacts({ agreement, place }: { agreement: Agreement; place: Place }) {
  const t = useTranslations('settings.allocation');
  const { moneyText, percentText } = useFormat();
  const threshold = useThreshold(place.currency);
  const who = useWho();
  const formula = agreement.formula as 'weighted';
  const rounding = agreement.rounding as 'largest_remainder';
  const regime = (place.regime ?? '') as 'subchapter_k';
  const { multipliers, formulaCategories } = agreement;
  return (
    <FactList
      lines={[
        {
          key: 'formula',
          label: t('formula'),
          value: t.has(`formulas.${formula}`) ? t(`formulas.${formula}`) : formula,
          note:
            multipliers.map((one) => `${one.memberClass} × ${one.multiplier}`).join(', ') ||
            formulaCategories?.join(', '),
        },
        { key: 'threshold', label: t('threshold'), value: threshold(agreement.threshold) },
        {
          key: 'cap',
          label: t('cap'),
          value: agreement.maximumShare ? percentText(agreement.maximumShare) : t('noCap'),
        },
        { key: 'who', label: t('who'), value: who(agreement.eligibility) },
        {
          key: 'rounding',
          label: t('rounding'),
          value: t.has(`roundings.${rounding}`) ? t(`roundings.${rounding}`) : rounding,
        },
        { key: 'cash', label: t('cashRate'), value: percentText(agreement.cashRate) },
        {
          key: 'reserve',
          label: t('reserve'),
          value: moneyText(agreement.cashReserve, { currency: place.currency }),
        },
        ...(t.has(`regimes.${regime}`)
          ? [{ key: 'regime', label: t('regime'), value: t(`regimes.${regime}`), tone: 'tax' as const }]
          : []),
      ]}
    />
  );
}

export function SurplusLines({ agreement, currency }: { agreement: Agreement; currency: string }) {
  const t = useTranslations('settings.allocation');
  const { moneyText, percentText } = useFormat();
  return (
    <Section title={t('lines')} id={`lines-${agreement.version}`}>
      {agreement.surplusLines.length === 0 ? <p className="t-body text-ink-2">{t('noLines')}</p> : null}
      <ol>
        {agreement.surplusLines.map((line) => {
          const treatment = line.indivisible ? ':indivisible' : line.taxedApart ? ':taxed_apart' : '';
          const kind = `lineKinds.${line.kind}${treatment}` as 'lineKinds.reserve';
          const part = `partOf.${line.of ?? ''}` as 'partOf.net_income';
          return (
            <li key={line.lineId} className="t-ui flex justify-between gap-4 border-b border-rule py-2">
              <span>
                {line.label}
                <span className="t-small block text-ink-2">
                  {t.has(kind) ? t(kind) : line.kind}
                  {line.accountCode ? `, ${t('toAccount', { code: line.accountCode })}` : null}
                </span>
              </span>
              <span className="text-right">
                {line.amount
                  ? moneyText(line.amount, { currency })
                  : t.has(part)
                    ? t(part, { part: percentText(line.fraction ?? '0') })
                    : percentText(line.fraction ?? '0')}
              </span>
            </li>
          );
        })}
      </ol>
    </Section>
  );
}

function useThreshold(currency: string) {
  const t = useTranslations('settings.allocation');
  const { moneyText, percentText, quantityText } = useFormat();
  return (threshold: Agreement['threshold']): string => {
    if (threshold?.amount) return moneyText(threshold.amount, { currency });
    if (threshold?.number && threshold.kind === 'hours')
      return t('thresholdHours', { number: quantityText(threshold.number) });
    if (threshold?.number) return t('thresholdPercent', { number: percentText(threshold.number) });
    return t('thresholds.none');
  };
}

function useWho() {
  const t = useTranslations('settings.allocation');
  const status = useTranslations('members.status');
  return ({ classes, statuses, minimumTenureDays }: Agreement['eligibility']): string => {
    const words = statuses.map((one) => {
      const key = one.toUpperCase() as 'ACTIVE';
      return status.has(key) ? status(key) : one;
    });
    const tenure = minimumTenureDays > 0 ? t('tenure', { days: minimumTenureDays }) : null;
    return [words.join(', '), classes?.join(', ') ?? t('everyClass'), tenure].filter(Boolean).join('; ');
  };
}
