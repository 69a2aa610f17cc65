// How backups are encrypted: the age format, which any age tool opens as well, so that a backup outlives this program.
// It is authenticated in chunks: a changed or shortened file is refused while it is read.
import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import { Readable } from 'node:stream';
import type { ReadableStream as NodeStream } from 'node:stream/web';
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption';
import { ClearError } from '../../clear-error.ts';

/** What encrypts, decrypts and signs the backups of an installation. */
export interface BackupKey {
  /** The public half; a manifest names the one it was made for. */
  readonly recipient: string;
  encrypt(content: Readable): Promise<Readable>;
  /** Refuses a file made for another key at once, and a changed or shortened one while it is read. */
  decrypt(content: Readable): Promise<Readable>;
  /** Proves that a text was written by somebody who has the key. */
  sign(text: string): string;
  isSignature(text: string, signature: string): boolean;
}

/** A new identity, as BACKUP_KEY takes it. */
export function newIdentity(): Promise<string> {
  return generateX25519Identity();
}

const webStream = (content: Readable) => Readable.toWeb(content) as ReadableStream<Uint8Array>;
const nodeStream = (content: ReadableStream<Uint8Array>) => Readable.fromWeb(content as NodeStream);

/** Opens the key of an identity (AGE-SECRET-KEY-1…). */
export async function openKey(identity: string): Promise<BackupKey> {
  const recipient = await identityToRecipient(identity).catch(() => {
    throw new ClearError('BACKUP_KEY is not an age identity: one of its letters is wrong.');
  });
  const signing = Buffer.from(hkdfSync('sha256', identity, '', 'habitat backup manifest', 32));
  const sign = (text: string) => createHmac('sha256', signing).update(text).digest('hex');
  return {
    recipient,
    async encrypt(content) {
      const encrypter = new Encrypter();
      encrypter.addRecipient(recipient);
      return nodeStream(await encrypter.encrypt(webStream(content)));
    },
    async decrypt(content) {
      const decrypter = new Decrypter();
      decrypter.addIdentity(identity);
      try {
        return nodeStream(await decrypter.decrypt(webStream(content)));
      } catch (error) {
        const reason = error instanceof Error ? error.message : String(error);
        throw new ClearError(
          /no identity matched/.test(reason)
            ? 'This was encrypted for another key: give the one it was made with as BACKUP_KEY.'
            : `This cannot be decrypted: it is damaged or no backup (${reason}).`,
        );
      }
    },
    sign,
    isSignature(text, signature) {
      const own = Buffer.from(sign(text));
      const given = Buffer.from(signature);
      return own.length === given.length && timingSafeEqual(own, given);
    },
  };
}
