// What every resolver gets: who asks, at what time, and the way to the packages. Built once per request and gone
// with it; nothing in it outlives the answer.
import type { SigningKey } from '@habitat/audit';
import type { CommandContext, Database } from '@habitat/database';
import type { Actor, Role } from '@habitat/kernel';
import type { CooperativeProfile, LinkSettings, Provider, Secrets, TokenSettings } from '@habitat/platform';
import type { WebhookSettings } from '@habitat/webhooks';
import type { ReadNotes } from '../session/readings.ts';
import type { NewsFeed } from '../live/news-feed.ts';
import type { Words } from '../words/words.ts';

/** The person signed in, or the agent that acts for one, inside one cooperative. */
export interface Viewer {
  /** Carries the roles in force now; commands and field guards ask it the same questions. */
  readonly actor: Actor & { readonly loginId: string };
  readonly sessionId: string;
  readonly email: string;
  readonly displayName: string;
  readonly cooperative: CooperativeProfile;
  /** When they last proved who they are in this session; null for a session that never noted it. */
  readonly authenticatedAt: Date | null;
  /** Of an agent: its key, and what it may move alone; null for a person. */
  readonly agent: { readonly keyId: string; readonly ceilingMinor: bigint } | null;
  readonly secondFactor: {
    /** Roles held that wait for a second factor: `actor.roles` is without them. */
    readonly withheld: readonly Role[];
  };
}

/** What only the modules of identity use. */
export interface IdentitySettings {
  /** How sessions are signed. */
  readonly tokens: TokenSettings;
  /** How links are made, and whether they are mailed. */
  readonly links: LinkSettings;
  /** Another's sign-in people may use; null where the operator named none. */
  readonly provider: Provider | null;
  /** The operator's secrets: what accounts keep is sealed with them. */
  readonly secrets: Secrets;
}

/** What a request brings along before anybody is known. */
export interface RequestFacts {
  /** The `Idempotency-Key` header, used when the input carries no key of its own. */
  readonly idempotencyKey: string | null;
  readonly correlationId: string;
  /** For throttling sign-ins. */
  readonly address: string;
  /** The `User-Agent` header: people tell their sessions apart by it. */
  readonly userAgent: string | null;
  /** The `Accept-Language` header: sentences are told in the first language of it that is spoken here. */
  readonly acceptLanguage: string | null;
  /** As what the pages hand it on, when somebody takes it away as a file. */
  readonly takenAs: 'csv' | 'json' | null;
}

export interface ApiContext {
  /** Handed on to a package's queries and commands; a resolver never queries it itself. */
  readonly database: Database;
  readonly identity: IdentitySettings;
  /** How secrets of webhooks are kept, and where messages may go. */
  readonly webhooks: WebhookSettings;
  /** How long what is over is kept. */
  readonly retentionDays: number;
  /** Signs exported audit trails; null where there is none. */
  readonly auditKey: SigningKey | null;
  readonly now: Date;
  readonly request: RequestFacts;
  /** Null when nobody is signed in; guarded fields may use `signedIn` below. */
  readonly viewer: Viewer | null;
  /** Why there is no viewer; null when there is one. */
  readonly absence: 'SIGN_IN_REQUIRED' | 'TOKEN_NOT_VALID' | 'SESSION_ENDED' | null;
  /** What the guards let through by office; it goes on record with the answer. */
  readonly readNotes: ReadNotes;
  /** Where subscriptions hear what happens; null over HTTP. */
  readonly news: NewsFeed | null;
  /** The viewer, or UNAUTHENTICATED. */
  signedIn(): Viewer;
  /** The viewer's cooperative id, or UNAUTHENTICATED. */
  cooperativeId(): string;
  /** Facts for a command, with the input's key or else the header's. */
  command(idempotencyKey?: string | null): CommandContext;
  /** Where this viewer's reports are read: on the replica when it has what they last wrote. */
  reports(): Promise<Database>;
  /** Tells that the viewer has written something, so that their next report shows it. */
  wrote(): Promise<void>;
  /** Does something that the answer does not wait for. */
  afterwards(work: () => Promise<void>): void;
  /** Forgets what was remembered of a session or a key, so that ending it counts at once. */
  forget(sessionId: string): void;
  /** Minor units as the Money text of the viewer's cooperative: 525406n → "5254.06". */
  money(minor: bigint): string;
  /** Money text of the viewer's cooperative in minor units, or VALIDATION_ERROR at `path`. */
  minor(text: string, path: readonly (string | number)[]): bigint;
  /** The sentences the API writes itself, in the reader's language. */
  readonly words: Words;
  /** The civil date it is now where the cooperative lives. */
  today(): string;
}
