// The WebSocket door beside POST /graphql: protocol graphql-transport-ws, one access token per connection. A connection
// ends with its token (4401), with its session (4401, noticed within seconds) and when this process goes (1001).
import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Log, Metrics } from '@habitat/observability';
import type { AccessClaims } from '@habitat/platform';
import type { ExecutionArgs, GraphQLError, GraphQLFormattedError, GraphQLSchema } from 'graphql';
import type { Context } from 'graphql-ws';
import type { Server as Protocol } from 'graphql-ws';
import { CloseCode, handleProtocols, makeServer } from 'graphql-ws';
import type { WebSocket } from 'ws';
import { WebSocketServer } from 'ws';
import type { ApiContext } from '../graphql/context.ts';
import { ApiError, unauthenticated } from '../graphql/error.ts';

import type { RateLimit, RateLimiter } from '@habitat/allowance';
import { createRateLimiter } from '@habitat/allowance';
import { currentCorrelationId, withCorrelationId } from '../rest/request-scope.ts';
import type { Presence } from '../session/viewer.ts';
import type { Prepared } from './operation.ts';
import { prepareOperation, subscribeLive } from './operation.ts';

export interface LiveLimits {
  /** Connections a person may hold at this process, and subscriptions on each. */
  readonly socketsPerLogin: number;
  readonly subscriptionsPerSocket: number;
  /** Connections that have not said yet who they are. */
  readonly strangers: number;
  readonly messageBytes: number;
  /** Messages of one person over all their connections, and of a connection that has not said yet who it is. */
  readonly messages: RateLimit;
  /** What may wait for a client that does not read what it is told. */
  readonly unreadBytes: number;
  /** How often a session is looked up while nothing happens. */
  readonly sessionCheckMs: number;
}

export const LIVE_LIMITS: LiveLimits = {
  socketsPerLogin: 20,
  subscriptionsPerSocket: 10,
  strangers: 200,
  messageBytes: 64 * 1024,
  messages: { burst: 100, perSecond: 10 },
  unreadBytes: 256 * 1024,
  sessionCheckMs: 15_000,
};

/** Who is behind a connection: known after connection_init. */
interface Known {
  readonly claims: AccessClaims;
  readonly endsAt: Date;
}

interface Connection {
  readonly socket: WebSocket;
  readonly address: string;
  readonly acceptLanguage: string | null;
  readonly correlationId: string;
  known: Known | null;
  isAlive: boolean;
}

export interface LiveOptions {
  readonly server: Server;
  readonly schema: GraphQLSchema;
  readonly origins: readonly string[];
  readonly limits: LiveLimits;
  readonly clock: () => Date;
  readonly log: Log;
  readonly metrics: Metrics;
  /** Reads and believes a bearer header, or null. */
  readonly verify: (authorization: string, now: Date) => Known | null;
  readonly find: (claims: AccessClaims, now: Date) => Promise<Presence>;
  readonly contextOf: (
    presence: Presence,
    connection: Pick<Connection, 'address' | 'acceptLanguage' | 'correlationId'>,
  ) => ApiContext;
  readonly format: (formatted: GraphQLFormattedError, error: GraphQLError) => GraphQLFormattedError;
  readonly newCorrelationId: () => string;
}

export interface LiveSockets {
  /** Tells every client that this process is going away and waits until they are gone. */
  stop(): Promise<void>;
}

const TICK_MS = 1_000;
const PING_MS = 15_000;
const CLOSE_WITHIN_MS = 1_500;
const TOO_MANY = 4_429;

type Extra = { readonly connection: Connection };
type LiveContext = Context<{ authorization?: unknown }, Extra>;

class Sockets implements LiveSockets {
  readonly #connections = new Set<Connection>();
  readonly #wss: WebSocketServer;
  readonly #timers: NodeJS.Timeout[] = [];
  readonly #wait: RateLimiter;
  #isEnding = false;

