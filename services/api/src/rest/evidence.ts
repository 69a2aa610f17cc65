// POST /api/evidence takes a file in; GET /api/evidence/:id gives it back to whoever may see what it shows. The body is
// the file itself, so nothing is parsed on the way; no address of a bucket ever leaves this process.
import type { UploadRefusal, Vault } from '@habitat/evidence';
import { attachmentHeader } from '@habitat/evidence';
import type { CommandContext, Database } from '@habitat/database';
import { newId } from '@habitat/kernel';
import type { Log } from '@habitat/observability';
import {
  findEvidenceFile,
  isUploader,
  noteInfectedEvidence,
  uploadEvidence,
  uploadRefusal,
} from '@habitat/people';
import { recordReading } from '@habitat/platform';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Viewer } from '../graphql/context.ts';
import { ApiError } from '../graphql/error.ts';
import { decodeGlobalId, encodeGlobalId, idOfType } from '../graphql/global-id.ts';
import { EVIDENCE_FILE } from '../graphql/people/contribution/evidence-file.ts';
import { classify } from '../graphql/refusal.ts';
import { refuseRequest } from '../guard/refused-request.ts';

interface EvidenceParts {
  readonly database: Database;
  readonly vault: Vault;
  readonly mostBytes: number;
  readonly log: Log;
  readonly viewerOf: (request: FastifyRequest) => Promise<Viewer | null>;
  readonly correlationIdOf: (request: FastifyRequest) => string;
  readonly clock: () => Date;
}

type Refusal = UploadRefusal | { readonly code: string; readonly most?: number };

const MESSAGES: Readonly<Record<string, string>> = {
  EVIDENCE_TOO_LARGE: 'The file is too large.',
  EVIDENCE_EMPTY: 'The file is empty.',
  EVIDENCE_TYPE_REFUSED: 'Evidence is a picture (JPEG, PNG, WebP, HEIC) or a PDF; this is something else.',
  EVIDENCE_TYPE_DIFFERS: 'The file is not of the type its name or sender says.',
  EVIDENCE_SCAN_UNAVAILABLE:
    'The file could not be scanned for viruses, so it was not taken. Try again later.',
  EVIDENCE_INFECTED: 'The virus scanner found something in the file; it was not kept.',
  EVIDENCE_TOO_MANY: 'Too many files.',
  FORBIDDEN: 'Only who may log contributions may bring evidence.',
  IDEMPOTENCY_CONFLICT: 'This key was used for another file.',
};

const STATUS: Readonly<Record<string, number>> = {
  FORBIDDEN: 403,
  IDEMPOTENCY_CONFLICT: 409,
  EVIDENCE_TOO_LARGE: 413,
  EVIDENCE_TYPE_REFUSED: 415,
  EVIDENCE_TYPE_DIFFERS: 415,
  EVIDENCE_SCAN_UNAVAILABLE: 503,
};

function refuse(reply: FastifyReply, { code: reason, ...facts }: Refusal): FastifyReply {
  // What was not read of the body is not waited for.
  void reply.header('connection', 'close');
  return refuseRequest(reply, STATUS[reason] ?? 422, MESSAGES[reason] ?? reason, {
    code: classify(reason),
    reason,
    ...facts,
  });
}

function signInFirst(reply: FastifyReply): FastifyReply {
  const facts = { code: 'UNAUTHENTICATED', reason: 'SIGN_IN_REQUIRED' };
  return refuseRequest(reply.header('connection', 'close'), 401, 'Sign in first.', facts);
}

/** The key of the header; undefined when it is no key. */
function keyOf({ headers }: FastifyRequest): string | null | undefined {
  const key = headers['idempotency-key'];
  if (key === undefined) return null;
  return typeof key === 'string' && /^\S.{0,199}$/.test(key) ? key : undefined;
}

async function takeIn(
  { database, vault, log }: EvidenceParts,
  context: CommandContext,
  request: FastifyRequest,
  name: string,
): Promise<{ readonly refusal: Refusal } | { readonly file: Record<string, unknown> }> {
  const key = { cooperativeId: context.cooperativeId, fileId: newId() };
  const upload = { content: request.raw, name, contentType: request.headers['content-type'] };
  const { correlationId } = context;
  const received = await vault.receive(key, upload, (err) =>
    log.error({ err, correlationId }, 'an evidence file could not be scanned'),
  );
  if (!received.ok) {
    if (received.refusal.code === 'EVIDENCE_INFECTED') {
      log.warn({ found: received.refusal.found, correlationId }, 'an evidence file was infected');
      await noteInfectedEvidence(database, { ...context, idempotencyKey: null }, { fileId: key.fileId });
    }
    return { refusal: received.refusal };
  }
  const { size: sizeBytes, ...rest } = received.value;
  const facts = { ...rest, sizeBytes, fileId: key.fileId };
  const noted = await uploadEvidence(database, context, facts);
  // Refused, or answered by an earlier upload under the same key: these bytes belong to nothing.
  if (!noted.ok || noted.value.fileId !== key.fileId) await vault.remove(key);
  if (!noted.ok) return { refusal: noted.refusal };
  const { mediaType, sha256, name: called } = received.value;
  const id = encodeGlobalId(EVIDENCE_FILE, noted.value.fileId);
  return { file: { id, name: called, mediaType, sizeBytes, sha256 } };
}

