// Weights in force and the form for the next ones.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { CellField } from '../../../components/control/cell-field.tsx';
import { AreaField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { useFormat } from '../../../lib/language/use-format.ts';
import { inKindOrder } from '../../contribution/kind.ts';
import { useKindWords } from '../../contribution/kind-words.ts';
import { useCancel } from '../room-page.tsx';
import { setWeights } from './terms.actions.ts';

export type Weights = readonly { category: string; weight: string }[];

const ordered = (weights: Weights) => inKindOrder(weights, ({ category }) => category);

export function WeightTable({ weights }: { weights: Weights }) {
  const t = useTranslations('settings');
  const { weightText } = useFormat();
  const { category: word } = useKindWords();
  return (
    <table className="book max-w-md">
      <caption className="sr-only">{t('weights.title')}</caption>
      <thead>
        <tr>
          <th scope="col">{t('form.category')}</th>
          <th scope="col" className="num">
            {t('form.weight')}
          </th>
        </tr>
      </thead>
      <tbody>
        {ordered(weights).map(({ category, weight }) => (
          <tr key={category}>
            <th scope="row">{word(category)}</th>
            <td className="num font-serif text-[21px]/[1.25]">{weightText(weight)}</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

/** "Labor 0.40 · Revenue 0.30", for a line of a list. */
export function WeightsLine({ weights }: { weights: Weights }) {
  const { weightText } = useFormat();
  const { category } = useKindWords();
  return ordered(weights)
    .map((one) => `${category(one.category)} ${weightText(one.weight)}`)
    .join(' · ');
}

export function WeightsForm({ weights, from }: { weights: Weights; from: string }) {
  const t = useTranslations('settings');
  const { category: word } = useKindWords();
  const cancel = useCancel('/settings/weights');
  const spare = weights.length;
  return (
    <PageForm
      act={setWeights}
      actionKey={randomUUID()}
      returnTo="/settings/weights/change"
      label={t('weights.changeAct')}
      cancel={cancel}
      className="max-w-2xl"
    >
      <table className="book">
        <caption className="sr-only">{t('weights.title')}</caption>
        <thead>
          <tr>
            <th scope="col">{t('form.category')}</th>
            <th scope="col" className="num w-40">
              {t('form.weight')}
            </th>
          </tr>
        </thead>
        <tbody>
          {ordered(weights).map(({ category, weight }, index) => (
            <tr key={category}>
              <th scope="row">
                {word(category)}
                <input type="hidden" name={`weights.${index}.category`} value={category} />
              </th>
              <td>
                <CellField
                  name={`weights.${index}.weight`}
                  label={t('weights.of', { category: word(category) })}
                  value={weight}
                  inputMode="decimal"
                />
              </td>
            </tr>
          ))}
          <tr>
            <th scope="row">
              <CellField name={`weights.${spare}.category`} label={t('weights.newCategory')} />
            </th>
            <td>
              <CellField
                name={`weights.${spare}.weight`}
                label={t('weights.newWeight')}
                inputMode="decimal"
              />
            </td>
          </tr>
        </tbody>
      </table>
      <TextField
        name="effectiveOn"
        label={t('form.from')}
        hint={t('form.fromPeriod')}
        type="date"
        value={from}
        required
      />
      <AreaField name="rationale" label={t('form.why')} hint={t('form.whyHint')} required />
    </PageForm>
  );
}