  constructor(readonly options: LiveOptions) {
    this.#wait = createRateLimiter(options.limits.messages);
    this.#wss = new WebSocketServer({
      noServer: true,
      maxPayload: options.limits.messageBytes,
      handleProtocols,
    });
    options.server.on('upgrade', this.#upgrade);
    const protocol = this.#protocol();
    this.#wss.on('connection', (socket, request) => this.#serve(protocol, socket, request));
    const { sessionCheckMs } = options.limits;
    this.#every(Math.min(TICK_MS, sessionCheckMs), () => this.#endExpired());
    this.#every(sessionCheckMs, () => void this.#endRevoked());
    this.#every(PING_MS, () => this.#ping());
  }

  async stop(): Promise<void> {
    this.#isEnding = true;
    for (const timer of this.#timers) clearInterval(timer);
    const gone = [...this.#connections].map(
      ({ socket }) => new Promise<void>((resolve) => socket.once('close', () => resolve())),
    );
    for (const connection of this.#connections) this.#close(connection, 1001, 'Going away');
    await Promise.all(gone);
    this.options.server.off('upgrade', this.#upgrade);
    this.#wss.close();
  }

  #every(ms: number, work: () => void): void {
    const timer = setInterval(work, ms);
    timer.unref();
    this.#timers.push(timer);
  }

  readonly #upgrade = (request: IncomingMessage, stream: Duplex, head: Buffer): void => {
    const refuse = (status: string) => stream.end(`HTTP/1.1 ${status}\r\nconnection: close\r\n\r\n`);
    stream.on('error', () => stream.destroy());
    if (request.url?.split('?')[0] !== '/graphql') return void refuse('404 Not Found');
    if (this.#isEnding) return void refuse('503 Service Unavailable');
    const { origin, host } = request.headers;
    // Browsers say where a page comes from; other programs say nothing, and their token speaks for them.
    const isOurs = origin === undefined || this.options.origins.includes(origin) || hostOf(origin) === host;
    if (!isOurs) return void refuse('403 Forbidden');
    // Whoever means to listen says who they are at once: of too many strangers the one who waited longest goes, so that
    // a crowd that says nothing keeps nobody out.
    const strangers = [...this.#connections].filter(({ known }) => known === null);
    if (strangers.length >= this.options.limits.strangers) strangers[0]?.socket.terminate();
    this.#wss.handleUpgrade(request, stream, head, (socket) => this.#wss.emit('connection', socket, request));
  };

  #serve(protocol: Protocol<Extra>, socket: WebSocket, request: IncomingMessage): void {
    const connection: Connection = {
      socket,
      address: request.socket.remoteAddress ?? '',
      acceptLanguage: request.headers['accept-language'] ?? null,
      correlationId: this.options.newCorrelationId(),
      known: null,
      isAlive: true,
    };
    this.#connections.add(connection);
    this.options.metrics.liveSockets.set(this.#connections.size);
    // A message over the limit: ws closes with 1009 by itself.
    socket.on('error', () => undefined);
    socket.on('pong', () => {
      connection.isAlive = true;
    });
    const closed = protocol.opened(
      {
        protocol: socket.protocol,
        send: (data) =>
          new Promise((resolve) => {
            // A client that is gone is told nothing; its close event ends what it asked for.
            if (socket.readyState !== socket.OPEN) return resolve();
            // Nor is one that does not read: what it is told would fill the memory of this process.
            if (socket.bufferedAmount > this.options.limits.unreadBytes) {
              socket.terminate();
              return resolve();
            }
            socket.send(data, () => resolve());
          }),
        close: (code, reason) => this.#close(connection, code ?? 1000, reason ?? ''),
        onMessage: (hear) => {
          socket.on('message', (data: Buffer) => {
            if (!this.#mayAsk(connection)) return;
            void withCorrelationId(connection.correlationId, () => hear(data.toString())).catch(
              (error: unknown) => {
                const { correlationId } = connection;
                this.options.log.error({ err: error, correlationId }, 'a WebSocket message failed');
                this.#close(connection, CloseCode.InternalServerError, 'Internal server error');
              },
            );
          });
        },
      },
      { connection },
    );
    socket.once('close', (code, reason) => {
      this.#connections.delete(connection);
      this.options.metrics.liveSockets.set(this.#connections.size);
      void closed(code, reason.toString());
    });
  }

  /** False for what comes after the end, and once somebody sends more than any page would; that ends the connection. */
  #mayAsk(connection: Connection): boolean {
    const { socket, known, correlationId } = connection;
    if (socket.readyState !== socket.OPEN) return false;
    if (this.#wait(known?.claims.loginId ?? correlationId, performance.now()) === 0) return true;
    this.#close(connection, TOO_MANY, 'Too many messages');
    return false;
  }

  #protocol(): Protocol<Extra> {
    const { format } = this.options;
    const formatAll = (errors: readonly GraphQLError[]) =>
      errors.map((error) => format(error.toJSON(), error));
    return makeServer<{ authorization?: unknown }, Extra>({
      connectionInitWaitTimeout: 5_000,
      onConnect: (context) => this.#admit(context),
      onSubscribe: (context, id, payload) => this.#prepare(context, id, payload),
      subscribe: (args) => this.#subscribe(args),
      onNext: (_context, _id, _payload, _args, result) =>
        result.errors === undefined
          ? undefined
          : { data: result.data ?? null, errors: formatAll(result.errors) },
      onError: (_context, _id, _payload, errors) => formatAll(errors),
    });
  }

  async #admit({ connectionParams, extra: { connection } }: LiveContext): Promise<boolean> {
    const { clock, verify, find, limits } = this.options;
    const authorization = connectionParams?.authorization;
    const known = typeof authorization === 'string' ? verify(authorization, clock()) : null;
    if (known === null || (await find(known.claims, clock())).viewer === null) return false;
    const own = [...this.#connections].filter((one) => one.known?.claims.loginId === known.claims.loginId);
    if (own.length >= limits.socketsPerLogin) {
      this.#close(connection, TOO_MANY, 'Too many connections');
      return false;
    }
    connection.known = known;
    return true;
  }

  async #prepare(
    { extra: { connection }, subscriptions }: LiveContext,
    _id: string,
    payload: Parameters<typeof prepareOperation>[1],
  ): Promise<ExecutionArgs | readonly GraphQLError[]> {
    const context = await this.#contextOf(connection);
    const { viewer } = context;
    if (viewer === null) {
      this.#close(connection, CloseCode.Unauthorized, 'Session ended');
      return [unauthenticated('SESSION_ENDED')];
    }
    const { subscriptionsPerSocket: most } = this.options.limits;
    if (Object.keys(subscriptions).length > most) {
      const facts = { reason: 'TOO_MANY_SUBSCRIPTIONS', most };
      return [new ApiError('RATE_LIMITED', `A connection has at most ${most} subscriptions.`, facts)];
    }
    const prepared = prepareOperation(this.options.schema, payload, viewer.cooperative.currencyDigits);
    if ('document' in prepared) return { ...prepared, contextValue: { context, connection } };
    return prepared;
  }

  #subscribe(args: ExecutionArgs) {
    const { context, connection } = args.contextValue as { context: ApiContext; connection: Connection };
    const prepared: Prepared = {
      schema: args.schema,
      document: args.document,
      operationName: args.operationName ?? undefined,
      variableValues: args.variableValues ?? {},
    };
    return subscribeLive(prepared, context, async () => {
      const fresh = await this.#contextOf(connection);
      if (fresh.viewer !== null) return fresh;
      this.#close(connection, CloseCode.Unauthorized, 'Session ended');
      return null;
    });
  }

  async #contextOf(connection: Connection): Promise<ApiContext> {
    const now = this.options.clock();
    const { known } = connection;
    const presence: Presence =
      known === null || known.endsAt <= now
        ? { viewer: null, absence: 'TOKEN_NOT_VALID' }
        : await this.options.find(known.claims, now);
    return this.options.contextOf(presence, { ...connection, correlationId: currentCorrelationId() });
  }

  #endExpired(): void {
    const now = this.options.clock();
    for (const connection of this.#connections) {
      if (connection.known !== null && connection.known.endsAt <= now)
        this.#close(connection, CloseCode.Unauthorized, 'Token expired');
    }
  }

  async #endRevoked(): Promise<void> {
    for (const connection of [...this.#connections]) {
      if (connection.known === null) continue;
      try {
        const { viewer } = await this.options.find(connection.known.claims, this.options.clock());
        if (viewer === null) this.#close(connection, CloseCode.Unauthorized, 'Session ended');
      } catch (error) {
        // The database is away: the session is asked about again the next time.
        this.options.log.warn({ err: error }, 'a session could not be looked up');
        return;
      }
    }
  }

  #ping(): void {
    for (const connection of this.#connections) {
      if (!connection.isAlive) connection.socket.terminate();
      connection.isAlive = false;
      if (connection.socket.readyState === connection.socket.OPEN) connection.socket.ping();
    }
  }

  /** Closes politely; a client that does not answer is cut off. */
  #close({ socket }: Connection, code: number, reason: string): void {
    if (socket.readyState === socket.CLOSED) return;
    if (socket.readyState !== socket.CLOSING) socket.close(code, reason);
    setTimeout(() => socket.terminate(), CLOSE_WITHIN_MS).unref();
  }
}

function hostOf(origin: string): string | null {
  return URL.canParse(origin) ? new URL(origin).host : null;
}

/** Serves subscriptions on an HTTP server's /graphql. */
export function serveLive(options: LiveOptions): LiveSockets {
  return new Sockets(options);
}
