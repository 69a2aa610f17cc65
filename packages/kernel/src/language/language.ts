// The languages Habitat speaks, on pages and in the sentences the API writes.
export const languages = ['en', 'es'] as const;
export type Language = (typeof languages)[number];

export const firstLanguage: Language = 'en';

/**
 * The conventions amounts, dates and plurals are printed by. The books read alike in every language: those of the
 * Americas, where a point parts the cents, so that two members laying their screens side by side see the same figures.
 */
export const conventionsOf: Readonly<Record<Language, string>> = { en: 'en-US', es: 'es-US' };

/** Whether a tag is one of them: "es", not "es-MX". */
export function isLanguage(value: string | null | undefined): value is Language {
  return languages.some((language) => language === value);
}

/** The first language we speak of those a browser asks for, by its weights: "es-MX,es;q=0.9,en;q=0.8" is Spanish. */
export function wantedLanguage(acceptLanguage: string | null): Language | null {
  if (!acceptLanguage) return null;
  const wanted = acceptLanguage
    .split(',')
    .map((part) => {
      const [tag = '', ...parameters] = part.trim().split(';');
      const weight = parameters.map((one) => /^\s*q=([\d.]+)\s*$/.exec(one)?.[1]).find(Boolean);
      return { language: tag.trim().toLowerCase().split('-')[0], weight: Number(weight ?? 1) };
    })
    .filter(({ weight }) => weight > 0)
    .toSorted((a, b) => b.weight - a.weight);
  for (const { language } of wanted) if (isLanguage(language)) return language;
  return null;
}
