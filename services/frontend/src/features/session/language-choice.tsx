// Which language the pages speak, each named in itself. Works without scripts.
import { useLocale, useTranslations } from 'next-intl';
import type { Language } from '@habitat/kernel';
import { languages } from '@habitat/kernel';
import { chooseLanguage } from './session.actions.ts';

const ownNames: Record<Language, string> = { en: 'English', es: 'Español' };

export function LanguageChoice() {
  const t = useTranslations('shell');
  const chosen = useLocale();
  return (
    <form action={chooseLanguage}>
      <fieldset className="flex flex-wrap gap-x-3 gap-y-1">
        <legend className="t-label mb-1 text-ink-3">{t('language')}</legend>
        {languages.map((language) => (
          <button
            key={language}
            name="language"
            value={language}
            lang={language}
            aria-pressed={chosen === language}
            className={`t-small min-h-8 ${chosen === language ? 'font-semibold text-ink underline underline-offset-4' : 'text-ink-2'}`}
          >
            {ownNames[language]}
          </button>
        ))}
      </fieldset>
    </form>
  );
}
