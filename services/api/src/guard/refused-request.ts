// Requests that never reach GraphQL are answered as GraphQL answers: an error with a code, and nothing of what went wrong
// inside.
import type { Log } from '@habitat/observability';
import type { FastifyInstance, FastifyReply } from 'fastify';
import { currentCorrelationId } from '../rest/request-scope.ts';
import { MOST_BYTES } from './limit-plugin.ts';

/** Answers with one error under its HTTP status. */
export function refuseRequest(
  reply: FastifyReply,
  status: number,
  message: string,
  extensions: Record<string, unknown>,
): FastifyReply {
  return reply
    .status(status)
    .type('application/json')
    .send({ errors: [{ message, extensions }] });
}

/** Answers what the server itself refuses, what fails, and what is not there. */
export function answerFaults(app: FastifyInstance, log: Log): void {
  app.setErrorHandler((error: Error & { code?: string; statusCode?: number }, request, reply) => {
    if (error.code === 'FST_ERR_CTP_BODY_TOO_LARGE') {
      const message = `A request has at most ${MOST_BYTES / 1024} KiB.`;
      return refuseRequest(reply, 413, message, {
        code: 'VALIDATION_ERROR',
        reason: 'REQUEST_TOO_LARGE',
        mostBytes: MOST_BYTES,
      });
    }
    if (error.statusCode !== undefined && error.statusCode < 500) {
      const message = 'The request is not JSON with a GraphQL document in it.';
      return refuseRequest(reply, error.statusCode, message, {
        code: 'VALIDATION_ERROR',
        reason: 'BAD_REQUEST',
      });
    }
    const correlationId = currentCorrelationId();
    // Whoever sends a file and goes away, on a train or on purpose, is no fault of ours, and nobody is there to be told.
    if (request.raw.destroyed && !request.raw.complete) {
      log.info({ correlationId }, 'whoever asked was gone before the request was whole');
      return reply.hijack();
    }
    log.error({ err: error, correlationId }, 'a request failed');
    return refuseRequest(reply, 500, 'Something went wrong on our side.', {
      code: 'INTERNAL_ERROR',
      correlationId,
    });
  });
  app.setNotFoundHandler((_request, reply) =>
    refuseRequest(reply, 404, 'There is nothing here; the API is at /graphql.', {
      code: 'NOT_FOUND',
      reason: 'NO_SUCH_ROUTE',
    }),
  );
}
