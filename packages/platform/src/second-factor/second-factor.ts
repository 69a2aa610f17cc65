// A second factor: codes of six digits that change every half minute (RFC 6238), and recovery codes for when the device
// is lost. A code is good once, and only around the moment it was made.
import { randomBytes } from 'node:crypto';
import { HOTP, Secret, TOTP } from 'otpauth';
import type { Role } from '@habitat/kernel';
import { secretHash } from '../secret/tenant-token.ts';

const PERIOD_SECONDS = 30;
const DIGITS = 6;
/** Steps before and after now whose codes are taken: clocks differ, and typing takes a moment. */
const WINDOW_STEPS = 1;
const RECOVERY_CODES = 10;
/** How long a secret may wait for its first code. */
export const SETUP_SECONDS = 900;

/** A fresh secret of 160 bits (RFC 4226 §4 R6), in the base32 that authenticators take. */
export function newSecret(): string {
  return new Secret({ size: 20 }).base32;
}

/** The address an authenticator reads from a picture: whose code it is, and where. */
export function setupAddress(secret: string, email: string): string {
  return new TOTP({ issuer: 'Habitat', label: email, secret: Secret.fromBase32(secret) }).toString();
}

/**
 * The step of time a code belongs to; null for a code of none of the steps around now, and for one of a step that is not
 * after the last one taken (RFC 6238 §5.2: no code twice).
 */
export function stepOfCode(secret: string, code: string, now: Date, lastStep: bigint | null): bigint | null {
  const token = code.replaceAll(/\s/g, '');
  if (!/^\d{6}$/.test(token)) return null;
  const counter = TOTP.counter({ period: PERIOD_SECONDS, timestamp: now.getTime() });
  const key = Secret.fromBase32(secret);
  const delta = HOTP.validate({ token, secret: key, digits: DIGITS, counter, window: WINDOW_STEPS });
  if (delta === null) return null;
  const step = BigInt(counter + delta);
  return lastStep !== null && step <= lastStep ? null : step;
}

// Crockford's base32: no letter that is taken for a digit.
const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

function newRecoveryCode(): string {
  const letters = Array.from(randomBytes(16), (byte) => ALPHABET.charAt(byte % ALPHABET.length));
  return [0, 4, 8, 12].map((start) => letters.slice(start, start + 4).join('')).join('-');
}

/** Ten codes of 80 random bits each, as they are shown once. */
export function newRecoveryCodes(): string[] {
  return Array.from({ length: RECOVERY_CODES }, newRecoveryCode);
}

/** What is stored of a recovery code, however it is typed; null for what cannot be one. */
export function recoveryHash(code: string): string | null {
  const letters = code.toLowerCase().replaceAll(/[\s-]/g, '').replaceAll('o', '0').replaceAll(/[il]/g, '1');
  return /^[0-9a-hjkmnp-tv-z]{16}$/.test(letters) ? secretHash(letters) : null;
}

/** Which roles are given only to people with a second factor, from which day. */
export interface SecondFactorPolicy {
  readonly roles: readonly Role[];
  /** A civil date of the cooperative. */
  readonly requiredFrom: string;
}

/** The roles that give nothing until their holder has a second factor; none before the policy's day. */
export function withheldRoles(
  policy: SecondFactorPolicy | null,
  holder: { readonly roles: readonly Role[]; readonly hasSecondFactor: boolean; readonly today: string },
): Role[] {
  if (policy === null || holder.hasSecondFactor || holder.today < policy.requiredFrom) return [];
  return holder.roles.filter((role) => policy.roles.includes(role));
}

/** Why a code opens nothing; both are told at the field it was typed into. */
export type CodeRefusal =
  | { readonly code: 'CODE_REQUIRED'; readonly field: 'code' }
  | { readonly code: 'CODE_WRONG'; readonly field: 'code'; readonly message: string };

export const CODE_WRONG: CodeRefusal = {
  code: 'CODE_WRONG',
  field: 'code',
  message: 'This code is wrong or was used already. Take the one shown now.',
};
