// Kinds, categories and quantities in words. A category is the cooperative's own text; the seven kinds are ours.
import { useTranslations } from 'next-intl';
import { useFormat } from '../../lib/language/use-format.ts';
import { isKind } from './kind.ts';
import { unitOf } from '../log/log-entry.ts';

type Given = { kind: string; quantity: string; unit: string };

/** Words for a screen, in its language. Works in server and client components alike. */
export function useKindWords() {
  const { quantityText } = useFormat();
  const t = useTranslations('kind');
  return {
    kind: (kind: string): string => (isKind(kind) ? t(kind) : kind),
    /** A kind of work by its category; the general one of a kind is named like the kind. */
    work: (kind: string, category: string): string =>
      category && category !== 'General' ? category : isKind(kind) ? t(kind) : kind,
    /** A patronage category that is named like a kind reads as that kind; any other as it was set up. */
    category: (category: string): string => {
      const kind = category.toUpperCase();
      return isKind(kind)
        ? t(kind)
        : category.replace(/^./, (first) => first.toUpperCase()).replaceAll('_', ' ');
    },
    /** "60 h", "2 items": how much of a category was given. */
    amount: ({
      category,
      hours,
      count,
    }: {
      category: string;
      hours: string | null;
      count: number;
    }): string => {
      if (hours && !/^[0.]*$/.test(hours)) return t('hours', { hours: quantityText(hours) });
      const kind = category.toUpperCase();
      if (kind === 'REVENUE') return t('sales', { count });
      return kind === 'CASH' ? t('deposits', { count }) : t('items', { count });
    },
    /** "6 h", "1 unit": the quantity of one contribution; money needs none beside its value. */
    quantity: ({ kind, quantity, unit }: Given): string | null => {
      if (kind === 'CASH' || kind === 'REVENUE') return null;
      const amount = quantityText(quantity);
      return unitOf(unit) === 'hour' ? t('hours', { hours: amount }) : t('units', { count: amount });
    },
  };
}
