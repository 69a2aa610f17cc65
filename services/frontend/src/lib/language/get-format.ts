// The reader's printer of figures and dates, for pages, acts and routes, which wait for the request.
import 'server-only';
import { getLocale } from 'next-intl/server';
import type { ReaderFormat } from '../format.ts';
import { formatFor } from '../format.ts';

export async function getFormat(): Promise<ReaderFormat> {
  return formatFor(await getLocale());
}
