// Builds the context of one request: the viewer, the time, and the shortcuts resolvers use.
import type { SigningKey } from '@habitat/audit';
import type { Database, ReportReader } from '@habitat/database';
import { formatMinor, parseMoney, todayIn } from '@habitat/kernel';
import type { WebhookSettings } from '@habitat/webhooks';
import type { Afterwards } from '../execution/afterwards.ts';
import type { ApiContext, IdentitySettings, RequestFacts, Viewer } from '../graphql/context.ts';
import { invalidInput, moneyFault, unauthenticated } from '../graphql/error.ts';
import type { NewsFeed } from '../live/news-feed.ts';
import { wordsFor } from '../words/words.ts';
import type { AgentLookup } from './agent-viewer.ts';
import type { Presence, ViewerLookup } from './viewer.ts';

const LONGEST_KEY = 200;

function keyOf(key: string | null): string | null {
  if (key !== null && (key.trim() === '' || key.length > LONGEST_KEY)) {
    const message = `an idempotency key has from 1 to ${LONGEST_KEY} characters`;
    throw invalidInput([{ path: ['input', 'idempotencyKey'], message }], 'BAD_IDEMPOTENCY_KEY');
  }
  return key;
}

/** What all requests of a process share. */
export interface RequestParts {
  readonly database: Database;
  readonly reader: ReportReader;
  readonly identity: IdentitySettings;
  readonly lookup: ViewerLookup;
  readonly agents: AgentLookup;
  readonly webhooks: WebhookSettings;
  readonly afterwards: Afterwards;
  readonly retentionDays: number;
  /** Signs exported audit trails. */
  readonly auditKey: SigningKey | null;
}

/** Assembles the context every resolver gets. */
export function createRequestContext(
  parts: RequestParts,
  presence: Presence,
  request: RequestFacts,
  now: Date,
  news: NewsFeed | null = null,
): ApiContext {
  const { database, reader, identity, lookup, agents, webhooks, retentionDays, auditKey } = parts;
  // One place for all reports of a request, until something is written in it.
  let chosen: Promise<Database> | null = null;
  const actorScope = () => {
    const { cooperativeId, loginId } = signedIn().actor;
    return { cooperativeId, loginId };
  };
  const signedIn = (): Viewer => {
    if (presence.viewer === null) throw unauthenticated(presence.absence);
    return presence.viewer;
  };
  return {
    database,
    identity,
    webhooks,
    retentionDays,
    auditKey,
    now,
    request,
    readNotes: { acts: new Set(), done: new Set(), members: new Set() },
    news,
    viewer: presence.viewer,
    absence: presence.viewer === null ? presence.absence : null,
    signedIn,
    cooperativeId: () => signedIn().actor.cooperativeId,
    command: (idempotencyKey) => ({
      cooperativeId: signedIn().actor.cooperativeId,
      actor: signedIn().actor,
      sessionId: signedIn().sessionId,
      now,
      correlationId: request.correlationId,
      idempotencyKey: keyOf(idempotencyKey ?? request.idempotencyKey),
    }),
    reports: () => (chosen ??= reader.choose(actorScope())),
    async wrote() {
      chosen = null;
      await reader.wrote(actorScope());
    },
    afterwards: (work) => parts.afterwards.begin(work),
    forget(sessionId) {
      lookup.forget(sessionId);
      agents.forget(sessionId);
    },
    money: (minor) => formatMinor(minor, signedIn().cooperative.currencyDigits),
    minor: (text, path) => {
      const parsed = parseMoney(text, signedIn().cooperative.currencyDigits);
      if (parsed.ok) return parsed.value;
      throw invalidInput([{ path, message: moneyFault(parsed.refusal.code) }], parsed.refusal.code);
    },
    words: wordsFor(request.acceptLanguage),
    today: () => todayIn(signedIn().cooperative.timeZone, now),
  };
}
