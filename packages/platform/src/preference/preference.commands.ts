// A person's own account: preferences, the name on it, and the sessions opened with it. Every act here is on one's own.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, isId, refuse } from '@habitat/kernel';
import { endSession } from '../session/session.store.ts';
import type { Preferences } from './preference.ts';
import { readPreferences } from './preference.ts';

function ownLogin(context: CommandContext): string {
  const { loginId } = context.actor;
  if (loginId === null) throw new Error('only a person has an account');
  return loginId;
}

/** The preferences of a login; the defaults where nothing was set. */
export async function findPreferences(database: Database, loginId: string): Promise<Preferences> {
  const [row] = await database.read('platform', { loginId }, (client) =>
    client.query<{ preferences: Record<string, unknown> }>(
      'select preferences from platform.login where id = $1',
      [loginId],
    ),
  );
  return readPreferences(row?.preferences ?? {});
}

/** Changes one's own preferences; what is left out stays. */
export async function changePreferences(
  database: Database,
  context: CommandContext,
  input: Partial<Preferences>,
): Promise<Result<{ loginId: string }, IdempotencyConflict>> {
  const loginId = ownLogin(context);
  return runCommand<{ loginId: string }, never>(
    database,
    'platform',
    context,
    { name: 'changePreferences', input },
    async (tx) => {
      await tx.query('update platform.login set preferences = preferences || $2::jsonb where id = $1', [
        loginId,
        JSON.stringify(input),
      ]);
      return accept({ loginId });
    },
  );
}

export type AccountNameRefusal =
  | { readonly code: 'NAME_REQUIRED'; readonly field: 'displayName' }
  | { readonly code: 'NAME_TOO_LONG'; readonly field: 'displayName'; readonly most: number };

const MAX_NAME = 200;

/** Changes the name on one's own account. Refusals in order: NAME_REQUIRED, NAME_TOO_LONG. */
export async function changeAccountName(
  database: Database,
  context: CommandContext,
  input: { readonly displayName: string },
): Promise<Result<{ displayName: string }, AccountNameRefusal | IdempotencyConflict>> {
  const loginId = ownLogin(context);
  const displayName = input.displayName.trim();
  if (displayName === '') return refuse({ code: 'NAME_REQUIRED', field: 'displayName' });
  if (displayName.length > MAX_NAME)
    return refuse({ code: 'NAME_TOO_LONG', field: 'displayName', most: MAX_NAME });
  return runCommand<{ displayName: string }, never>(
    database,
    'platform',
    context,
    { name: 'changeAccountName', input },
    async (tx) => {
      await tx.query('update platform.login set display_name = $2 where id = $1', [loginId, displayName]);
      return accept({ displayName });
    },
  );
}

/** A session of one's own that is not over. */
export interface OwnSession {
  readonly sessionId: string;
  readonly startedAt: Date;
  /** When its tokens were last exchanged. */
  readonly lastSeenAt: Date;
  /** The browser and system it was opened with; null where they were not told. */
  readonly device: string | null;
}

/** A login's sessions in this cooperative whose newest refresh token still lives, the last used first. */
export async function listOwnSessions(
  database: Database,
  query: { readonly cooperativeId: string; readonly loginId: string; readonly now: Date },
): Promise<OwnSession[]> {
  return database.read('platform', { cooperativeId: query.cooperativeId }, (client) =>
    client.query<OwnSession & Record<string, unknown>>(
      `select s.id as "sessionId", s.started_at as "startedAt", max(t.issued_at) as "lastSeenAt", s.device
       from platform.session s
       join platform.refresh_token t on t.cooperative_id = s.cooperative_id and t.session_id = s.id
       where s.cooperative_id = $1 and s.login_id = $2 and s.ended_at is null
       group by s.cooperative_id, s.id having max(t.expires_at) > $3
       order by "lastSeenAt" desc, s.id limit 100`,
      [query.cooperativeId, query.loginId, query.now],
    ),
  );
}

async function ownSessionIds(tx: Transaction, loginId: string, only: string | null): Promise<string[]> {
  const rows = await tx.query<{ id: string }>(
    `select id from platform.session
     where cooperative_id = $1 and login_id = $2 and ended_at is null and ($3::uuid is null or id = $3) for update`,
    [tx.cooperativeId, loginId, only],
  );
  return rows.map(({ id }) => id);
}

export type EndSessionRefusal = { readonly code: 'SESSION_NOT_FOUND'; readonly field: 'sessionId' };
export type EndedSessions = { readonly sessionIds: readonly string[] };

/** Ends a session of one's own, at once. Refuses SESSION_NOT_FOUND for another's and for one that is over. */
export async function endOwnSession(
  database: Database,
  context: CommandContext,
  input: { readonly sessionId: string },
): Promise<Result<EndedSessions, EndSessionRefusal | IdempotencyConflict>> {
  const loginId = ownLogin(context);
  return runCommand<EndedSessions, EndSessionRefusal>(
    database,
    'platform',
    context,
    { name: 'endOwnSession', input },
    async (tx) => {
      const found = isId(input.sessionId) ? await ownSessionIds(tx, loginId, input.sessionId) : [];
      if (found.length === 0) return refuse({ code: 'SESSION_NOT_FOUND', field: 'sessionId' });
      await endSession(tx, input.sessionId, 'revoked', tx.now);
      return accept({ sessionIds: found });
    },
  );
}

/** Ends every session of one's own in this cooperative but the one acting. */
export async function endOtherSessions(
  database: Database,
  context: CommandContext,
  input: { readonly keep: string },
): Promise<Result<EndedSessions, IdempotencyConflict>> {
  const loginId = ownLogin(context);
  return runCommand<EndedSessions, never>(
    database,
    'platform',
    context,
    { name: 'endOtherSessions', input },
    async (tx) => {
      const others = (await ownSessionIds(tx, loginId, null)).filter((id) => id !== input.keep);
      for (const id of others) await endSession(tx, id, 'revoked', tx.now);
      return accept({ sessionIds: others });
    },
  );
}
