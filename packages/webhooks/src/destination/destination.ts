// Where a webhook may be sent: looked at when it is registered, and again at every send, because a name can lead elsewhere
// by then (DNS rebinding).
import { lookup } from 'node:dns/promises';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { isPublicAddress, isPublicName, literalAddress } from './address.ts';

export interface Resolved {
  readonly address: string;
  readonly family: number;
}

export interface DestinationSettings {
  /** True lets messages go to addresses inside a network, and without TLS: for an installation that has no other. */
  readonly privateNetworks: boolean;
  /** Finds every address of a name; the machine's own resolver when absent. */
  readonly resolve?: (hostname: string) => Promise<readonly Resolved[]>;
}

/** In the order checked. One code for "unknown" and "inside", so that nobody learns the names of a network by asking. */
export type DestinationRefusal =
  | { readonly code: 'BAD_WEBHOOK_URL'; readonly field: 'url' }
  | { readonly code: 'WEBHOOK_NEEDS_HTTPS'; readonly field: 'url' }
  | { readonly code: 'WEBHOOK_ADDRESS_REFUSED'; readonly field: 'url' };

const field = 'url';
const LONGEST = 2000;
const PATIENCE_MS = 5_000;

const machinesResolver = (hostname: string): Promise<readonly Resolved[]> => lookup(hostname, { all: true });

/** Below 1024 only the web's own ports: the others are spoken to by what is no receiver of messages. */
function isWebPort({ port }: URL): boolean {
  return port === '' || port === '80' || port === '443' || Number(port) >= 1024;
}

/** Reads an address that somebody typed. A user or password in it would be sent along; a fragment means nothing. */
export function readDestination(
  text: string,
  { privateNetworks }: DestinationSettings,
): Result<URL, DestinationRefusal> {
  const bad = refuse({ code: 'BAD_WEBHOOK_URL', field } as const);
  const typed = text.trim();
  if (typed.length > LONGEST || !URL.canParse(typed)) return bad;
  const url = new URL(typed);
  if (!['http:', 'https:'].includes(url.protocol)) return bad;
  if (`${url.username}${url.password}${url.hash}` !== '' || !isWebPort(url)) return bad;
  if (privateNetworks) return accept(url);
  if (url.protocol !== 'https:') return refuse({ code: 'WEBHOOK_NEEDS_HTTPS', field });
  const literal = literalAddress(url.hostname);
  const isOutside = literal === null ? isPublicName(url.hostname) : isPublicAddress(literal);
  return isOutside ? accept(url) : refuse({ code: 'WEBHOOK_ADDRESS_REFUSED', field });
}

/** The addresses of a host, when every one of them may be sent to; null otherwise. */
export async function allowedAddresses(
  hostname: string,
  { privateNetworks, resolve = machinesResolver }: DestinationSettings,
): Promise<readonly Resolved[] | null> {
  const waiting = new AbortController();
  const none = sleep(PATIENCE_MS, [], { signal: waiting.signal, ref: false }).catch(() => []);
  const found = await Promise.race([resolve(hostname).catch(() => []), none]);
  waiting.abort();
  if (found.length === 0) return null;
  return privateNetworks || found.every(({ address }) => isPublicAddress(address)) ? found : null;
}

/** Looks at an address as it is registered: its form, and where its name leads now. */
export async function checkDestination(
  text: string,
  settings: DestinationSettings,
): Promise<Result<URL, DestinationRefusal>> {
  const read = readDestination(text, settings);
  if (!read.ok || literalAddress(read.value.hostname) !== null) return read;
  const allowed = await allowedAddresses(read.value.hostname, settings);
  return allowed === null ? refuse({ code: 'WEBHOOK_ADDRESS_REFUSED', field }) : read;
}
