// Files for a contribution, as a browser's form sends them. Whoever comes from another site or isn't signed in was
// turned away before (proxy.ts); a body that is too large is not read.
import { cookies } from 'next/headers';
import type { NextRequest } from 'next/server';
import { addFiles, MOST_BODY_BYTES, pageAfter } from '../../../../features/evidence/evidence.upload.ts';
import { accessCookie } from '../../../../lib/session/cookie.ts';

/** A relative address: behind a proxy this server knows itself only by its own port. */
const seeOther = (location: string) => new Response(null, { status: 303, headers: { location } });

export async function POST(request: NextRequest): Promise<Response> {
  const contributionId = request.nextUrl.searchParams.get('contribution') ?? '';
  const page = pageAfter(contributionId, null);
  if (!(await cookies()).has(accessCookie)) {
    return seeOther(`/sign-in?ended=1&return=${encodeURIComponent(page)}`);
  }
  const size = Number(request.headers.get('content-length') ?? Infinity);
  if (!(size <= MOST_BODY_BYTES))
    return seeOther(pageAfter(contributionId, { reason: 'EVIDENCE_TOO_LARGE' }));
  const form = await request.formData().catch(() => new FormData());
  return seeOther(pageAfter(contributionId, await addFiles(contributionId, form)));
}
