// Which words a request gets: one catalogue per language, and English until the others exist.
import { getRequestConfig } from 'next-intl/server';
import messages from '../../messages/en/index.ts';
import { firstLanguage } from './language/language.ts';

export default getRequestConfig(async () => ({ locale: firstLanguage, messages, timeZone: 'UTC' }));
