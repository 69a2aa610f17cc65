// Traces: what a request or an event made happen, and how long each part took. Off, which is usual, nothing is loaded
// and a span is a plain call; on, spans go to an OTLP endpoint.

export interface SpanOptions {
  readonly kind?: 'server' | 'internal' | 'client' | 'producer' | 'consumer';
  readonly attributes?: Readonly<Record<string, string | number>>;
  /** W3C traceparent of what set it off elsewhere; what is going on here when absent. */
  readonly parent?: string | null | undefined;
  /** Others that set it off as well: a batch has many causes. */
  readonly links?: readonly string[];
}

/** Ends a span, with what was learnt meanwhile. */
export type EndSpan = (failed: boolean, learnt?: SpanOptions['attributes']) => void;

export interface Tracing {
  /** Runs work inside a span, which ends with it; a throw marks it as failed. */
  span<T>(name: string, options: SpanOptions, work: () => Promise<T>): Promise<T>;
  /** Runs work inside a span that ends when the answer is called, for work that goes on in callbacks. */
  enter(name: string, options: SpanOptions, work: () => void): EndSpan;
  /** The traceparent of the span that is open here; null when there is none. */
  parent(): string | null;
  /** Sends what is still to be sent. */
  stop(): Promise<void>;
}

/** Traces nothing. */
export const noTracing: Tracing = {
  span: (_name, _options, work) => work(),
  enter(_name, _options, work) {
    work();
    return () => undefined;
  },
  parent: () => null,
  stop: () => Promise.resolve(),
};

/** Starts tracing to an OTLP/HTTP endpoint; with none, nothing is loaded. */
export async function openTracing(options: {
  readonly service: string;
  readonly environment: string;
  readonly endpoint: string | null;
}): Promise<Tracing> {
  if (options.endpoint === null) return noTracing;
  const { startTracing } = await import('./opentelemetry.ts');
  return startTracing({ ...options, endpoint: options.endpoint });
}
