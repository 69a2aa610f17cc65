// Refuses operations that are too deep, too wide or too costly before anything of them runs, and those of an actor who
// has asked for too much lately.
import type { ApolloServerPlugin } from '@apollo/server';
import type { RateLimit } from '@habitat/allowance';
import { createRateLimiter, secondsOf } from '@habitat/allowance';
import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Kind } from 'graphql';
import type { ApiContext } from '../graphql/context.ts';
import { ApiError } from '../graphql/error.ts';
import type { Limits, Measure } from './measure.ts';
import { measureOperation } from './measure.ts';

/** Generous for any screen, far below what could keep the server busy. */
export const LIMITS: Limits = { depth: 14, aliases: 30, cost: 25_000 };
/** Tokens of one document; the largest screen's query has some hundreds. */
export const MOST_TOKENS = 4_000;
/** Bytes of one request, an import of some thousand lines included. */
export const MOST_BYTES = 512 * 1024;

function sizeOf(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const byName = Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
  return measureOperation(schema, operation, byName, variables);
}

function beyond(size: Measure): ApiError | null {
  for (const what of ['depth', 'aliases', 'cost'] as const) {
    if (size[what] <= LIMITS[what]) continue;
    return new ApiError('VALIDATION_ERROR', `The query asks for too much at once (${what}).`, {
      reason: 'QUERY_TOO_LARGE',
      measure: what,
      most: LIMITS[what],
      found: size[what],
      http: { status: 400 },
    });
  }
  return null;
}

/** The error of an operation that goes beyond a limit; null when it keeps to all of them. */
export function tooLarge(...operation: Parameters<typeof sizeOf>): ApiError | null {
  return beyond(sizeOf(...operation));
}

/** The error of an operation whose asker has spent what operations may cost; null when there is enough left. */
function tooCostly(waitMs: number): ApiError | null {
  if (waitMs === 0) return null;
  return new ApiError('RATE_LIMITED', 'You have asked for a lot lately. Wait a moment.', {
    reason: 'COST_SPENT',
    retryAfterSeconds: secondsOf(waitMs),
  });
}

/** The Apollo plugin; introspection is measured by depth of its own and only there in development. */
export function limitPlugin(costs: RateLimit): ApolloServerPlugin<ApiContext> {
  const spend = createRateLimiter(costs);
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (operation === undefined) return Promise.resolve();
          if (operation.operation === 'subscription') {
            throw new ApiError('VALIDATION_ERROR', 'Subscriptions need a WebSocket.', {
              reason: 'NEEDS_WEBSOCKET',
              http: { status: 400 },
            });
          }
          const introspects = operation.selectionSet.selections.every(
            (selection) => selection.kind === Kind.FIELD && selection.name.value.startsWith('__'),
          );
          if (introspects) return Promise.resolve();
          const fragments = document.definitions.filter(
            (definition): definition is FragmentDefinitionNode =>
              definition.kind === Kind.FRAGMENT_DEFINITION,
          );
          const size = sizeOf(schema, operation, fragments, request.variables ?? {});
          const { viewer } = contextValue;
          const asker = viewer?.agent?.keyId ?? viewer?.actor.loginId ?? contextValue.request.address;
          const refused = beyond(size) ?? tooCostly(spend(asker, performance.now(), size.cost));
          if (refused !== null) throw refused;
          return Promise.resolve();
        },
      }),
  };
}
