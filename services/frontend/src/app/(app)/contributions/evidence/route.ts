// Files for a contribution, as a browser's form sends them. The proxy keeps a body whole before it looks at anything, so
// this one way goes round it and looks by itself: where the form comes from, how large it is, whose session it is. Only
// then is the body read.
import { randomUUID } from 'node:crypto';
import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import {
  addFiles,
  askWhoSends,
  MOST_BODY_BYTES,
  pageAfter,
} from '../../../../features/evidence/evidence.upload.ts';
import { accessCookie, cookieOptions, refreshCookie } from '../../../../lib/session/cookie.ts';
import { comesFromHere } from '../../../../lib/session/policy.ts';
import { isSecure } from '../../../../lib/session/secure.ts';
import { sessionStep } from '../../../../lib/session/session-step.ts';

/** A relative address: behind a proxy this server knows itself only by its own port. */
const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });

/** Who sends the form, their session renewed where it is near its end; null for nobody. */
async function senderOf(request: NextRequest): Promise<{ readonly id: string } | 'away' | null> {
  const step = await sessionStep(request, randomUUID());
  if (step.kind === 'none' || step.kind === 'ended') return null;
  if (step.kind === 'renewed') {
    const [jar, secure] = [await cookies(), await isSecure()];
    jar.set(accessCookie, step.tokens.accessToken, cookieOptions(secure));
    jar.set(refreshCookie, step.tokens.refreshToken, cookieOptions(secure));
  }
  const asked = await askWhoSends();
  if (asked.ok) return asked.data.me;
  return asked.faults.some(({ kind }) => kind === 'signed-out') ? null : 'away';
}

export async function POST(request: NextRequest): Promise<Response> {
  if (!comesFromHere(request.headers.get('origin'), request.headers.get('host')))
    return new Response('This request did not come from this site.', { status: 403 });
  const contributionId = request.nextUrl.searchParams.get('contribution') ?? '';
  const page = pageAfter(contributionId, null);
  const size = Number(request.headers.get('content-length') ?? Infinity);
  if (!(size <= MOST_BODY_BYTES))
    return seeOther(pageAfter(contributionId, { reason: 'EVIDENCE_TOO_LARGE' }));
  const sender = await senderOf(request);
  if (sender === null) return seeOther(`/sign-in?ended=1&return=${encodeURIComponent(page)}`);
  if (sender === 'away') return seeOther(pageAfter(contributionId, { reason: 'UNREACHABLE' }));
  return seeOther(pageAfter(contributionId, await addFiles(contributionId, sender.id, request)));
}
