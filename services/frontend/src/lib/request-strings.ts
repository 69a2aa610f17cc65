// Which words a request gets: one catalogue per language, and English until the others exist.
import { getRequestConfig } from 'next-intl/server';
import messages from '../../messages/en/index.ts';

export default getRequestConfig(async () => ({ locale: 'en', messages, timeZone: 'UTC' }));
