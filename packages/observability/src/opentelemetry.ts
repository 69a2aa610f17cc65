// Tracing by OpenTelemetry. Spans are opened by our own seams (server, executor, database, delivery) instead of by
// patching libraries: the services are single bundles, in which there is nothing left to patch.
import type { Context, Span } from '@opentelemetry/api';
import { context, ROOT_CONTEXT, SpanKind, SpanStatusCode, trace, TraceFlags } from '@opentelemetry/api';
import { AsyncLocalStorageContextManager } from '@opentelemetry/context-async-hooks';
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-http';
import { resourceFromAttributes } from '@opentelemetry/resources';
import { BasicTracerProvider, BatchSpanProcessor } from '@opentelemetry/sdk-trace-base';
import { describeError } from './log.ts';
import type { SpanOptions, Tracing } from './tracing.ts';

const SEND_EVERY_MS = 1_000;
const TRACE_PARENT = /^00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})$/;

const kinds = {
  server: SpanKind.SERVER,
  internal: SpanKind.INTERNAL,
  client: SpanKind.CLIENT,
  producer: SpanKind.PRODUCER,
  consumer: SpanKind.CONSUMER,
} as const;

/** What a traceparent names; null for anything that is none. */
function readParent(text: string | null | undefined) {
  const [, traceId, spanId, flags] = TRACE_PARENT.exec(text ?? '') ?? [];
  if (traceId === undefined || spanId === undefined || flags === undefined) return null;
  return { traceId, spanId, traceFlags: Number.parseInt(flags, 16) & TraceFlags.SAMPLED, isRemote: true };
}

function contextFor(parent: SpanOptions['parent']): Context {
  if (parent === undefined) return context.active();
  const named = readParent(parent);
  return named === null ? ROOT_CONTEXT : trace.setSpanContext(ROOT_CONTEXT, named);
}

/** Starts it; called once per process. */
export function startTracing(options: {
  readonly service: string;
  readonly environment: string;
  readonly endpoint: string;
}): Tracing {
  context.setGlobalContextManager(new AsyncLocalStorageContextManager().enable());
  const exporter = new OTLPTraceExporter({ url: `${options.endpoint.replace(/\/$/, '')}/v1/traces` });
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({
      'service.name': `habitat-${options.service}`,
      'deployment.environment.name': options.environment,
    }),
    spanProcessors: [new BatchSpanProcessor(exporter, { scheduledDelayMillis: SEND_EVERY_MS })],
  });
  const tracer = provider.getTracer('habitat');

  function start(name: string, { kind = 'internal', attributes = {}, parent, links = [] }: SpanOptions) {
    const under = contextFor(parent);
    const linked = links.flatMap((text) => {
      const named = readParent(text);
      return named === null ? [] : [{ context: named }];
    });
    const span = tracer.startSpan(
      name,
      { kind: kinds[kind], attributes: { ...attributes }, links: linked },
      under,
    );
    return { span, within: trace.setSpan(under, span) };
  }

  function fail(span: Span, error: unknown): void {
    const { type, message } = describeError(error);
    span.setStatus({ code: SpanStatusCode.ERROR, message: String(type ?? message) });
  }

  return {
    span: async (name, given, work) => {
      const { span, within } = start(name, given);
      try {
        return await context.with(within, work);
      } catch (error) {
        fail(span, error);
        throw error;
      } finally {
        span.end();
      }
    },
    enter(name, given, work) {
      const { span, within } = start(name, given);
      context.with(within, work);
      return (failed, learnt = {}) => {
        span.setAttributes(learnt);
        if (failed) span.setStatus({ code: SpanStatusCode.ERROR });
        span.end();
      };
    },
    parent() {
      const open = trace.getSpanContext(context.active());
      if (open === undefined) return null;
      return `00-${open.traceId}-${open.spanId}-0${(open.traceFlags & TraceFlags.SAMPLED).toString(16)}`;
    },
    stop: () => provider.shutdown(),
  };
}
