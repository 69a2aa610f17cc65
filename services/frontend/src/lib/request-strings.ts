// Which words a request gets: what the reader chose on this device, else what their browser asks for, else what this
// installation speaks.
import { cookies, headers } from 'next/headers';
import { getRequestConfig } from 'next-intl/server';
import english from '../../messages/en/index.ts';
import spanish from '../../messages/es/index.ts';
import { readEnvironment } from './environment.ts';
import { languageOf } from './language/language.ts';
import { languageCookie } from './session/cookie.ts';

const catalogues = { en: english, es: spanish };

export default getRequestConfig(async () => {
  const chosen = (await cookies()).get(languageCookie)?.value;
  const language = languageOf(
    chosen,
    (await headers()).get('accept-language'),
    readEnvironment().defaultLanguage,
  );
  return { locale: language, messages: catalogues[language], timeZone: 'UTC' };
});
