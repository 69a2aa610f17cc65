// The archive of the write-ahead log: archive_command puts each segment here, compressed and encrypted, and
// restore_command takes it out again. Names of segments are PostgreSQL's (16 MB each).
import { createReadStream, createWriteStream } from 'node:fs';
import { rename, rm } from 'node:fs/promises';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { measure } from '@habitat/storage';
import { ClearError } from '../clear-error.ts';
import type { Repository } from './storage/repository.ts';
import { copyToBucket } from './storage/repository.ts';

const SEGMENTS_PER_FILE = 256n;
const SEGMENT = /^[0-9A-F]{24}$/;
const ARCHIVED = /^([0-9A-F]{24}(\.[0-9A-F]{8}\.backup|\.partial)?|[0-9A-F]{8}\.history)$/;

export const walFile = (name: string) => `wal/${name}.gz.age`;
const hex = (value: bigint) => value.toString(16).toUpperCase().padStart(8, '0');

/** The segment that follows on the same timeline. */
export function segmentAfter(segment: string): string {
  const number =
    BigInt(`0x${segment.slice(8, 16)}`) * SEGMENTS_PER_FILE + BigInt(`0x${segment.slice(16)}`) + 1n;
  return segment.slice(0, 8) + hex(number / SEGMENTS_PER_FILE) + hex(number % SEGMENTS_PER_FILE);
}

async function open(repository: Repository, content: Readable): Promise<Readable> {
  const decrypted = await repository.key.decrypt(content);
  const unpacked = createGunzip();
  // A damaged file shows itself where it is decrypted; the reader must hear of it.
  decrypted.on('error', (error) => unpacked.destroy(error));
  return decrypted.pipe(unpacked);
}

/** Archives one file of the log; done means it is on the disk and was read back. A second time is harmless. */
export async function archiveSegment(repository: Repository, path: string, name: string): Promise<void> {
  if (!ARCHIVED.test(name)) throw new ClearError(`"${name}" is not the name of a log file of PostgreSQL.`, 2);
  const original = await measure(createReadStream(path));
  const present = await repository.disk.read(walFile(name));
  if (present !== null) {
    // PostgreSQL asks again after a crash between our writing and its noting.
    const archived = await measure(await open(repository, present)).catch(() => null);
    if (archived?.sha256 === original.sha256) return;
    throw new ClearError(`${name} is archived already, with other content: two servers use one archive.`);
  }
  const packed = createReadStream(path).pipe(createGzip({ level: 1 }));
  const encrypted = await repository.key.encrypt(packed);
  await repository.disk.writeChecked(walFile(name), encrypted, async (file) => {
    const written = await measure(await open(repository, file.read()));
    if (written.sha256 !== original.sha256) throw new Error(`${name} was not archived as it was`);
  });
}

/** The content of an archived file; null when no place has it. */
export async function readArchived(repository: Repository, name: string): Promise<Readable | null> {
  for (const store of repository.stores) {
    const content = await store.read(walFile(name));
    if (content !== null) return open(repository, content);
  }
  return null;
}

/** Takes a file out of the archive; false when it is not there, which for PostgreSQL is the end of the log. */
export async function fetchSegment(repository: Repository, name: string, path: string): Promise<boolean> {
  const content = await readArchived(repository, name);
  if (content === null) return false;
  // PostgreSQL must never find half a segment.
  const partial = `${path}.partial`;
  try {
    await pipeline(content, createWriteStream(partial, { flush: true }));
    await rename(partial, path);
  } finally {
    await rm(partial, { force: true });
  }
  return true;
}

/** Names of the archived files, of both places, in order. */
export async function listArchived(repository: Repository): Promise<string[]> {
  const lists = await Promise.all(repository.stores.map((store) => store.list('wal')));
  const names = lists.flat().map((object) => object.name.slice('wal/'.length).replace(/\.gz\.age$/, ''));
  return [...new Set(names)].filter((name) => ARCHIVED.test(name)).sort();
}

/**
 * Reads every segment from `first` to the last one that is archived without a gap.
 *
 * @returns that last segment
 * @throws ClearError when one up to `needed` is missing, a later one follows a gap, or one is damaged
 */
export async function checkArchive(repository: Repository, first: string, needed: string): Promise<string> {
  const archived = (await listArchived(repository)).filter(
    (name) => SEGMENT.test(name) && name.startsWith(first.slice(0, 8)) && name >= first,
  );
  const present = new Set(archived);
  let last = '';
  for (let segment = first; present.has(segment); segment = segmentAfter(segment)) {
    const content = await readArchived(repository, segment);
    if (content === null) break;
    await measure(content).catch((error: unknown) => {
      const reason = error instanceof Error ? error.message : String(error);
      throw new ClearError(`The archived log ${segment} is damaged: ${reason}.`);
    });
    last = segment;
  }
  const gap = last === '' ? first : segmentAfter(last);
  if (last < needed || (archived.at(-1) ?? '') > last)
    throw new ClearError(`The archived log ${gap} is missing: nothing after it can be restored.`);
  return last;
}

/** Copies what the bucket does not have yet; returns how many files. */
export async function shipLog(repository: Repository): Promise<number> {
  if (repository.bucket === null) return 0;
  const there = new Set((await repository.bucket.list('wal')).map((object) => object.name));
  const missing = (await repository.disk.list('wal')).filter((object) => !there.has(object.name));
  for (const { name } of missing.sort((a, b) => a.name.localeCompare(b.name)))
    await copyToBucket(repository, name);
  return missing.length;
}
