// Compiled execution under Apollo Server: a query seen for the third time is compiled to a function (graphql-jit).
// Whatever cannot be compiled, and every request whose variables were refused, is answered by graphql-js, so that
// answers are the same either way.
import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { ExecutionResult, GraphQLSchema, OperationDefinitionNode } from 'graphql';
import { execute, GraphQLError, Kind } from 'graphql';
import type { CompiledQuery } from 'graphql-jit';
import { compileQuery, isCompiledQuery } from 'graphql-jit';
import type { Tracing } from '@habitat/observability';
import type { ApiContext } from '../graphql/context.ts';
import { inputFaults } from '../guard/input-faults.ts';

export type Gateway = ApolloServerOptionsWithGateway<ApiContext>['gateway'];
type Loaded = Awaited<ReturnType<Gateway['load']>>;
type Executor = NonNullable<Loaded['executor']>;
type Request = Parameters<Executor>[0];

const SIGHTS_BEFORE_COMPILING = 3;
const MOST_QUERIES = 500;

interface Seen {
  sights: number;
  /** Null when it could not be compiled. */
  compiled: CompiledQuery | null | undefined;
}

/** What an operation is about: its first field. Only fields of the schema get that far, so the names are a closed set. */
export function firstFieldOf(operation: OperationDefinitionNode): string {
  const [first] = operation.selectionSet.selections;
  return first?.kind === Kind.FIELD ? first.name.value : 'fragment';
}

/** The least recently used query makes room: a Map iterates in the order of insertion. */
class SeenQueries {
  readonly #queries = new Map<string, Seen>();

  sight(key: string): Seen {
    const known = this.#queries.get(key) ?? { sights: 0, compiled: undefined };
    this.#queries.delete(key);
    this.#queries.set(key, known);
    if (this.#queries.size > MOST_QUERIES) {
      const [oldest] = this.#queries.keys();
      if (oldest !== undefined) this.#queries.delete(oldest);
    }
    known.sights += 1;
    return known;
  }
}

/** graphql-jit's errors look like GraphQLErrors but are none; Apollo and our formatting need real ones. */
function realError(error: GraphQLError): GraphQLError {
  if (error.constructor === GraphQLError) return error;
  const { message, path, originalError, locations } = error;
  if (originalError instanceof GraphQLError && originalError.path !== undefined) return originalError;
  const real = new GraphQLError(message, { path: path ?? null, originalError: originalError ?? null });
  if (locations !== undefined)
    Object.defineProperty(real, 'locations', { value: locations, enumerable: true });
  return real;
}

/** Runs one operation, compiled when it has been seen often enough. */
export function compiledExecutor(schema: GraphQLSchema): (request: Request) => Promise<ExecutionResult> {
  const seen = new SeenQueries();

  const interpret = async (request: Request): Promise<ExecutionResult> =>
    execute({
      schema,
      document: request.document,
      contextValue: request.context,
      variableValues: request.request.variables,
      operationName: request.operationName,
    });

  return async (request) => {
    const { context } = request as unknown as { readonly context: ApiContext };
    const faults = inputFaults(
      schema,
      request.document,
      request.operationName,
      request.request.variables ?? {},
      context.viewer?.cooperative.currencyDigits ?? null,
    );
    if (faults !== null) return { errors: [faults] };
    const query = seen.sight(`${request.queryHash}:${request.operationName ?? ''}`);
    if (query.compiled === undefined && query.sights >= SIGHTS_BEFORE_COMPILING) {
      const compiled = compileQuery(schema, request.document, request.operationName ?? undefined);
      query.compiled = isCompiledQuery(compiled) ? compiled : null;
    }
    if (query.compiled == null) return interpret(request);
    const result = await query.compiled.query({}, request.context, request.request.variables ?? {});
    // Variables refused: graphql-js words its refusals differently, and it is the one clients know.
    if (result.errors !== undefined && !('data' in result && result.data !== undefined))
      return interpret(request);
    return result.errors === undefined ? result : { ...result, errors: result.errors.map(realError) };
  };
}

/** Apollo Server takes an executor only from a gateway; this one has a single schema and nothing behind it. */
export function compiledGateway(schema: GraphQLSchema, tracing: Tracing): Gateway {
  const run = compiledExecutor(schema);
  const executor = ((request: Request) => {
    const kind = request.operation.operation;
    return tracing.span(`graphql ${kind} ${firstFieldOf(request.operation)}`, {}, () => run(request));
  }) as unknown as Executor;
  return {
    onSchemaLoadOrUpdate(callback) {
      callback({ apiSchema: schema, coreSupergraphSdl: '' });
      return () => undefined;
    },
    load: () => Promise.resolve({ executor }),
    stop: () => Promise.resolve(),
  };
}