function serveUpload(app: FastifyInstance, parts: EvidenceParts): void {
  app.post<{ Querystring: { name?: string } }>('/api/evidence', async (request, reply) => {
    const viewer = await parts.viewerOf(request);
    if (viewer === null) return signInFirst(reply);
    const { actor, sessionId } = viewer;
    const idempotencyKey = keyOf(request);
    if (idempotencyKey === undefined) return refuse(reply, { code: 'BAD_IDEMPOTENCY_KEY' });
    const forbidden = uploadRefusal(viewer);
    if (forbidden !== null) return refuse(reply, forbidden);
    const { mostBytes } = parts;
    if (Number(request.headers['content-length'] ?? 0) > mostBytes)
      return refuse(reply, { code: 'EVIDENCE_TOO_LARGE', mostBytes });
    const { cooperativeId } = actor;
    const correlationId = parts.correlationIdOf(request);
    const context = { cooperativeId, actor, sessionId, now: parts.clock(), correlationId, idempotencyKey };
    const { name = '' } = request.query;
    const taken = await takeIn(parts, context, request, String(name).slice(0, 1_000));
    return 'refusal' in taken ? refuse(reply, taken.refusal) : reply.status(201).send(taken.file);
  });
}

/** The file an address names, for this viewer; null for anything else, which tells nobody what there is. */
async function wanted({ database, clock }: EvidenceParts, { actor }: Viewer, id: string) {
  try {
    const fileId = idOfType(decodeGlobalId(id), EVIDENCE_FILE);
    return fileId === null ? null : await findEvidenceFile(database, { actor, now: clock() }, fileId);
  } catch (error) {
    // A damaged id is a file that is not there; anything else is a fault.
    if (error instanceof ApiError) return null;
    throw error;
  }
}

function serveDownload(app: FastifyInstance, parts: EvidenceParts): void {
  const { vault, log } = parts;
  app.get<{ Params: { id: string } }>('/api/evidence/:id', async (request, reply) => {
    const viewer = await parts.viewerOf(request);
    if (viewer === null) return signInFirst(reply);
    const file = await wanted(parts, viewer, request.params.id);
    const missing = () =>
      refuseRequest(reply, 404, 'There is no such file.', {
        code: 'NOT_FOUND',
        reason: 'EVIDENCE_FILE_NOT_FOUND',
      });
    if (file === null) return missing();
    const { fileId, name, mediaType, sizeBytes } = file;
    const content = await vault.read({ cooperativeId: viewer.actor.cooperativeId, fileId });
    if (content === null) {
      log.error({ fileId, correlationId: parts.correlationIdOf(request) }, 'an evidence file is lost');
      return missing();
    }
    const { actor, sessionId } = viewer;
    if (!isUploader(actor, file)) {
      const { cooperativeId } = actor;
      const correlationId = parts.correlationIdOf(request);
      await recordReading(
        parts.database,
        { cooperativeId, actor, sessionId, now: parts.clock(), correlationId },
        { acts: [], asked: ['evidence'], subjects: [fileId], taken: 'evidence' },
      );
    }
    return reply
      .headers({
        'content-type': mediaType,
        'content-length': sizeBytes,
        'content-disposition': attachmentHeader(name),
        // Were it ever opened in a page: it may run nothing and reach nothing.
        'content-security-policy': "sandbox; default-src 'none'; frame-ancestors 'none'",
        'cache-control': 'private, no-store',
      })
      .send(content);
  });
}

/** Adds both routes, in a scope of their own: only here a body of any type is passed on as it comes. */
export function serveEvidence(app: FastifyInstance, parts: EvidenceParts): void {
  void app.register((scope, _options, done) => {
    scope.removeAllContentTypeParsers();
    scope.addContentTypeParser('*', (_request, _body, parsed) => parsed(null));
    serveUpload(scope, parts);
    serveDownload(scope, parts);
    done();
  });
}
