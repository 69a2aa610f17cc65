// Which language a page is read in.
import type { Language } from '@habitat/kernel';
import { isLanguage, wantedLanguage } from '@habitat/kernel';

/** What a reader gets: what they chose here, else what their browser asks for, else what this installation speaks. */
export function languageOf(
  chosen: string | undefined,
  acceptLanguage: string | null,
  usual: Language,
): Language {
  return isLanguage(chosen) ? chosen : (wantedLanguage(acceptLanguage) ?? usual);
}
