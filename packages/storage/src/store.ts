// Where files lie, whatever it is: an object has its name only when it is there whole.
import { createHash } from 'node:crypto';
import type { Readable } from 'node:stream';

export interface StoredObject {
  /** Path below the store's root, with slashes. */
  readonly name: string;
  readonly size: number;
  readonly modifiedAt: Date;
}

export interface Store {
  /** As sentences call it. */
  readonly title: string;
  /** Null when there is no object of that name. */
  read(name: string): Promise<Readable | null>;
  write(name: string, content: Readable): Promise<void>;
  /** Objects whose name begins with `folder/`. */
  list(folder: string): Promise<StoredObject[]>;
  remove(name: string): Promise<void>;
}

export interface Measured {
  readonly size: number;
  readonly sha256: string;
}

/** Passes bytes on and counts them; `result` is right once all have passed. */
export function meter() {
  const hash = createHash('sha256');
  let size = 0;
  return {
    async *through(source: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
      for await (const chunk of source) {
        size += chunk.length;
        hash.update(chunk);
        yield chunk;
      }
    },
    result: (): Measured => ({ size, sha256: hash.digest('hex') }),
  };
}

/** Size and SHA-256 of all there is to read. */
export async function measure(content: Readable): Promise<Measured> {
  const counted = meter();
  for await (const chunk of counted.through(content)) void chunk;
  return counted.result();
}
