// The door: names, counts and logs each request, reads its token, and lets in what keeps to the allowances of its actor,
// its address and its cooperative. What is sent away is told when to come again.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Turn } from '@habitat/allowance';
import { createRateLimiter, createTurns, networkOf, secondsOf } from '@habitat/allowance';
import type { Log, Metrics, Tracing } from '@habitat/observability';
import { countRequest } from '@habitat/observability';
import type { AccessClaims, TokenSettings } from '@habitat/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import {
  CORRELATION_HEADER,
  correlationIdFrom,
  traceParentFrom,
  withCorrelationId,
} from '../rest/request-scope.ts';
import type { Agent, AgentLookup } from '../session/agent-viewer.ts';
import { apiKeyOf } from '../session/agent-viewer.ts';
import { claimsOf } from '../session/viewer.ts';
import type { Allowances } from './allowance.ts';
import { refuseRequest } from './refused-request.ts';

/** What is known of a request before anything of it is done. */
interface Known {
  readonly correlationId: string;
  readonly claims: AccessClaims | 'invalid' | null;
  readonly now: Date;
  /** The agent behind the request's key, once it was let in; null for everybody else. */
  readonly agent: Agent | null;
}

declare module 'fastify' {
  interface FastifyRequest {
    known: Known | null;
    turn: Turn | null;
  }
}

const TOO_MANY = 429;
const PROBES = new Set(['/health', '/ready', '/metrics']);
/** Routes below it carry files, which come and go as slowly as whoever sends or reads them likes. */
const FILES = '/api/';

// An answer of the API is data: no browser shows, keeps or embeds it. The page for developers brings its own rules.
const ANSWER_HEADERS = {
  'x-content-type-options': 'nosniff',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'cross-origin-resource-policy': 'same-origin',
  'cache-control': 'no-store',
} as const;

interface DoorParts {
  readonly agents: AgentLookup;
  readonly secrets: TokenSettings['secrets'];
  readonly allowances: Allowances;
  readonly clock: () => Date;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
}

/** Sends a request away for so many seconds. */
function sendAway(reply: FastifyReply, seconds: number, reason: string): FastifyReply {
  void reply.header('retry-after', String(seconds));
  const facts = { code: 'RATE_LIMITED', reason, retryAfterSeconds: seconds };
  return refuseRequest(reply, TOO_MANY, 'Too many requests. Wait a moment.', facts);
}

function nameAndCount(app: FastifyInstance, { secrets, clock, log, metrics, tracing }: DoorParts): void {
  app.decorateRequest('known', null);
  app.decorateRequest('turn', null);
  app.addHook('onRequest', (request, reply, done) => {
    const correlationId = correlationIdFrom(
      request.headers[CORRELATION_HEADER] ?? request.headers['x-request-id'],
    );
    const now = clock();
    const claims = claimsOf(request.headers.authorization, secrets, now);
    request.known = { correlationId, claims, now, agent: null };
    void reply.headers({ ...ANSWER_HEADERS, [CORRELATION_HEADER]: correlationId });
    const route = request.routeOptions.url ?? 'unknown';
    // Probes and scrapes come every few seconds and say nothing about anybody's work.
    const isWork = !PROBES.has(route);
    const span: { end?: (failed: boolean) => void } = {};
    countRequest(metrics, reply.raw, { method: request.method, route }, (ended) => {
      span.end?.(ended.status === '5xx');
      if (isWork) log.info({ ...ended, correlationId }, 'request');
    });
    const serve = () => withCorrelationId(correlationId, done);
    if (!isWork) return serve();
    const attributes = {
      'http.request.method': request.method,
      'http.route': route,
      'habitat.correlation_id': correlationId,
    };
    const parent = traceParentFrom(request.headers);
    span.end = tracing.enter(`${request.method} ${route}`, { kind: 'server', parent, attributes }, serve);
  });
}

/** A client that does not wait as long as it was told to would otherwise cost more refused than answered. */
async function keepBack(reply: FastifyReply, milliseconds: number): Promise<void> {
  const gone = new AbortController();
  reply.raw.once('close', () => gone.abort());
  await sleep(milliseconds, undefined, { signal: gone.signal }).catch(() => undefined);
}

/** Only a token or key that was verified says whose request this is: nobody spends another's allowance. */
function whoAsks({ known }: FastifyRequest): { cooperativeId: string; loginId?: string | null } | null {
  const claims = known?.claims ?? null;
  return claims !== null && claims !== 'invalid' ? claims : (known?.agent?.viewer.actor ?? null);
}

/** Adds the door to a server. */
export function admit(app: FastifyInstance, parts: DoorParts): void {
  nameAndCount(app, parts);
  const { allowances, agents } = parts;
  const ofActor = createRateLimiter(allowances.actor);
  const ofAddress = createRateLimiter(allowances.address);
  const ofCooperative = createRateLimiter(allowances.cooperative);
  const take = createTurns(allowances.turns);
  const takeForFile = createTurns(allowances.files);
  /** A key nobody believed a moment ago costs its address a try before it is looked up. */
  async function agentOf({ headers, ip, known, routeOptions }: FastifyRequest): Promise<Agent | null> {
    const name = routeOptions.url === '/graphql' ? apiKeyOf(headers.authorization) : null;
    if (name === null || (!agents.isFresh(name) && ofAddress(networkOf(ip), performance.now()) > 0))
      return null;
    return agents.find(name, known?.now ?? parts.clock());
  }
  // Before the body is read: whoever is sent away sends it in vain.
  app.addHook('preParsing', async (request, reply) => {
    if (PROBES.has(request.routeOptions.url ?? '')) return undefined;
    const at = performance.now();
    const agent = await agentOf(request);
    if (agent !== null && request.known !== null) request.known = { ...request.known, agent };
    const known = whoAsks(request);
    const own =
      known === null
        ? ofAddress(networkOf(request.ip), at)
        : ofActor(agent?.standing.keyId ?? String(known.loginId), at);
    if (own > 0) return sendAway(reply, secondsOf(own), 'TOO_MANY_REQUESTS');
    const together = known === null ? 0 : ofCooperative(known.cooperativeId, at);
    if (together > 0) return sendAway(reply, secondsOf(together), 'COOPERATIVE_TOO_BUSY');
    const hour = agent === null ? 0 : await agents.count(agent, request.known?.now ?? parts.clock());
    if (hour > 0) return sendAway(reply, hour, 'HOURLY_LIMIT');
    return undefined;
  });
  // Once it is read: nobody holds a turn by sending slowly.
  app.addHook('preHandler', async (request, reply) => {
    const route = request.routeOptions.url ?? '';
    if (PROBES.has(route)) return undefined;
    const known = whoAsks(request);
    const isFile = route.startsWith(FILES);
    const key = (isFile ? known?.loginId : known?.cooperativeId) ?? networkOf(request.ip);
    const turn = (isFile ? takeForFile : take)({ key, isStranger: known === null });
    if (turn === null) return sendAway(reply, 1, isFile ? 'TOO_MANY_REQUESTS' : 'COOPERATIVE_TOO_BUSY');
    if (!isFile) request.turn = turn;
    reply.raw.once('close', () => turn.leave());
    await turn.come;
    return undefined;
  });
  app.addHook('onSend', async (request, reply) => {
    // The work is done; how slowly its answer is read is nobody else's affair.
    request.turn?.leave();
    if (reply.statusCode === TOO_MANY) await keepBack(reply, allowances.refusedAfterMs);
  });
}
