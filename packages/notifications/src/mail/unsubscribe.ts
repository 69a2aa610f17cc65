// The link at the foot of a mail that stops its kind: signed, so that it opens one person's choice of one kind and nothing
// else, without signing in. It says what it is for in the open; what it must not be is made up.
import { createHmac, timingSafeEqual } from 'node:crypto';
import { isId } from '@habitat/kernel';
import { derivedKey } from '@habitat/platform';
import type { NoticeKind } from '../notice/kind.ts';
import { isNoticeKind } from '../notice/kind.ts';

/** What a link stops: one kind of notice, or the day's digest. */
export interface MailStop {
  readonly cooperativeId: string;
  readonly memberId: string;
  readonly what: NoticeKind | 'digest';
}

function signatureOf(secret: string, { cooperativeId, memberId, what }: MailStop): string {
  const mac = createHmac('sha256', derivedKey(secret, 'unsubscribe'));
  return mac.update(`${cooperativeId}:${memberId}:${what}`).digest('base64url');
}

/** The token that stops this. */
export function mailStopToken(secret: string, stop: MailStop): string {
  return `${stop.cooperativeId}.${stop.memberId}.${stop.what}.${signatureOf(secret, stop)}`;
}

/** What a presented token stops; null for text that none of the secrets signed. */
export function readMailStop(secrets: readonly string[], text: string): MailStop | null {
  const [cooperativeId = '', memberId = '', what = '', signature = '', ...rest] = text.split('.');
  if (rest.length > 0 || !isId(cooperativeId) || !isId(memberId)) return null;
  if (what !== 'digest' && !isNoticeKind(what)) return null;
  const stop: MailStop = { cooperativeId, memberId, what };
  const given = Buffer.from(signature);
  const isSigned = secrets.some((secret) => {
    const made = Buffer.from(signatureOf(secret, stop));
    return made.length === given.length && timingSafeEqual(made, given);
  });
  return isSigned ? stop : null;
}
