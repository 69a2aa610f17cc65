// One JSON line per fact, for machines first. Names, emails, secrets and payloads stay out: what could be a
// person's data is redacted by name, wherever it stands in a line.
import { pino } from 'pino';
import type { DestinationStream, Logger } from 'pino';

export type Log = Logger;

const PERSONAL_OR_SECRET = [
  'password',
  'passwordHash',
  'token',
  'accessToken',
  'refreshToken',
  'secret',
  'authorization',
  'cookie',
  'email',
  'displayName',
  'legalName',
  'payload',
  'variables',
];

function redactedPaths(): string[] {
  return PERSONAL_OR_SECRET.flatMap((name) => [name, `*.${name}`, `*.*.${name}`]);
}

const WITH_CREDENTIALS = /\b([a-z]+:\/\/[^\s:/@]+):[^\s@/]+@/gi;
/** Somebody's address in what a library says; the user of a connection's address is none. */
const EMAIL = /(?<![\w./:*+-])[\w.+-]+@[\w-]+(\.[\w-]+)+/g;

const withoutSecrets = (text: string) =>
  text.replaceAll(WITH_CREDENTIALS, '$1:***@').replaceAll(EMAIL, '[redacted]');

/** An error as it is logged: type, message, code and stack; passwords and emails are taken out, details left out. */
export function describeError(error: unknown): Record<string, unknown> {
  if (!(error instanceof Error)) return { message: withoutSecrets(String(error)) };
  const code = 'code' in error ? { code: String(error.code) } : {};
  return {
    type: error.name,
    message: withoutSecrets(error.message),
    ...code,
    stack: error.stack === undefined ? undefined : withoutSecrets(error.stack),
  };
}

/** Where a line brings an error; what was described already is left as it is. */
function described(value: unknown): unknown {
  return value instanceof Error || typeof value !== 'object' ? describeError(value) : value;
}

/**
 * The log of a service. Use `log.child({ correlationId })` for what belongs to a request or an event.
 *
 * @param destination where lines go; standard output when absent
 */
export function createLog(options: {
  readonly service: string;
  readonly level: string;
  readonly destination?: DestinationStream;
}): Log {
  const settings = {
    level: options.level,
    base: { service: options.service },
    timestamp: pino.stdTimeFunctions.isoTime,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: redactedPaths(), censor: '[redacted]' },
    serializers: { err: described, error: described },
  };
  return options.destination === undefined ? pino(settings) : pino(settings, options.destination);
}
