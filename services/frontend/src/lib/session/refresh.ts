// Renews a session in one place. A refresh token works once, and the API takes a second use for theft and ends the whole
// family; a browser that opens five things at once must therefore cause one refresh, and all five get its answer.
import { readEnvironment } from '../environment.ts';
import type { SessionTokens } from './cookie.ts';
import { correlationHeader, traceParentHeader } from './header.ts';

export type Renewal =
  { kind: 'renewed'; tokens: SessionTokens } | { kind: 'ended' } | { kind: 'unreachable' };

const keepAnswerMs = 60_000;
const underWay = new Map<string, Promise<Renewal>>();

/** Trades a refresh token for a new pair; requests that come with the same token share one trade and its answer. */
export function renewSession(
  refreshToken: string,
  trade: (token: string) => Promise<Renewal>,
): Promise<Renewal> {
  const known = underWay.get(refreshToken);
  if (known) return known;
  const renewal = trade(refreshToken).then((answer) => {
    // An API that was away must be asked again by the next request; a real answer is kept for the stragglers.
    if (answer.kind === 'unreachable') underWay.delete(refreshToken);
    else setTimeout(() => underWay.delete(refreshToken), keepAnswerMs).unref();
    return answer;
  });
  underWay.set(refreshToken, renewal);
  return renewal;
}

const query = `mutation RefreshSession($input: RefreshSessionInput!) {
  refreshSession(input: $input) { accessToken refreshToken }
}`;

type RefreshResponse = {
  data?: { refreshSession?: SessionTokens | null } | null;
  errors?: { extensions?: { code?: string } }[];
};

/** The trade itself, asked for by the request that came first. */
export async function tradeAtApi(
  refreshToken: string,
  first: { readonly requestId: string; readonly traceParent: string | null },
): Promise<Renewal> {
  try {
    const response = await fetch(readEnvironment().apiUrl, {
      method: 'POST',
      cache: 'no-store',
      signal: AbortSignal.timeout(10_000),
      headers: {
        'content-type': 'application/json',
        [correlationHeader]: first.requestId,
        ...(first.traceParent === null ? {} : { [traceParentHeader]: first.traceParent }),
      },
      body: JSON.stringify({ query, variables: { input: { refreshToken } } }),
    });
    const body = (await response.json()) as RefreshResponse;
    const tokens = body.data?.refreshSession;
    if (tokens) return { kind: 'renewed', tokens };
    const code = body.errors?.[0]?.extensions?.code;
    return code === 'INTERNAL_ERROR' || code === 'RATE_LIMITED' ? { kind: 'unreachable' } : { kind: 'ended' };
  } catch {
    return { kind: 'unreachable' };
  }
}
