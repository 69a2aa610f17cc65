// The steps of a member's capital as a table, newest first: when, why, by how much and where it stood after.
import { useTranslations } from 'next-intl';
import { Money } from '../../../components/print/money.tsx';
import { differenceOf } from '../../../lib/amount.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import type { OneCapital } from './member-capital.documents.ts';

type Steps = OneCapital['capitalHistory'];

/** Each step with what it changed: its standing less the standing before it. */
export function changesOf(steps: Steps) {
  return steps.map((step, index) => {
    const before = steps[index - 1];
    return {
      ...step,
      change: before ? differenceOf(step.book, before.book) : step.book,
      taxChange: before ? differenceOf(step.tax, before.tax) : step.tax,
    };
  });
}

export function CapitalSteps({ steps, name }: { steps: Steps; name: string }) {
  const t = useTranslations('treasury');
  const { dateLong } = useFormat();
  return (
    <div className="scroll-region" tabIndex={0} role="region" aria-label={name}>
      <table className="book min-w-[560px]">
        <thead>
          <tr>
            <th scope="col">{t('day')}</th>
            <th scope="col">{t('what')}</th>
            <th scope="col" className="num">
              {t('change')}
            </th>
            <th scope="col" className="num">
              {t('book')}
            </th>
            <th scope="col" className="num tax line-left">
              {t('tax')}
            </th>
          </tr>
        </thead>
        <tbody>
          {changesOf(steps)
            .toReversed()
            .map((step, index) => (
              <tr key={`${step.on}-${index}`}>
                <td className="whitespace-nowrap text-ink-2">{dateLong(step.on)}</td>
                <th scope="row">{step.label}</th>
                <td className="num">
                  <Money value={step.change} signed />
                </td>
                <td className="num">
                  <Money value={step.book} />
                </td>
                <td className="num tax line-left">
                  <Money value={step.tax} />
                </td>
              </tr>
            ))}
        </tbody>
      </table>
    </div>
  );
}
