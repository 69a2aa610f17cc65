// GET /api/audit/package: the audit trail as a signed file that anyone can verify without us. Streamed, because a trail
// grows for decades.
import { PassThrough, Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { entryLine, headerLine, PACKAGE_FORMAT } from '@habitat/audit';
import type { SigningKey } from '@habitat/audit';
import type { Database } from '@habitat/database';
import { expectAccepted, may } from '@habitat/kernel';
import type { AuditStretch } from '@habitat/messaging';
import { exportAuditTrail, recordAuditExport } from '@habitat/messaging';
import type { Log } from '@habitat/observability';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Viewer } from '../graphql/context.ts';

interface AuditPackageParts {
  readonly database: Database;
  /** Null where the installation has none; nothing is exported unsigned. */
  readonly key: SigningKey | null;
  readonly log: Log;
  readonly viewerOf: (request: FastifyRequest) => Promise<Viewer | null>;
  readonly correlationIdOf: (request: FastifyRequest) => string;
  readonly clock: () => Date;
}

function refuse(reply: FastifyReply, status: number, code: string, reason: string, message: string) {
  return reply.status(status).send({ errors: [{ message, extensions: { code, reason } }] });
}

async function* linesOf(stretch: AuditStretch, viewer: Viewer, key: SigningKey, now: Date) {
  const { cooperative, actor, displayName } = viewer;
  yield headerLine(
    {
      format: PACKAGE_FORMAT,
      cooperativeId: actor.cooperativeId,
      cooperativeName: cooperative.name,
      after: stretch.after,
      head: stretch.head,
      exportedAt: now.toISOString(),
      exportedBy: displayName,
      publicKey: key.publicKey,
    },
    key,
  );
  for await (const sealed of stretch.entries) yield entryLine(sealed);
}

/** Adds the route. `after` in the query is the last entry somebody has already; 0 or nothing means all. */
export function serveAuditPackage(app: FastifyInstance, parts: AuditPackageParts): void {
  const { database, key, log, clock } = parts;
  app.get<{ Querystring: { after?: string } }>('/api/audit/package', async (request, reply) => {
    const viewer = await parts.viewerOf(request);
    if (viewer === null) return refuse(reply, 401, 'UNAUTHENTICATED', 'SIGN_IN_REQUIRED', 'Sign in first.');
    const { after: text = '0' } = request.query;
    if (!/^\d{1,12}$/.test(text)) {
      const message = 'after: the number of an entry, such as 120';
      return refuse(reply, 400, 'VALIDATION_ERROR', 'NOT_A_NUMBER', message);
    }
    if (!may(viewer.actor, 'audit.view')) {
      const message = 'Only auditors and administrators may take the audit trail away.';
      return refuse(reply, 403, 'FORBIDDEN', 'FORBIDDEN', message);
    }
    if (key === null) {
      const message = 'This installation has no key to sign with yet: its operator sets AUDIT_SIGNING_KEY.';
      return refuse(reply, 409, 'CONFLICT', 'SIGNING_KEY_MISSING', message);
    }
    const now = clock();
    const { actor, sessionId, cooperative } = viewer;
    const { cooperativeId } = actor;
    const correlationId = parts.correlationIdOf(request);
    const after = Number(text);
    const context = { cooperativeId, actor, sessionId, now, correlationId };
    expectAccepted(await recordAuditExport(database, context, { after }));
    const out = new PassThrough();
    exportAuditTrail(database, cooperativeId, after, (stretch) =>
      pipeline(Readable.from(linesOf(stretch, viewer, key, now)), out),
    ).catch((error: unknown) => {
      log.warn({ err: error, correlationId }, 'an audit package was not sent to its end');
      out.destroy();
    });
    const name = `${cooperative.slug}-audit-${now.toISOString().slice(0, 10)}.jsonl`;
    return reply
      .type('application/jsonl')
      .header('content-disposition', `attachment; filename="${name}"`)
      .header('cache-control', 'no-store')
      .send(out);
  });
}
