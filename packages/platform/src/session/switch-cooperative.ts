// Going over to another cooperative one belongs to: a session of its own there, and the one here is over. What was proven
// about the person goes along, what the roles here allow does not: tokens and roles belong to one cooperative.
import type { Database } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { selectOwnMemberships } from '../login/login.store.ts';
import type { TokenSettings } from './access-token.ts';
import type { SessionTokens } from './open-session.ts';
import { beginSession } from './open-session.ts';
import { endOnRecord } from './session.commands.ts';
import { lockSession } from './session.store.ts';

export interface SwitchCooperativeInput {
  readonly loginId: string;
  /** The session it is done in, and its cooperative. */
  readonly sessionId: string;
  readonly cooperativeId: string;
  /** Where to. */
  readonly cooperativeSlug: string;
  readonly correlationId: string;
}

/** In the order checked. */
export type SwitchCooperativeRefusal =
  | { readonly code: 'COOPERATIVE_NOT_FOUND'; readonly field: 'cooperativeSlug' }
  | { readonly code: 'SESSION_ENDED'; readonly message: string };

/** Ends this session and begins one in another cooperative of the same person, who proved who they are when this one did. */
export async function switchCooperative(
  database: Database,
  settings: TokenSettings,
  now: Date,
  input: SwitchCooperativeInput,
): Promise<Result<SessionTokens, SwitchCooperativeRefusal>> {
  const { loginId, cooperativeSlug } = input;
  const memberships = await database.read('platform', { loginId }, (client) =>
    selectOwnMemberships(client, loginId),
  );
  const target = memberships.find(({ slug }) => slug === cooperativeSlug);
  if (target === undefined) return refuse({ code: 'COOPERATIVE_NOT_FOUND', field: 'cooperativeSlug' });
  const left = await leave(database, now, input);
  if (left === null)
    return refuse({ code: 'SESSION_ENDED', message: 'This session has ended. Sign in again.' });
  const { device, authenticatedAt } = left;
  const known = { device, authenticatedAt, by: 'switch', correlationId: input.correlationId } as const;
  const scope = { cooperativeId: target.cooperativeId, command: 'switchCooperative' } as const;
  return database.transaction('platform', scope, async (client) =>
    accept(await beginSession(client, settings, target, known, now)),
  );
}

/** Ends the session here; null when it is over already, so that two who leave at once do not both arrive. */
async function leave(database: Database, now: Date, input: SwitchCooperativeInput) {
  const { cooperativeId, correlationId } = input;
  const scope = { cooperativeId, command: 'switchCooperative' } as const;
  return database.transaction('platform', scope, async (client) => {
    const held = await lockSession(client, input);
    if (held !== null) await endOnRecord(client, held, 'signed_out', { cooperativeId, now, correlationId });
    return held;
  });
}
