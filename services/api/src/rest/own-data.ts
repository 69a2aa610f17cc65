// GET /api/me/data: everything kept about whoever asks, as a zip, for nobody but themselves and only when they have just
// proven who they are. Made while it is sent, and noted in the audit trail before its first byte.
import type { Vault } from '@habitat/evidence';
import type { Database } from '@habitat/database';
import { expectAccepted } from '@habitat/kernel';
import type { Log } from '@habitat/observability';
import { describeError } from '@habitat/observability';
import type { Secrets } from '@habitat/platform';
import { recordOwnExport } from '@habitat/platform';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import type { Viewer } from '../graphql/context.ts';
import { isRecentProof } from '../graphql/mutation.ts';
import { refuseRequest } from '../guard/refused-request.ts';
import type { Member } from '../own-data/own-data.ts';
import { ownDataArchive } from '../own-data/own-data.ts';
import { wordsFor } from '../words/words.ts';

interface OwnDataRoute {
  readonly database: Database;
  /** Null where no evidence is taken. */
  readonly vault: Vault | null;
  readonly secrets: Secrets;
  readonly log: Log;
  readonly viewerOf: (request: FastifyRequest) => Promise<Viewer | null>;
  readonly correlationIdOf: (request: FastifyRequest) => string;
  readonly clock: () => Date;
}

/** A person who is a member; keys of programs and people without membership have no data of their own here. */
function asMember(viewer: Viewer): Member | null {
  const { memberId } = viewer.actor;
  if (memberId === null || viewer.agent !== null) return null;
  return { ...viewer, actor: { ...viewer.actor, memberId } };
}

/** Adds the route. */
export function serveOwnData(app: FastifyInstance, parts: OwnDataRoute): void {
  const { database, vault, secrets, log, clock } = parts;
  app.get('/api/me/data', async (request, reply) => {
    const viewer = await parts.viewerOf(request);
    if (viewer === null) {
      const facts = { code: 'UNAUTHENTICATED', reason: 'SIGN_IN_REQUIRED' };
      return refuseRequest(reply, 401, 'Sign in first.', facts);
    }
    const member = asMember(viewer);
    if (member === null) {
      const facts = { code: 'FORBIDDEN', reason: 'FORBIDDEN' };
      return refuseRequest(reply, 403, 'Only a member takes their own data away.', facts);
    }
    const now = clock();
    if (!isRecentProof(viewer, now)) {
      const facts = { code: 'FORBIDDEN', reason: 'REAUTHENTICATION_REQUIRED' };
      return refuseRequest(reply, 403, 'Give your password once more to do this.', facts);
    }
    const { actor, sessionId, cooperative } = member;
    const { cooperativeId } = actor;
    const correlationId = parts.correlationIdOf(request);
    expectAccepted(await recordOwnExport(database, { cooperativeId, actor, sessionId, now, correlationId }));
    const words = wordsFor(request.headers['accept-language'] ?? null);
    const archive = ownDataArchive({ database, vault, secrets, viewer: member, now }, words, (error) =>
      log.error({ err: describeError(error), correlationId }, 'an export was not sent to its end'),
    );
    const name = `${cooperative.slug}-my-data-${now.toISOString().slice(0, 10)}.zip`;
    return reply
      .headers({
        'content-type': 'application/zip',
        'content-disposition': `attachment; filename="${name}"`,
        'cache-control': 'private, no-store',
      })
      .send(archive);
  });
}
