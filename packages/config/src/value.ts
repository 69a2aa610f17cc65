// How the text of a setting becomes a value, and what is said of one that cannot.
import { z } from 'zod';

export function addressOf(schemes: readonly string[], example: string) {
  return z.string().refine((text) => {
    try {
      return schemes.includes(new URL(text).protocol.slice(0, -1));
    } catch {
      return false;
    }
  }, `must be a URL such as ${example}`);
}

const DURATION = /^(\d{1,6})(s|m|h|d)$/;
const SECONDS: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3_600, d: 86_400 };

/** "15m" as seconds. */
export function durationSeconds() {
  return z
    .string()
    .regex(DURATION, 'must be a number and a unit (s, m, h or d), such as 15m')
    .transform((text) => {
      const [, count, unit] = DURATION.exec(text) ?? [];
      return Number(count) * (SECONDS[unit ?? ''] ?? 0);
    })
    .refine((seconds) => seconds > 0, 'must be longer than nothing');
}

/** "5s" as seconds; none is allowed. */
export function wholeSeconds() {
  return z
    .string()
    .regex(/^\d{1,3}s$/, 'must be a number of seconds, such as 5s')
    .transform((text) => Number(text.slice(0, -1)));
}

export function wholeNumber(least: number, most: number) {
  return z
    .string()
    .regex(/^\d{1,9}$/, `must be a whole number from ${least} to ${most}`)
    .transform(Number)
    .refine((value) => value >= least && value <= most, `must be a whole number from ${least} to ${most}`);
}

// A name or an address and a port; an IPv6 address stands in brackets.
const HOST_AND_PORT = /^(\[[0-9a-f:]+\]|[a-z0-9.-]+):(\d{1,5})$/i;

/** "clamav:3310" as its parts. */
export function hostAndPort() {
  return z
    .string()
    .regex(HOST_AND_PORT, 'must be a host and a port, such as clamav:3310')
    .transform((text) => {
      const [, host = '', digits = ''] = HOST_AND_PORT.exec(text) ?? [];
      return { host: host.replace(/^\[|\]$/g, ''), port: Number(digits) };
    })
    .refine(({ port: number }) => number > 0 && number <= 65_535, 'must have a port from 1 to 65535');
}
