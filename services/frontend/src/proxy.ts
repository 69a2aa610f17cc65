// Every request passes here first: it gets its content security policy and request id, forged forwarding headers are
// overwritten, changing requests must come from this site, who asks much waits for their turn, and a session near its end is renewed before the page asks.
import { randomBytes, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { NextRequest } from 'next/server';
import { NextResponse } from 'next/server';
import { isDevelopment, readEnvironment } from './lib/environment.ts';
import type { SessionTokens } from './lib/session/cookie.ts';
import { accessCookie, cookieOptions, refreshCookie } from './lib/session/cookie.ts';
import {
  correlationHeader,
  correlationTiming,
  nonceHeader,
  pathHeader,
  requestIdHeader,
  turnHeader,
} from './lib/session/header.ts';
import {
  comesFromHere,
  contentSecurityPolicy,
  evidencePath,
  filePolicy,
  isTooLarge,
} from './lib/session/policy.ts';
import type { SessionStep } from './lib/session/session-step.ts';
import { sessionStep } from './lib/session/session-step.ts';
import { comeInTurn } from './lib/turn/turn.ts';

export const config = {
  // Nor a form of files: what passes here is kept in memory whole before anything is looked at, and it may be large.
  matcher: [
    '/((?!_next/static|_next/image|api/health|api/ready|icon.svg|favicon.ico|contributions/evidence$).*)',
  ],
};

const refusedAfterMs = 1_000;

export async function proxy(request: NextRequest): Promise<NextResponse> {
  const host = request.headers.get('host');
  const changes = request.method !== 'GET' && request.method !== 'HEAD';
  if (changes && !comesFromHere(request.headers.get('origin'), host)) {
    return new NextResponse('This request did not come from this site.', { status: 403 });
  }
  if (changes && isTooLarge(request.headers.get('content-length'))) {
    return new NextResponse('This request is larger than a form may be.', { status: 413 });
  }

  if (!isText(request.nextUrl.pathname)) {
    return new NextResponse('This address has signs that stand for no text.', { status: 400 });
  }

  if (!lasts(request.nextUrl.pathname) && !(await comeInTurn(request.headers.get(turnHeader)))) {
    // Who asks again at once, although told to wait, asks no faster than this.
    await sleep(refusedAfterMs);
    const headers = { 'retry-after': '1' };
    return new NextResponse('Too many requests for now. Wait a moment.', { status: 429, headers });
  }

  const requestId = randomUUID();
  const step = await sessionStep(request, requestId);
  const publicPage = isPublic(request.nextUrl.pathname);
  const signedOut = step.kind === 'none' || step.kind === 'ended';
  if (signedOut && !publicPage && !changes) return named(toSignIn(request, step), requestId);

  const nonce = randomBytes(16).toString('base64');
  const policy = contentSecurityPolicy(nonce, isDevelopment());
  const headers = new Headers(request.headers);
  if (host) headers.set('x-forwarded-host', host);
  headers.set('content-security-policy', policy);
  headers.set(nonceHeader, nonce);
  headers.set(requestIdHeader, requestId);
  headers.set(pathHeader, request.nextUrl.pathname + request.nextUrl.search);
  if (step.kind === 'renewed') headers.set('cookie', cookiesWith(request, step.tokens));

  const response = NextResponse.next({ request: { headers } });
  response.headers.set('content-security-policy', isFile(request.nextUrl.pathname) ? filePolicy : policy);
  response.headers.set('referrer-policy', 'same-origin');
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('permissions-policy', 'camera=(), microphone=(), geolocation=()');
  writeSession(request, response, step);
  return named(response, requestId);
}

/** Tells the request's id with its answer. */
function named(response: NextResponse, requestId: string): NextResponse {
  response.headers.set(correlationHeader, requestId);
  response.headers.set('server-timing', `${correlationTiming};desc="${requestId}"`);
  return response;
}

/** False of an address whose escapes stand for no letters: no page has it, and reading it would be a fault of ours. */
function isText(path: string): boolean {
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}

/** Pages of people who are not signed in: the way in, and where links in mails lead. */
function isPublic(path: string): boolean {
  return (
    path === '/sign-in' ||
    path === '/forgotten' ||
    path === '/sign-in/provider' ||
    path === '/sign-in/provider/back' ||
    /^\/(invitation|reset|email-undo|unsubscribe)\/[^/]+$/.test(path)
  );
}

/** What stays open as long as somebody listens, or comes and goes as slowly as their line: it would keep its turn. */
const lasts = (path: string) =>
  path === '/live' || path === '/audit/package' || path === '/settings/me/privacy/data' || isFile(path);

/** Evidence as somebody brought it, on its way back; what the proxy says of an answer stands above what a route says. */
const isFile = (path: string) => path.startsWith(`${evidencePath}/`);

function toSignIn(request: NextRequest, step: SessionStep): NextResponse {
  // Built from the Host header: behind a reverse proxy the server knows itself only by its own port.
  const host = request.headers.get('host') ?? request.nextUrl.host;
  const target = new URL('/sign-in', `${isHttps(request) ? 'https' : 'http'}://${host}`);
  const wanted = request.nextUrl.pathname + request.nextUrl.search;
  if (wanted !== '/') target.searchParams.set('return', wanted);
  if (step.kind === 'ended') target.searchParams.set('ended', '1');
  const response = NextResponse.redirect(target);
  writeSession(request, response, step);
  return response;
}

function cookiesWith(request: NextRequest, tokens: SessionTokens): string {
  const jar = new Map(request.cookies.getAll().map(({ name, value }) => [name, value]));
  jar.set(accessCookie, tokens.accessToken).set(refreshCookie, tokens.refreshToken);
  return [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
}

function writeSession(request: NextRequest, response: NextResponse, step: SessionStep): void {
  const secure = readEnvironment().secureCookies ?? isHttps(request);
  if (step.kind === 'renewed') {
    response.cookies.set(accessCookie, step.tokens.accessToken, cookieOptions(secure));
    response.cookies.set(refreshCookie, step.tokens.refreshToken, cookieOptions(secure));
  } else if (step.kind === 'ended') {
    response.cookies.set(accessCookie, '', cookieOptions(secure, 0));
    response.cookies.set(refreshCookie, '', cookieOptions(secure, 0));
  }
}

function isHttps(request: NextRequest): boolean {
  return (request.headers.get('x-forwarded-proto') ?? request.nextUrl.protocol.replace(':', '')) === 'https';
}
