// The two fields every list of contributions is narrowed by: its kind and its category.
import { useTranslations } from 'next-intl';
import { Field } from '../../components/control/field.tsx';
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
      <Field id="filter-kind" label={t('kind')}>
        <select id="filter-kind" name="kind" key={kind} defaultValue={kind ?? ''} className="field">
          <option value="">{t('everyKind')}</option>
          {kinds.map((one) => (
            <option key={one} value={one}>
              {words.kind(one)}
            </option>
          ))}
        </select>
      </Field>
      <Field id="filter-category" label={t('category')}>
        <input
          id="filter-category"
          name="category"
          key={category}
          defaultValue={category ?? ''}
          list="filter-categories"
          maxLength={80}
          className="field"
        />
        <datalist id="filter-categories">
          {categories.map((one) => (
            <option key={one} value={one} />
          ))}
        </datalist>
      </Field>
    </>
  );
}
