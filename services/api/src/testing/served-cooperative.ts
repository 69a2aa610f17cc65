// The API over real HTTP on a real Postgres, with cooperatives that came up through the real events. The clock is the
// test's own.
import { createTestDatabase } from '@habitat/database/testing';
import type { TestDatabase } from '@habitat/database/testing';
import type { Role } from '@habitat/kernel';
import { expectAccepted, systemActor } from '@habitat/kernel';
import { drainEvents } from '@habitat/messaging';
import type { CooperativeFounding, ProviderSettings } from '@habitat/platform';
import { addMember } from '@habitat/people';
import { createCooperative, grantAccess } from '@habitat/platform';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import type { Mailing } from '@habitat/worker';
import { allHandlers, createMailing, noticeHandlers } from '@habitat/worker';
import type { Api, ApiOptions } from '../api.ts';
import { createApi } from '../api.ts';

export const PASSWORD = 'four words do it';
export const SECRET = 's'.repeat(64);
export const SECRETS_KEY = 'k'.repeat(64);
export const PAGES = 'https://pages.example';

export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  // Answers of many shapes; each test looks at its own.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  readonly body: any;
  readonly errors: readonly { message: string; path?: unknown; extensions: Record<string, unknown> }[];
}

export interface Founded {
  readonly slug: string;
  readonly email: string;
  readonly cooperativeId: string;
  readonly memberId: string;
  readonly loginId: string;
}

/** A running API with its database and clock. */
export class Served {
  now = new Date('2026-11-20T15:00:00Z');
  private constructor(
    readonly test: TestDatabase,
    readonly api: Api,
    readonly url: string,
    private readonly mailing: Mailing | null,
  ) {}

  static async start(
    options: Partial<Omit<ApiOptions, 'replica'>> & {
      environment?: 'development' | 'production';
      /** A server of the test's own instead of the shared one. */
      serverUrl?: string;
      /** A mail server; without one links are handed over. */
      mailUrl?: string;
      /** Another's sign-in; without one there is none. */
      provider?: ProviderSettings;
      /** Opens a replica once the database is there. */
      replica?: (test: TestDatabase) => Promise<NonNullable<ApiOptions['replica']>>;
    } = {},
  ): Promise<Served> {
    const test = await createTestDatabase(options.serverUrl ?? (await sharedPostgresUrl()));
    const clock = { now: () => new Date() };
    const {
      environment = 'production',
      serverUrl: _serverUrl,
      mailUrl,
      provider,
      replica,
      ...more
    } = options;
    const mail = mailUrl === undefined ? null : { url: mailUrl, from: 'Habitat <habitat@pages.example>' };
    const links = { secrets: [SECRETS_KEY] as const, publicUrl: PAGES, isMailed: true };
    const api = await createApi({
      database: test.database,
      clock: () => clock.now(),
      config: {
        environment,
        jwtSecrets: [SECRET],
        jwtExpirySeconds: 900,
        refreshTokenExpirySeconds: 604_800,
        secretsKeys: [SECRETS_KEY],
        webhookPrivateNetworks: false,
        retentionSeconds: 31_536_000,
        publicUrl: PAGES,
        mail,
        provider: provider ?? null,
        corsOrigins: ['http://localhost:3000'],
        rabbitMqUrl: null,
        eventTransport: 'postgres',
        release: { version: 'test', revision: 'test' },
      },
      ...more,
      ...(replica === undefined ? {} : { replica: await replica(test) }),
    });
    const mailing = mail === null ? null : createMailing({ ...mail, links });
    const served = new Served(test, api, await api.listen(), mailing);
    clock.now = () => served.now;
    return served;
  }

  async stop(): Promise<void> {
    this.mailing?.stop();
    await this.api.stop();
    await this.test.end();
  }

  later(seconds: number): void {
    this.now = new Date(this.now.getTime() + seconds * 1000);
  }

  /** Delivers every event on its way. */
  async settle(): Promise<void> {
    await this.api.settled();
    const { database } = this.test;
    const handlers = [...allHandlers, ...noticeHandlers(database), ...(this.mailing?.handlers ?? [])];
    await drainEvents({ database, handlers, clock: () => this.now });
  }

  /** A cooperative with its administrator, founded on the first of October unless said otherwise. */
  async found(slug: string, more: Partial<CooperativeFounding> = {}): Promise<Founded> {
    const email = `admin@${slug}.example`;
    const created = expectAccepted(
      await createCooperative(
        this.test.database,
        { now: this.now, correlationId: 'founding' },
        {
          name: slug,
          slug,
          currency: 'USD',
          timeZone: 'America/New_York',
          taxRegime: 'subchapter_k',
          template: 'limited-cooperative-association',
          firstPeriodStartsOn: '2026-10-01',
          periodLength: 'quarter',
          ...more,
          administrator: { email, displayName: `Admin of ${slug}`, password: PASSWORD },
        },
      ),
    );
    await this.settle();
    return { slug, email, ...created };
  }

  /** Makes the account of an email a member of one more cooperative. */
  async admit({ cooperativeId }: Founded, email: string, roles: readonly Role[] = ['member']): Promise<void> {
    const { database } = this.test;
    const actor = systemActor(cooperativeId);
    const context = { cooperativeId, actor, now: this.now, correlationId: 'joining' };
    const member = { displayName: 'The same', email, joinedOn: '2026-10-01', roles };
    const { memberId } = expectAccepted(await addMember(database, context, member));
    expectAccepted(await grantAccess(database, context, { ...member, memberId, password: null }));
  }

  /** Values an hour of labor at 50, so that hours can be logged. */
  async valueLabor({ email }: Founded): Promise<void> {
    const rule = {
      kind: 'LABOR',
      method: 'rate',
      rate: '50',
      effectiveFrom: '2026-10-01',
      rationale: 'as agreed',
    };
    const answer = await this.ask(
      'mutation ($input: SetValuationRuleInput!) { setValuationRule(input: $input) { __typename } }',
      { input: rule },
      (await this.signIn(email)).accessToken,
    );
    if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
    await this.settle();
  }

  async send(body: string | object, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${this.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: typeof body === 'string' ? body : JSON.stringify(body),
    });
    const text = await response.text();
    const parsed = JSON.parse(text) as Answer['body'];
    return { status: response.status, headers: response.headers, body: parsed, errors: parsed.errors ?? [] };
  }

  /** One operation as the holder of an access token. */
  ask(query: string, variables: object = {}, token?: string): Promise<Answer> {
    return this.send({ query, variables }, token === undefined ? {} : { authorization: `Bearer ${token}` });
  }

  async signIn(
    email: string,
    password = PASSWORD,
    cooperativeSlug?: string,
  ): Promise<{ accessToken: string; refreshToken: string }> {
    const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken refreshToken } }';
    const answer = await this.ask(query, { input: { email, password, cooperativeSlug } });
    if (answer.errors.length > 0) throw new Error(JSON.stringify(answer.errors));
    return answer.body.data.signIn;
  }
}
