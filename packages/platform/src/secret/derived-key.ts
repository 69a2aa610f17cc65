// Keys for one purpose each, derived from the operator's secret (HKDF, RFC 5869): what leaks of one tells nothing of another.
import { hkdfSync } from 'node:crypto';

/** What SECRETS_KEY is used for; a name is never reused for something else. */
export type KeyPurpose =
  'identity-link' | 'passkey' | 'payout-account' | 'provider' | 'second-factor' | 'unsubscribe' | 'webhook';

/** The 256-bit key of one purpose. */
export function derivedKey(secret: string, purpose: KeyPurpose): Buffer {
  return Buffer.from(hkdfSync('sha256', secret, '', `habitat/${purpose}`, 32));
}
