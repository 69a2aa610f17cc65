// The reader's printer of figures and dates, for any component: on the server and in the browser it comes from the same
// language, so that a page rendered twice comes out the same.
import { useLocale } from 'next-intl';
import type { ReaderFormat } from '../format.ts';
import { formatFor } from '../format.ts';

export function useFormat(): ReaderFormat {
  return formatFor(useLocale());
}
