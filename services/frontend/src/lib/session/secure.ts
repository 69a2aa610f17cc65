// Whether cookies may travel only encrypted: as the operator says, else as the request came.
import 'server-only';
import { headers } from 'next/headers';
import { readEnvironment } from '../environment.ts';

export async function isSecure(): Promise<boolean> {
  return readEnvironment().secureCookies ?? (await headers()).get('x-forwarded-proto') === 'https';
}
