// Random secrets that are handed out once and name the cooperative they belong to, so that the wall can be put up before
// they are looked for. Only a hash is stored; the secret is random, so a fast one does.
import { createHash, randomBytes } from 'node:crypto';
import { isId } from '@habitat/kernel';

export interface TenantTokenName {
  readonly cooperativeId: string;
  readonly tokenHash: string;
}

/** The hash a secret of 256 bits is stored by. */
export function secretHash(secret: string): string {
  return createHash('sha256').update(secret).digest('hex');
}

/** A fresh token: the text for the client and what is stored of it. */
export function newTenantToken(cooperativeId: string): { readonly text: string } & TenantTokenName {
  const secret = randomBytes(32).toString('base64url');
  return { text: `${cooperativeId}.${secret}`, cooperativeId, tokenHash: secretHash(secret) };
}

/** What a presented text names; null for text that was never a token of ours. */
export function readTenantToken(text: string): TenantTokenName | null {
  const [cooperativeId, secret, ...rest] = text.split('.');
  if (cooperativeId === undefined || secret === undefined || rest.length > 0) return null;
  if (!isId(cooperativeId) || !/^[A-Za-z0-9_-]{43}$/.test(secret)) return null;
  return { cooperativeId, tokenHash: secretHash(secret) };
}
