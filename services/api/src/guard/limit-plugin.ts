// Refuses operations that are too deep, too wide or too costly before anything of them runs.
import type { ApolloServerPlugin } from '@apollo/server';
import type { FragmentDefinitionNode, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { Kind } from 'graphql';
import type { ApiContext } from '../graphql/context.ts';
import { ApiError } from '../graphql/error.ts';
import type { Limits } from './measure.ts';
import { measureOperation } from './measure.ts';

/** Generous for any screen, far below what could keep the server busy. */
export const LIMITS: Limits = { depth: 14, aliases: 30, cost: 25_000 };
/** Tokens of one document; the largest screen's query has some hundreds. */
export const MOST_TOKENS = 4_000;
/** Bytes of one request, an import of some thousand lines included. */
export const MOST_BYTES = 512 * 1024;

/** The error of an operation that goes beyond a limit; null when it keeps to all of them. */
export function tooLarge(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: readonly FragmentDefinitionNode[],
  variables: Readonly<Record<string, unknown>>,
  limits: Limits = LIMITS,
): ApiError | null {
  const byName = Object.fromEntries(fragments.map((fragment) => [fragment.name.value, fragment]));
  const measure = measureOperation(schema, operation, byName, variables);
  for (const what of ['depth', 'aliases', 'cost'] as const) {
    if (measure[what] <= limits[what]) continue;
    return new ApiError('VALIDATION_ERROR', `The query asks for too much at once (${what}).`, {
      reason: 'QUERY_TOO_LARGE',
      measure: what,
      most: limits[what],
      found: measure[what],
      http: { status: 400 },
    });
  }
  return null;
}

/** The Apollo plugin; introspection is measured by depth of its own and only there in development. */
export function limitPlugin(limits: Limits = LIMITS): ApolloServerPlugin<ApiContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        didResolveOperation({ schema, document, operation, request }) {
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
          const large = tooLarge(schema, operation, fragments, request.variables ?? {}, limits);
          if (large !== null) throw large;
          return Promise.resolve();
        },
      }),
  };
}
