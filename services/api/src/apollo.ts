// Apollo Server with our schema: compiled execution, limits, seven error codes, and no door beside /graphql.
import type { ApolloServerPlugin } from '@apollo/server';
import { ApolloServer } from '@apollo/server';
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginLandingPageDisabled,
} from '@apollo/server/plugin/disabled';
import type { RateLimit } from '@habitat/allowance';
import type { Metrics, Tracing } from '@habitat/observability';
import { compiledGateway, firstFieldOf } from './execution/compiled.ts';
import type { ApiContext } from './graphql/context.ts';
import { agentPlugin } from './guard/agent-plugin.ts';
import type { FaultReporter } from './guard/format-error.ts';
import { createFormatError } from './guard/format-error.ts';
import { buildSchema } from './graphql/schema.ts';
import { limitPlugin, MOST_TOKENS } from './guard/limit-plugin.ts';
import { readingsPlugin } from './session/readings.ts';
import { currentCorrelationId } from './rest/request-scope.ts';

/** Counts operations by kind, first field and how they ended. One that was refused before it ran has no names. */
function countingPlugin(metrics: Metrics): ApolloServerPlugin<ApiContext> {
  return {
    requestDidStart: () => {
      const startedAt = performance.now();
      let known: { readonly kind: string; readonly operation: string } | null = null;
      return Promise.resolve({
        // Told only of documents that passed validation.
        didResolveOperation({ operation }) {
          if (operation !== undefined)
            known = { kind: operation.operation, operation: firstFieldOf(operation) };
          return Promise.resolve();
        },
        willSendResponse({ response }) {
          const { body } = response;
          const errors = body.kind === 'single' ? (body.singleResult.errors ?? []) : [];
          const faulty = errors.some((error) => error.extensions?.['code'] === 'INTERNAL_ERROR');
          const outcome = faulty ? 'fault' : errors.length > 0 ? 'refused' : 'ok';
          const labels = known ?? { kind: 'unknown', operation: 'none' };
          metrics.graphqlOperations.inc({ ...labels, outcome });
          metrics.graphqlDuration.observe({ kind: labels.kind }, (performance.now() - startedAt) / 1_000);
          return Promise.resolve();
        },
      });
    },
  };
}

/** Builds the server; it is started by the caller. */
export function createApollo(options: {
  readonly development: boolean;
  readonly metrics: Metrics;
  readonly tracing: Tracing;
  /** What one actor's operations may cost together. */
  readonly costs: RateLimit;
  readonly report: FaultReporter;
  readonly plugins: readonly ApolloServerPlugin<ApiContext>[];
}): ApolloServer<ApiContext> {
  return new ApolloServer<ApiContext>({
    gateway: compiledGateway(buildSchema(), options.tracing),
    introspection: options.development,
    hideSchemaDetailsFromClientErrors: !options.development,
    includeStacktraceInErrorResponses: false,
    allowBatchedHttpRequests: false,
    csrfPrevention: true,
    persistedQueries: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    formatError: createFormatError(currentCorrelationId, options.report),
    plugins: [
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      limitPlugin(options.costs),
      agentPlugin(),
      readingsPlugin(),
      countingPlugin(options.metrics),
      ...options.plugins,
    ],
    // Signals are main.ts's business.
    stopOnTerminationSignals: false,
    logger: { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined },
  });
}
