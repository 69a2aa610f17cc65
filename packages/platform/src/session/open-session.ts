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
import type { SessionProof } from './session.store.ts';
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

/** What was asked for last. */
type ProvenBy = 'password' | 'code' | 'passkey' | 'provider';
type Entry = Pick<Membership, 'loginId' | 'memberId' | 'cooperativeId'>;

/** Begins a session of an account in one cooperative, on record with what let the person in. */
export async function openSession(
  client: Queryable,
  settings: TokenSettings,
  membership: Entry,
  origin: Pick<Origin, 'userAgent' | 'correlationId'> & { readonly by: ProvenBy },
  now: Date,
): Promise<SessionTokens> {
  const { by, correlationId, userAgent } = origin;
  const proof = { device: deviceOf(userAgent), authenticatedAt: now };
  return beginSession(client, settings, membership, { ...proof, by, correlationId }, now);
}

/** Begins a session with what is known of the person: by what device, and when they last proved who they are. */
export async function beginSession(
  client: Queryable,
  settings: TokenSettings,
  { loginId, memberId, cooperativeId }: Entry,
  known: SessionProof & Pick<Origin, 'correlationId'> & { readonly by: ProvenBy | 'switch' },
  now: Date,
): Promise<SessionTokens> {
  // A fresh id and fresh tokens at every sign-in: nothing a browser brought along becomes a session.
  const sessionId = newId();
  const holder = { loginId, memberId, cooperativeId, sessionId };
  const { device, authenticatedAt, correlationId, by } = known;
  await insertSession(client, { ...holder, device, authenticatedAt, now });
  await appendEvents(
    client,
    'platform',
    {
      cooperativeId,
      actor: { kind: 'person', cooperativeId, loginId, memberId, roles: [] },
      now,
      correlationId,
    },
    newEvent(sessionBegun, sessionId, { sessionId, loginId, memberId, by }),
  );
  return issueTokens(client, settings, holder, now);
}
