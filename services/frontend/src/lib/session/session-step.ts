// What becomes of a request's session before it is served: kept, renewed near its end, over, or never there.
import type { NextRequest } from 'next/server';
import type { SessionTokens } from './cookie.ts';
import { accessCookie, needsRefresh, refreshCookie } from './cookie.ts';
import { traceParentHeader } from './header.ts';
import { renewSession, tradeAtApi } from './refresh.ts';

export type SessionStep =
  { kind: 'keep' } | { kind: 'renewed'; tokens: SessionTokens } | { kind: 'none' } | { kind: 'ended' };

/** Looks at the cookies and renews the session when the access token is about to end. */
export async function sessionStep(request: NextRequest, requestId: string): Promise<SessionStep> {
  const access = request.cookies.get(accessCookie)?.value;
  if (!needsRefresh(access, Math.floor(Date.now() / 1000))) return { kind: 'keep' };
  const refresh = request.cookies.get(refreshCookie)?.value;
  if (!refresh) return { kind: 'none' };
  const first = { requestId, traceParent: request.headers.get(traceParentHeader) };
  const renewal = await renewSession(refresh, (token) => tradeAtApi(token, first));
  if (renewal.kind === 'renewed') return renewal;
  // While the API is away nobody is signed out: the page itself says that it could not be reached.
  return renewal.kind === 'ended' ? { kind: 'ended' } : { kind: 'keep' };
}
