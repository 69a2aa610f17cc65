// Beginning a session: the one place tokens are handed out for somebody who has proven who they are.
import type { Queryable } from '@habitat/database';
import { appendEvents } from '@habitat/database';
import { newEvent, sessionBegun } from '@habitat/events';
import { newId } from '@habitat/kernel';
import type { Membership } from '../login/login.store.ts';
import { newTenantToken } from '../secret/tenant-token.ts';
import type { TokenSettings } from './access-token.ts';
import { signAccessToken } from './access-token.ts';
import { deviceOf } from './device.ts';
import { insertRefreshToken, insertSession } from './session.store.ts';

/** What a client keeps: both tokens, and when each runs out. */
export interface SessionTokens {
  readonly sessionId: string;
  readonly loginId: string;
  readonly memberId: string;
  readonly cooperativeId: string;
  readonly accessToken: string;
  readonly accessExpiresAt: Date;
  readonly refreshToken: string;
  readonly refreshExpiresAt: Date;
}

/** Where somebody signs in from. */
export interface Origin {
  /** For throttling only. */
  readonly address: string;
  /** The `User-Agent` header; of it only the names of browser and system are kept. */
  readonly userAgent: string | null;
  /** The request, as the log and the audit trail name it. */
  readonly correlationId: string;
}

type Holder = Pick<SessionTokens, 'sessionId' | 'loginId' | 'memberId' | 'cooperativeId'>;

/** Gives a session its next pair of tokens, inside the transaction that decided so. */
export async function issueTokens(
  client: Queryable,
  settings: TokenSettings,
  holder: Holder,
  now: Date,
): Promise<SessionTokens> {
  const { sessionId, loginId, memberId, cooperativeId } = holder;
  const claims = { sessionId, loginId, memberId, cooperativeId };
  const refresh = newTenantToken(cooperativeId);
  const refreshExpiresAt = new Date(now.getTime() + settings.refreshSeconds * 1000);
  await insertRefreshToken(client, { ...refresh, sessionId, now, expiresAt: refreshExpiresAt });
  const access = signAccessToken(claims, settings, now);
  return {
    ...claims,
    accessToken: access.token,
    accessExpiresAt: access.expiresAt,
    refreshToken: refresh.text,
    refreshExpiresAt,
  };
}

/** Begins a session of an account in one cooperative, on record with what let the person in. */
export async function openSession(
  client: Queryable,
  settings: TokenSettings,
  membership: Pick<Membership, 'loginId' | 'memberId' | 'cooperativeId'>,
  origin: Pick<Origin, 'userAgent' | 'correlationId'> & { readonly by: 'password' | 'code' | 'passkey' },
  now: Date,
): Promise<SessionTokens> {
  // A fresh id and fresh tokens at every sign-in: nothing a browser brought along becomes a session.
  const holder = { ...membership, sessionId: newId() };
  const { cooperativeId, sessionId, loginId, memberId } = holder;
  await insertSession(client, { ...holder, device: deviceOf(origin.userAgent), now });
  await appendEvents(
    client,
    'platform',
    {
      cooperativeId,
      actor: { kind: 'person', cooperativeId, loginId, memberId, roles: [] },
      now,
      correlationId: origin.correlationId,
    },
    newEvent(sessionBegun, sessionId, { sessionId, loginId, memberId, by: origin.by }),
  );
  return issueTokens(client, settings, holder, now);
}
