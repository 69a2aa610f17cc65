// The two fields every list of contributions is narrowed by: its kind and its category.
import { useTranslations } from 'next-intl';
import { FilterInput, FilterSelect } from '../../components/filter/filter-fields.tsx';
import { kinds } from '../contribution/kind.ts';
import { useKindWords } from '../contribution/kind-words.ts';

type KindFieldsProps = {
  kind: string | null;
  category: string | null;
  /** Categories to offer while one is typed. */
  categories: readonly string[];
};

export function KindFields({ kind, category, categories }: KindFieldsProps) {
  const t = useTranslations('contributions.filter');
  const words = useKindWords();
  return (
    <>
      <FilterSelect
        name="kind"
        label={t('kind')}
        value={kind}
        any={t('everyKind')}
        options={kinds.map((one) => ({ value: one, text: words.kind(one) }))}
      />
      <FilterInput name="category" label={t('category')} value={category} offered={categories} />
    </>
  );
}
