// Every key a page asks for is checked against the catalogue when the types are.
import type { Language } from '@habitat/kernel';
import type messages from '../../messages/en/index.ts';

declare module 'next-intl' {
  interface AppConfig {
    Locale: Language;
    Messages: typeof messages;
  }
}
