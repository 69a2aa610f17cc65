// Weights in force and the form for the next ones.
import { randomUUID } from 'node:crypto';
import { useTranslations } from 'next-intl';
import { CellField } from '../../../components/control/cell-field.tsx';
import { AreaField, TextField } from '../../../components/control/page-field.tsx';
import { PageForm } from '../../../components/control/page-form.tsx';
import { Table } from '../../../components/print/table.tsx';
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
    <Table
      caption={t('weights.title')}
      rows={ordered(weights)}
      keyOf={({ category }) => category}
      className="max-w-md"
      columns={[
        { head: t('form.category'), name: ({ category }) => word(category) },
        {
          head: t('form.weight'),
          figure: ({ weight }) => weightText(weight),
          tone: 'font-serif text-[21px]/[1.25]',
        },
      ]}
    />
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
  return (
    <PageForm
      act={setWeights}
      actionKey={randomUUID()}
      returnTo="/settings/weights/change"
      label={t('weights.changeAct')}
      cancel={cancel}
      className="max-w-2xl"
    >
      <Table
        caption={t('weights.title')}
        rows={[...ordered(weights), null]}
        keyOf={(row) => row?.category ?? ''}
        columns={[
          {
            head: t('form.category'),
            name: (row, index) => (
              <CategoryCell
                name={`weights.${index}.category`}
                category={row?.category ?? null}
                label={t('weights.newCategory')}
              />
            ),
          },
          {
            head: t('form.weight'),
            text: (row, index) => (
              <CellField
                name={`weights.${index}.weight`}
                label={row ? t('weights.of', { category: word(row.category) }) : t('weights.newWeight')}
                value={row?.weight ?? ''}
                inputMode="decimal"
              />
            ),
            className: 'w-40',
          },
        ]}
      />
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

/** A category that has a weight keeps its name; in the last line a new one is written. */
function CategoryCell({ name, category, label }: { name: string; category: string | null; label: string }) {
  const { category: word } = useKindWords();
  if (category === null) return <CellField name={name} label={label} />;
  return (
    <>
      {word(category)}
      <input type="hidden" name={name} value={category} />
    </>
  );
}
