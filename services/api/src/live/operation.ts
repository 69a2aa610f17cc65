// Runs one subscription: the same limits as over HTTP, then for each piece of news a fresh context, so that what is
// told is loaded as the viewer may see it at that moment and never from an earlier answer's memory.
import type { DocumentNode, ExecutionResult, FragmentDefinitionNode, GraphQLSchema } from 'graphql';
import {
  createSourceEventStream,
  execute,
  getOperationAST,
  GraphQLError,
  Kind,
  NoSchemaIntrospectionCustomRule,
  parse,
  specifiedRules,
  validate,
} from 'graphql';
import type { SubscribePayload } from 'graphql-ws';
import type { ApiContext } from '../graphql/context.ts';
import { ApiError, withoutHint } from '../graphql/error.ts';
import { inputFaults } from '../guard/input-faults.ts';
import { MOST_TOKENS, tooLarge } from '../guard/limit-plugin.ts';
import type { Told } from './news-feed.ts';

export interface Prepared {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operationName?: string | undefined;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

const rules = [...specifiedRules, NoSchemaIntrospectionCustomRule];

function badDocument(error: GraphQLError): ApiError {
  const message = withoutHint(error.message);
  return new ApiError('VALIDATION_ERROR', message, { reason: 'GRAPHQL_VALIDATION_FAILED', path: [] });
}

/** Checks a subscribe message before anything of it runs; answers with what to run, or with every error. */
export function prepareOperation(
  schema: GraphQLSchema,
  payload: SubscribePayload,
  currencyDigits: number,
): Prepared | readonly GraphQLError[] {
  let document: DocumentNode;
  try {
    document = parse(payload.query, { maxTokens: MOST_TOKENS });
  } catch (error) {
    return [badDocument(error instanceof GraphQLError ? error : new GraphQLError('not a GraphQL document'))];
  }
  const faults = validate(schema, document, rules);
  if (faults.length > 0) return faults.map(badDocument);
  const operationName = payload.operationName ?? undefined;
  const operation = getOperationAST(document, operationName);
  if (operation?.operation !== 'subscription') {
    const message = 'Over a WebSocket there are subscriptions only; ask for anything else by POST.';
    return [new ApiError('VALIDATION_ERROR', message, { reason: 'NEEDS_POST' })];
  }
  const variableValues = payload.variables ?? {};
  const fragments = document.definitions.filter(
    (definition): definition is FragmentDefinitionNode => definition.kind === Kind.FRAGMENT_DEFINITION,
  );
  const large = tooLarge(schema, operation, fragments, variableValues);
  if (large !== null) return [large];
  const wrong = inputFaults(schema, document, operationName, variableValues, currencyDigits);
  return wrong === null ? { schema, document, operationName, variableValues } : [wrong];
}

/**
 * Subscribes, and answers with the results one by one.
 *
 * `fresh` makes the context of one answer; null when the session is over, which ends the stream.
 */
export async function subscribeLive(
  prepared: Prepared,
  contextValue: ApiContext,
  fresh: () => Promise<ApiContext | null>,
): Promise<AsyncIterable<ExecutionResult> | ExecutionResult> {
  const source = await createSourceEventStream({ ...prepared, contextValue });
  if (!(Symbol.asyncIterator in source)) return source;
  const stream = (source as AsyncIterable<Told>)[Symbol.asyncIterator]();
  const over = { done: true, value: undefined } as const;

  const end = async (): Promise<IteratorResult<ExecutionResult, void>> => {
    await stream.return?.();
    return over;
  };

  // Not a generator function: its return() would wait for news before it ends.
  const results: AsyncIterableIterator<ExecutionResult, void> = {
    async next() {
      for (;;) {
        const step = await stream.next();
        if (step.done === true) return over;
        const context = await fresh();
        if (context?.viewer == null) return end();
        if (!step.value.mayHear(context.viewer)) continue;
        const value = await execute({ ...prepared, rootValue: step.value.news, contextValue: context });
        return { done: false, value };
      }
    },
    return: end,
    [Symbol.asyncIterator]: () => results,
  };
  return results;
}
