// Which member is signed in, kept at sign-in beside the session. It only narrows a question ("mine"): the API decides by
// the verified token what may be seen, so a forged value shows nothing more.
import 'server-only';
import { cookies } from 'next/headers';
import { memberCookie } from '../../lib/session/cookie.ts';

/** The member's id as the API names it, or null for a login without membership. */
export async function ownMemberId(): Promise<string | null> {
  return (await cookies()).get(memberCookie)?.value || null;
}
