// What components in the browser take from `next-intl`, see `next.config.ts`: saying words, and which language they are
// in. Its own entry brings a printer of dates and numbers along that nothing here asks for.
export { useLocale, useTranslations } from 'use-intl/react';
