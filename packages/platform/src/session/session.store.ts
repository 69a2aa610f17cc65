// SQL of sessions and refresh tokens.
import type { Queryable } from '@habitat/database';
import type { CooperativeProfile } from '../cooperative/cooperative.ts';
import type { SecondFactorPolicy } from '../second-factor/second-factor.ts';
import type { PresentedToken } from './refresh-token.ts';

export type EndReason =
  'signed_out' | 'token_reused' | 'password_changed' | 'second_factor_changed' | 'email_changed' | 'revoked';

/** What a session was opened with: the device, and when its person last proved who they are. */
export interface SessionProof {
  readonly device: string | null;
  readonly authenticatedAt: Date | null;
}

export async function insertSession(
  client: Queryable,
  session: SessionProof & { cooperativeId: string; sessionId: string; loginId: string; now: Date },
): Promise<void> {
  await client.query(
    `insert into platform.session (cooperative_id, id, login_id, started_at, authenticated_at, device)
     values ($1, $2, $3, $4, $5, $6)`,
    [
      session.cooperativeId,
      session.sessionId,
      session.loginId,
      session.now,
      session.authenticatedAt,
      session.device,
    ],
  );
}

export async function insertRefreshToken(
  client: Queryable,
  token: { cooperativeId: string; tokenHash: string; sessionId: string; now: Date; expiresAt: Date },
): Promise<void> {
  await client.query(
    `insert into platform.refresh_token (cooperative_id, token_hash, session_id, issued_at, expires_at)
     values ($1, $2, $3, $4, $5)`,
    [token.cooperativeId, token.tokenHash, token.sessionId, token.now, token.expiresAt],
  );
}

export interface StoredToken extends PresentedToken {
  readonly sessionId: string;
  readonly loginId: string;
  readonly memberId: string;
}

/** A presented token with its session, both locked: exchanges of one session happen one after another. */
export async function lockToken(client: Queryable, tokenHash: string): Promise<StoredToken | null> {
  const [row] = await client.query<StoredToken & Record<string, unknown>>(
    `select session.id as "sessionId", session.login_id as "loginId", membership.member_id as "memberId",
       refresh_token.expires_at as "expiresAt", refresh_token.used_at as "usedAt", session.ended_at as "sessionEndedAt",
       (login.status = 'active' and membership.ended_at is null) as standing
     from platform.refresh_token
     join platform.session on session.cooperative_id = refresh_token.cooperative_id and session.id = refresh_token.session_id
     join platform.membership
       on membership.cooperative_id = session.cooperative_id and membership.login_id = session.login_id
     join platform.login on login.id = session.login_id
     where refresh_token.token_hash = $1
     for update of session, refresh_token`,
    [tokenHash],
  );
  return row ?? null;
}

export async function markTokenUsed(client: Queryable, tokenHash: string, now: Date): Promise<void> {
  await client.query(
    'update platform.refresh_token set used_at = $2 where token_hash = $1 and used_at is null',
    [tokenHash, now],
  );
}

/** Notes that the person behind a session has proven who they are once more. */
export async function markAuthenticated(client: Queryable, sessionId: string, now: Date): Promise<void> {
  await client.query('update platform.session set authenticated_at = $2 where id = $1 and ended_at is null', [
    sessionId,
    now,
  ]);
}

export interface HeldSession extends SessionProof {
  readonly sessionId: string;
  readonly loginId: string;
  readonly memberId: string;
}

/** A session in force with its member and what it was opened with, held until the transaction ends; null once it is over. */
export async function lockSession(
  client: Queryable,
  session: { readonly cooperativeId: string; readonly sessionId: string; readonly loginId: string },
): Promise<HeldSession | null> {
  const [row] = await client.query<HeldSession & Record<string, unknown>>(
    `select session.id as "sessionId", login_id as "loginId", member_id as "memberId", device,
       authenticated_at as "authenticatedAt"
     from platform.session join platform.membership using (cooperative_id, login_id)
     where cooperative_id = $1 and session.id = $2 and login_id = $3 and session.ended_at is null
     for update of session`,
    [session.cooperativeId, session.sessionId, session.loginId],
  );
  return row ?? null;
}

/** Ends a session; the first reason stands. */
export async function endSession(
  client: Queryable,
  sessionId: string,
  reason: EndReason,
  now: Date,
): Promise<boolean> {
  const ended = await client.query(
    'update platform.session set ended_at = $2, end_reason = $3 where id = $1 and ended_at is null returning id',
    [sessionId, now, reason],
  );
  return ended.length > 0;
}

/** Ends the sessions of an account in every cooperative, but for the one to keep; answers which ended. */
export async function endSessionsOfLogin(
  client: Queryable,
  loginId: string,
  how: { readonly keep: string | null; readonly reason: EndReason; readonly now: Date },
): Promise<string[]> {
  await client.query(`select set_config('habitat.login_id', $1, true)`, [loginId]);
  const ended = await client.query<{ id: string }>(
    `update platform.session set ended_at = $2, end_reason = $3
     where login_id = $1 and ended_at is null and id is distinct from $4 returning id`,
    [loginId, how.now, how.reason, how.keep],
  );
  return ended.map(({ id }) => id);
}

/** Who is behind a session in force, with the cooperative: one row, one query per request. */
export interface Standing extends CooperativeProfile {
  readonly email: string;
  readonly displayName: string;
  readonly memberId: string;
  /** When the person last proved who they are in this session. */
  readonly authenticatedAt: Date | null;
  readonly hasSecondFactor: boolean;
  /** Roles that wait for a second factor from a day on; null where no policy was ever set. */
  readonly secondFactorPolicy: SecondFactorPolicy | null;
}

export async function selectStanding(
  client: Queryable,
  sessionId: string,
  loginId: string,
): Promise<Standing | null> {
  const [row] = await client.query<Standing & Record<string, unknown>>({
    name: 'select-standing',
    text: `
      select cooperative.cooperative_id as "cooperativeId", cooperative.name, cooperative.slug, cooperative.currency,
        cooperative.currency_digits as "currencyDigits", cooperative.time_zone as "timeZone",
        cooperative.tax_regime as "taxRegime", cooperative.template,
        cooperative.fiscal_start_month as "fiscalStartMonth", cooperative.legal_name as "legalName",
        login.email, login.display_name as "displayName", membership.member_id as "memberId",
        session.authenticated_at as "authenticatedAt",
        exists (
          select from platform.second_factor factor where factor.login_id = login.id and confirmed_at is not null
        ) as "hasSecondFactor",
        (
          select jsonb_build_object('roles', roles, 'requiredFrom', required_from)
          from platform.second_factor_policy policy
          where policy.cooperative_id = session.cooperative_id order by set_at desc, policy.id desc limit 1
        ) as "secondFactorPolicy"
      from platform.session
      join platform.membership
        on membership.cooperative_id = session.cooperative_id and membership.login_id = session.login_id
      join platform.login on login.id = session.login_id
      join platform.cooperative on cooperative.cooperative_id = session.cooperative_id
      where session.id = $1 and session.login_id = $2 and session.ended_at is null
        and membership.ended_at is null and login.status = 'active'`,
    values: [sessionId, loginId],
  });
  return row ?? null;
}
