// How a running service is seen: its log, its metrics, its health, and how it ends.
export type { Log } from './log.ts';
export { createLog, describeError } from './log.ts';
export type { Metrics } from './metrics.ts';
export { createMetrics } from './metrics.ts';
export type { BegunRequest, EndedRequest } from './request-metrics.ts';
export { countRequest } from './request-metrics.ts';
export type { Readiness, ReadinessChecks, Release } from './health-server.ts';
export { checkReadiness, startHealthServer } from './health-server.ts';
export type { EndSpan, SpanOptions, Tracing } from './tracing.ts';
export { noTracing, openTracing } from './tracing.ts';
export { endGracefully } from './shutdown.ts';
