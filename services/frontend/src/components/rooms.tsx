// Hands the browser the words of further rooms of the catalogue, for the pages below a layout whose parts say them there.
import { NextIntlClientProvider } from 'next-intl';
import { getMessages } from 'next-intl/server';
import type { ReactNode } from 'react';
import type english from '../../messages/en/index.ts';
import { clientStrings } from '../lib/client-strings.ts';

export async function Rooms({
  of: rooms,
  children,
}: {
  of: readonly (keyof typeof english)[];
  children: ReactNode;
}) {
  return (
    <NextIntlClientProvider messages={clientStrings(await getMessages(), rooms)}>
      {children}
    </NextIntlClientProvider>
  );
}
