// The root of every page: language, theme, type. It waits for a request, because each page carries a nonce of its own.
import type { Metadata, Viewport } from 'next';
import localFont from 'next/font/local';
import { cookies } from 'next/headers';
import { connection } from 'next/server';
import { NextIntlClientProvider } from 'next-intl';
import { getLocale, getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import { clientStrings } from '../lib/client-strings.ts';
import { themeCookie } from '../lib/session/cookie.ts';
import './globals.css';

const newsreader = localFont({
  src: '../fonts/newsreader-display.woff2',
  weight: '400 600',
  variable: '--font-newsreader',
  adjustFontFallback: false,
});
const newsreaderItalic = localFont({
  src: '../fonts/newsreader-display-italic.woff2',
  style: 'italic',
  weight: '400',
  variable: '--font-newsreader-italic',
  adjustFontFallback: false,
  preload: false,
});
const hanken = localFont({
  src: '../../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-hanken',
  adjustFontFallback: false,
});
const hankenExt = localFont({
  src: '../../node_modules/@fontsource-variable/hanken-grotesk/files/hanken-grotesk-latin-ext-wght-normal.woff2',
  weight: '100 900',
  variable: '--font-hanken-ext',
  adjustFontFallback: false,
  preload: false,
});
const newsreaderExt = localFont({
  src: '../../node_modules/@fontsource-variable/newsreader/files/newsreader-latin-ext-opsz-normal.woff2',
  weight: '200 800',
  variable: '--font-newsreader-ext',
  adjustFontFallback: false,
  preload: false,
});
const plexMono = localFont({
  src: '../../node_modules/@fontsource/ibm-plex-mono/files/ibm-plex-mono-latin-400-normal.woff2',
  weight: '400',
  variable: '--font-plex-mono',
  adjustFontFallback: false,
  preload: false,
});

const fonts = [newsreader, newsreaderItalic, newsreaderExt, hanken, hankenExt, plexMono];

export const metadata: Metadata = {
  title: { default: 'Habitat', template: '%s · Habitat' },
  robots: { index: false },
};

export const viewport: Viewport = {
  width: 'device-width',
  initialScale: 1,
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#f4f0e6' },
    { media: '(prefers-color-scheme: dark)', color: '#161410' },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  await connection();
  const wanted = (await cookies()).get(themeCookie)?.value;
  const theme = wanted === 'light' || wanted === 'dark' ? { 'data-theme': wanted } : {};
  return (
    <html lang={await getLocale()} className={fonts.map((font) => font.variable).join(' ')} {...theme}>
      <body>
        <NextIntlClientProvider messages={clientStrings(await getMessages())}>
          {children}
        </NextIntlClientProvider>
      </body>
    </html>
  );
}
