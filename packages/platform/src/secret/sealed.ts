// Text sealed for one purpose and one owner (AES-256-GCM): a copy of the database opens none, and a row moved to another
// owner opens for nobody. The text names its key, so that what an older key sealed can be found and sealed anew.
import { createCipheriv, createDecipheriv, createHash, randomBytes } from 'node:crypto';
import type { KeyPurpose } from './derived-key.ts';
import { derivedKey } from './derived-key.ts';

/** The operator's secrets: the first one seals, all of them open. */
export type Secrets = readonly [string, ...string[]];

const CIPHER = 'aes-256-gcm';
const IV_BYTES = 12;
const TAG_BYTES = 16;

/** Names a key and tells nothing of it. */
function keyName(key: Buffer): string {
  return createHash('sha256').update('name:').update(key).digest('hex').slice(0, 16);
}

/** What everything sealed with the secret in force begins with. */
export function sealedPrefix(secrets: Secrets, purpose: KeyPurpose): string {
  return `${keyName(derivedKey(secrets[0], purpose))}.`;
}

/** Seals a text for its owner with the secret in force. */
export function seal(secrets: Secrets, purpose: KeyPurpose, owner: string, text: string): string {
  const key = derivedKey(secrets[0], purpose);
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv(CIPHER, key, iv, { authTagLength: TAG_BYTES }).setAAD(Buffer.from(owner));
  const sealed = Buffer.concat([iv, cipher.update(text, 'utf8'), cipher.final(), cipher.getAuthTag()]);
  return `${keyName(key)}.${sealed.toString('base64url')}`;
}

/** Opens a sealed text. Throws when no known secret sealed it, and when it was sealed for another owner or changed. */
export function unseal(secrets: Secrets, purpose: KeyPurpose, owner: string, sealed: string): string {
  const [name, body = ''] = sealed.split('.');
  const key = secrets.map((secret) => derivedKey(secret, purpose)).find((one) => keyName(one) === name);
  if (key === undefined)
    throw new Error(`a secret of ${purpose} was sealed with a key that is no longer known`);
  const bytes = Buffer.from(body, 'base64url');
  const decipher = createDecipheriv(CIPHER, key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(owner)).setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]).toString(
    'utf8',
  );
}
