// The only place of the frontend that reads the environment. It is read when a request comes, not when the pages are
// built, so that one build serves every installation.
import type { Language } from '@habitat/kernel';
import { firstLanguage, languages } from '@habitat/kernel';
import { z } from 'zod';

/** Settings by name; docs/environment.md tells them beside those of the other services. */
export const environment = z.object({
  /** Where the API answers, as this server reaches it. */
  API_URL: z.url().default('http://127.0.0.1:4000/graphql'),
  /** `true` behind TLS: cookies are then only ever sent over it. Left out: decided by the request's own protocol. */
  COOKIE_SECURE: z.enum(['true', 'false']).optional(),
  /** Language for whoever chose none and whose browser asks for none of ours. */
  DEFAULT_LANGUAGE: z.enum(languages).default(firstLanguage),
  /** Port of this server's /metrics; none when it is left out. */
  METRICS_PORT: z.coerce.number().int().min(0).max(65_535).optional(),
  /** Next's own name for the address to listen on. */
  HOSTNAME: z.string().min(1).default('0.0.0.0'),
  LOG_LEVEL: z.enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent']).default('info'),
  /** Where traces are sent by OTLP over HTTP; without it nothing is traced. */
  OTEL_EXPORTER_OTLP_ENDPOINT: z.url().optional(),
  /** Headers for it; OpenTelemetry's exporter reads them itself. */
  OTEL_EXPORTER_OTLP_HEADERS: z.string().optional(),
  /** What this installation is called in traces. */
  HABITAT_ENVIRONMENT: z.string().max(60).default('development'),
  /** How long a server that was asked to end says it is not ready but still answers, such as "5s". */
  SHUTDOWN_DELAY: z
    .string()
    .regex(/^\d{1,3}s$/)
    .default('0s'),
  /** The release that runs and the commit it was built from; an image brings them. */
  HABITAT_VERSION: z.string().max(60).default('development'),
  HABITAT_REVISION: z.string().max(60).default('unknown'),
});

export type FrontendEnvironment = {
  apiUrl: string;
  secureCookies: boolean | undefined;
  defaultLanguage: Language;
  metricsPort: number | null;
  host: string;
  logLevel: string;
  traceEndpoint: string | null;
  deployment: string;
  shutdownDelayMs: number;
  release: { version: string; revision: string };
};

/** Reads and checks the settings; a wrong value names the variable instead of failing later in a page. */
export function readEnvironment(): FrontendEnvironment {
  // An empty value is how compose files write "not set".
  const given = Object.entries(process.env).filter(([, value]) => value !== '');
  const parsed = environment.safeParse(Object.fromEntries(given));
  if (!parsed.success) {
    throw new Error(
      `The frontend cannot start: ${parsed.error.issues.map((i) => `${i.path.join('.')} ${i.message}`).join('; ')}`,
    );
  }
  const { API_URL, COOKIE_SECURE, DEFAULT_LANGUAGE, METRICS_PORT, HOSTNAME, LOG_LEVEL } = parsed.data;
  const { OTEL_EXPORTER_OTLP_ENDPOINT, HABITAT_ENVIRONMENT, SHUTDOWN_DELAY } = parsed.data;
  const { HABITAT_VERSION: version, HABITAT_REVISION: revision } = parsed.data;
  return {
    apiUrl: API_URL,
    secureCookies: COOKIE_SECURE === undefined ? undefined : COOKIE_SECURE === 'true',
    defaultLanguage: DEFAULT_LANGUAGE,
    metricsPort: METRICS_PORT ?? null,
    host: HOSTNAME,
    logLevel: LOG_LEVEL,
    traceEndpoint: OTEL_EXPORTER_OTLP_ENDPOINT ?? null,
    deployment: HABITAT_ENVIRONMENT,
    shutdownDelayMs: Number(SHUTDOWN_DELAY.slice(0, -1)) * 1_000,
    release: { version, revision },
  };
}

/** True under `next dev`, where Next needs eval and inline styles that a built page must not have. */
export function isDevelopment(): boolean {
  return process.env.NODE_ENV === 'development';
}
