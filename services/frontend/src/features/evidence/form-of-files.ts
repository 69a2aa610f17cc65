// A form of files, read as it comes: one file at a time is in memory, and what no form of ours has (thousands of parts,
// endless names) is not kept at all.
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { ReadableStream as WebStream } from 'node:stream/web';
import type { BusboyFileStream } from '@fastify/busboy';
import { Busboy } from '@fastify/busboy';

/** Of one form: as many files as a contribution takes, and a field or two that were left empty. */
const MOST_FILES = 12;
/** No form of ours has as many parts, and no hand chooses as many files: what has more is read no further. */
const MOST_PARTS = 100;
/** A byte more than the API could ever be told to take, so that it refuses what is cut off here. */
const LONGEST_FILE = 25 * 1024 * 1024 + 1;
const LONGEST_FIELD = 300;

/** A chosen file, its place among the others from 0 on, and the key its form was drawn with. */
export interface SentFile {
  readonly file: File;
  readonly at: number;
  readonly idempotencyKey: string;
}

async function wholeOf(stream: BusboyFileStream, name: string, type: string): Promise<File> {
  const chunks: Buffer<ArrayBuffer>[] = [];
  for await (const chunk of stream) chunks.push(chunk as Buffer<ArrayBuffer>);
  return new File(chunks, name, { type });
}

/**
 * Hands each chosen file to `take`, one after the other, until it says no more; the rest is read over, so that the browser
 * hears the answer. Answers with how many files there were and the form's key. Throws for what is no form, or is cut short.
 */
export async function eachFile(
  body: WebStream<Uint8Array>,
  contentType: string,
  take: (sent: SentFile) => Promise<boolean>,
): Promise<{ readonly files: number; readonly idempotencyKey: string }> {
  const limits = {
    ...{ files: MOST_FILES, parts: MOST_PARTS, fileSize: LONGEST_FILE },
    ...{ fieldNameSize: 100, fieldSize: LONGEST_FIELD, headerPairs: 10, headerSize: 4_000 },
  };
  const parser = new Busboy({ headers: { 'content-type': contentType }, limits });
  const seen = { files: 0, idempotencyKey: '' };
  const state: { goesOn: boolean; fault: unknown } = { goesOn: true, fault: null };
  let taken: Promise<void> = Promise.resolve();
  parser.on('partsLimit', () => parser.destroy(new Error('a form has not as many parts')));
  parser.on('field', (name, value) => {
    if (name === 'idempotencyKey') seen.idempotencyKey = value;
  });
  parser.on('file', (field, stream, name, _encoding, type) => {
    // A file field that was left empty is sent as a file without a name, which the parser tells as none.
    if (field !== 'file' || !name) return void stream.resume();
    // Cut short, the form as a whole says so.
    stream.on('error', () => undefined);
    const at = seen.files;
    seen.files += 1;
    taken = taken.then(async () => {
      try {
        if (!state.goesOn) return;
        const file = await wholeOf(stream, name, type);
        state.goesOn = await take({ file, at, idempotencyKey: seen.idempotencyKey });
      } catch (fault) {
        state.goesOn = false;
        state.fault = fault;
      } finally {
        stream.resume();
      }
    });
  });
  try {
    await pipeline(Readable.fromWeb(body), parser);
  } catch (fault) {
    state.goesOn = false;
    throw fault;
  }
  await taken;
  if (state.fault !== null) throw state.fault;
  return seen;
}
