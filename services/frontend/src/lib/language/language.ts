// Which language a page is read in.
import type { Language } from '@habitat/kernel';
import { firstLanguage, isLanguage, wantedLanguage } from '@habitat/kernel';

/** What a reader gets: what they chose here, else what their browser asks for, else English. */
export function languageOf(chosen: string | undefined, acceptLanguage: string | null): Language {
  return isLanguage(chosen) ? chosen : (wantedLanguage(acceptLanguage) ?? firstLanguage);
}
