// Sends one message: a single POST over a fresh connection to an address that was looked at in the same breath. No redirect
// is followed, no proxy asked, and of what the receiver answers only the status is ever looked at.
import type { ClientRequest, IncomingMessage, RequestOptions } from 'node:http';
import { request as httpRequest } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { literalAddress } from './address.ts';
import type { DestinationSettings } from './destination.ts';
import { allowedAddresses, readDestination } from './destination.ts';

/** A receiver that has not answered by then is tried again later. */
export const PATIENCE_MS = 10_000;
/** Of an answer's body at most so much is taken off the line, and none of it kept. */
const BODY_BYTES = 65_536;

/** `secret`: the message could not be signed, because no key of the operator's opens the webhook's secret. */
export type SendFault = 'address' | 'connection' | 'timeout' | 'tls' | 'status' | 'secret';

/** How a try went: the status there was, and what was wrong; no fault means the receiver has it. */
export interface Sent {
  readonly status: number | null;
  readonly fault: SendFault | null;
}

export interface SendSettings extends DestinationSettings {
  readonly patienceMs?: number;
}

class AddressRefused extends Error {}

/** Answers with the addresses that were looked at: between the look and the connection there is no second question. */
function checkedLookup(settings: SendSettings): LookupFunction {
  return (hostname, options, callback) => {
    void allowedAddresses(hostname, settings).then((addresses) => {
      const [first] = addresses ?? [];
      if (addresses === null || first === undefined) callback(new AddressRefused(), '', 4);
      else if (options.all === true) callback(null, [...addresses]);
      else callback(null, first.address, first.family);
    });
  };
}

function faultOf(error: unknown): SendFault {
  if (error instanceof AddressRefused) return 'address';
  const { name = '', code = '' } = error as { readonly name?: string; readonly code?: string };
  if (name === 'AbortError' || name === 'TimeoutError') return 'timeout';
  return /CERT|TLS|SSL|SELF_SIGNED|UNABLE_TO|EPROTO/.test(code) ? 'tls' : 'connection';
}

/** Reads an answer off the line up to its limit, and leaves. */
function drain(answer: IncomingMessage): void {
  let bytes = 0;
  answer.on('data', (chunk: Buffer) => {
    bytes += chunk.length;
    if (bytes > BODY_BYTES) answer.destroy();
  });
  answer.on('error', () => undefined);
}

function posted(url: URL, options: RequestOptions, body: string): Promise<number> {
  return new Promise((resolve, reject) => {
    const send: ClientRequest =
      url.protocol === 'https:' ? httpsRequest(url, options) : httpRequest(url, options);
    send.on('error', reject);
    send.on('response', (answer) => {
      drain(answer);
      resolve(answer.statusCode ?? 0);
    });
    send.end(body);
  });
}

/** Sends a signed message. Only 2xx means that the receiver has it: a redirect is an answer like any other that is not. */
export async function sendMessage(
  address: string,
  { headers, body }: { readonly headers: Readonly<Record<string, string>>; readonly body: string },
  settings: SendSettings,
): Promise<Sent> {
  const read = readDestination(address, settings);
  if (!read.ok) return { status: null, fault: 'address' };
  const { value: url } = read;
  try {
    const status = await posted(
      url,
      {
        method: 'POST',
        agent: false,
        headers: {
          'content-type': 'application/json',
          'content-length': Buffer.byteLength(body),
          'user-agent': 'Habitat-Webhooks',
          ...headers,
        },
        signal: AbortSignal.timeout(settings.patienceMs ?? PATIENCE_MS),
        ...(literalAddress(url.hostname) === null ? { lookup: checkedLookup(settings) } : {}),
      },
      body,
    );
    return { status, fault: status >= 200 && status < 300 ? null : 'status' };
  } catch (error) {
    return { status: null, fault: faultOf(error) };
  }
}
