// Where evidence files lie, and how one gets there: written and hashed under a name nobody can ask for, looked at,
// scanned, and only then given its own. What is refused, cut short or struck by a crash leaves no file behind.
import { open } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import type { Result } from '@habitat/kernel';
import { accept, isId, refuse } from '@habitat/kernel';
import type { Measured, S3Settings, Written } from '@habitat/storage';
import { openDiskStore, openS3Store } from '@habitat/storage';
import { cleanFileName } from './file-name.ts';
import type { MediaType } from './media-type.ts';
import { declaredType, HEAD_BYTES, mediaTypeOf } from './media-type.ts';
import type { Scanner } from './scanner.ts';
import { clamdScanner, commandScanner } from './scanner.ts';

export interface VaultSettings {
  /** Files lie below it; with a bucket nothing does. */
  readonly directory: string;
  readonly s3: S3Settings | null;
  readonly mostBytes: number;
  readonly scanCommand: string | null;
  readonly clamd: { readonly host: string; readonly port: number } | null;
}

export interface Upload {
  readonly content: Readable;
  /** As it is called on the sender's device. */
  readonly name: string;
  readonly contentType: string | undefined;
}

/** What was taken in. */
export interface Received extends Measured {
  readonly name: string;
  readonly mediaType: MediaType;
  /** Which scanner found it clean; null where none is set up. */
  readonly scannedBy: string | null;
}

/** In the order checked. */
export type UploadRefusal =
  | { readonly code: 'EVIDENCE_TOO_LARGE'; readonly mostBytes: number }
  | { readonly code: 'EVIDENCE_EMPTY' }
  | { readonly code: 'EVIDENCE_TYPE_REFUSED' }
  | { readonly code: 'EVIDENCE_TYPE_DIFFERS'; readonly found: MediaType }
  | { readonly code: 'EVIDENCE_SCAN_UNAVAILABLE' }
  | { readonly code: 'EVIDENCE_INFECTED'; readonly found: string };

/** Whose file it is, and which. Both are ids of ours: nothing a person typed becomes part of a path. */
export interface FileKey {
  readonly cooperativeId: string;
  readonly fileId: string;
}

export interface StoredFile extends FileKey {
  readonly size: number;
  readonly modifiedAt: Date;
}

export interface Vault {
  /** Takes a file in, whole, or refuses it and keeps nothing. `onFault` hears why a scanner could not look. */
  receive(
    key: FileKey,
    upload: Upload,
    onFault: (fault: unknown) => void,
  ): Promise<Result<Received, UploadRefusal>>;
  /** Null when there is no such file. */
  read(key: FileKey): Promise<Readable | null>;
  remove(key: FileKey): Promise<void>;
  /** Every file of a cooperative. */
  list(cooperativeId: string): Promise<StoredFile[]>;
  /** Removes what interrupted uploads left more than a day ago. */
  sweep(now: Date): Promise<void>;
}

class Refused extends Error {
  constructor(readonly refusal: UploadRefusal) {
    super(refusal.code);
  }
}

const FOLDER = 'files';

function nameOf({ cooperativeId, fileId }: FileKey): string {
  if (!isId(cooperativeId) || !isId(fileId)) throw new Error('an evidence file is named by two ids');
  return `${FOLDER}/${cooperativeId}/${fileId}`;
}

/** Passes on what is not too much. The sender's stream stays open after a refusal, so that it can be told. */
async function* atMost(content: Readable, mostBytes: number): AsyncGenerator<Uint8Array> {
  let size = 0;
  const chunks = content.iterator({ destroyOnReturn: false }) as AsyncIterable<Uint8Array>;
  for await (const chunk of chunks) {
    size += chunk.length;
    if (size > mostBytes) throw new Refused({ code: 'EVIDENCE_TOO_LARGE', mostBytes });
    yield chunk;
  }
}

async function headOf(path: string): Promise<Buffer> {
  const handle = await open(path, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(HEAD_BYTES), 0, HEAD_BYTES, 0);
    return buffer.subarray(0, bytesRead);
  } finally {
    await handle.close();
  }
}

/** The type by content, which must be the one declared. */
async function typeOf(written: Written, contentType: string | undefined): Promise<MediaType> {
  if (written.size === 0) throw new Refused({ code: 'EVIDENCE_EMPTY' });
  const found = mediaTypeOf(await headOf(written.path));
  if (found === null) throw new Refused({ code: 'EVIDENCE_TYPE_REFUSED' });
  if (declaredType(contentType) !== found) throw new Refused({ code: 'EVIDENCE_TYPE_DIFFERS', found });
  return found;
}

async function scan(written: Written, scanner: Scanner, onFault: (fault: unknown) => void): Promise<void> {
  const found = await scanner.find(written).catch((fault: unknown) => {
    onFault(fault);
    throw new Refused({ code: 'EVIDENCE_SCAN_UNAVAILABLE' });
  });
  if (found !== null) throw new Refused({ code: 'EVIDENCE_INFECTED', found });
}

function scannerOf({ scanCommand, clamd }: VaultSettings): Scanner | null {
  if (clamd !== null) return clamdScanner(clamd);
  return scanCommand === null ? null : commandScanner(scanCommand);
}

/** Opens the place. Nothing is read or made before the first use. */
export function openVault(settings: VaultSettings): Vault {
  const { s3, mostBytes } = settings;
  const scanner = scannerOf(settings);
  const bucket = s3 === null ? null : openS3Store(s3);
  // What goes to a bucket is held on this machine until it is known good.
  const disk = openDiskStore(s3 === null ? settings.directory : join(tmpdir(), 'habitat-evidence'));
  const place = bucket ?? disk;

  return {
    async receive(key, { content, name, contentType }, onFault) {
      const path = nameOf(key);
      const seen: { mediaType?: MediaType } = {};
      // A sender who goes away before the first byte is read is met by the loop that reads, not by the process's end.
      content.once('error', () => undefined);
      try {
        const limited = atMost(content, mostBytes);
        const measured = await disk.writeChecked(path, limited, async (written) => {
          seen.mediaType = await typeOf(written, contentType);
          if (scanner !== null) await scan(written, scanner, onFault);
          await bucket?.write(path, written.read());
        });
        if (bucket !== null) await disk.remove(path);
        const { mediaType } = seen;
        if (mediaType === undefined) throw new Error('a file was kept unseen');
        return accept({
          ...measured,
          mediaType,
          name: cleanFileName(name, mediaType),
          scannedBy: scanner?.name ?? null,
        });
      } catch (error) {
        if (error instanceof Refused) return refuse(error.refusal);
        throw error;
      }
    },
    read: (key) => place.read(nameOf(key)),
    remove: (key) => place.remove(nameOf(key)),
    async list(cooperativeId) {
      const found = await place.list(`${FOLDER}/${cooperativeId}`);
      return found.map(({ name, size, modifiedAt }) => ({
        cooperativeId,
        fileId: name.split('/').at(-1) ?? '',
        size,
        modifiedAt,
      }));
    },
    sweep: (now) => disk.sweep(now, [FOLDER]),
  };
}
