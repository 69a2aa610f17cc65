/**
 * Identifiers: UUID version 7 (RFC 9562), ordered by time and strictly rising within one process,
 * made with Web Crypto so that the browser can make them as well (idempotency keys, drafts).
 */

const COUNTER_LIMIT = 0x1000;
const ID_TEXT = /^[0-9a-f]{8}-[0-9a-f]{4}-[1-8][0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

export interface IdSource {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Fills the array with random bytes. */
  readonly fillRandom: (bytes: Uint8Array<ArrayBuffer>) => void;
}

/**
 * A generator of rising ids. Within one millisecond, and when the clock steps back, the 12 bits
 * after the version count up from a random start (RFC 9562 §6.2, method 1); when they are used up
 * the timestamp moves ahead by one millisecond rather than repeating or falling.
 */
export function createIdGenerator(source: IdSource): () => string {
  let lastMillis = -1;
  let counter = 0;
  return () => {
    const bytes = new Uint8Array(16);
    source.fillRandom(bytes);
    const now = source.now();
    if (now > lastMillis) {
      lastMillis = now;
      // Starting in the lower half leaves room to count at least 2,048 ids within the millisecond.
      counter = (((bytes[6] ?? 0) & 0x07) << 8) | (bytes[7] ?? 0);
    } else {
      counter += 1;
      if (counter >= COUNTER_LIMIT) {
        lastMillis += 1;
        counter = 0;
      }
    }
    return writeVersion7(bytes, lastMillis, counter);
  };
}

function writeVersion7(bytes: Uint8Array, millis: number, counter: number): string {
  const time = millis.toString(16).padStart(12, '0');
  const variant = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  const tail = Array.from(bytes.subarray(9), (byte) => byte.toString(16).padStart(2, '0')).join('');
  const low = variant.toString(16) + tail;
  return (
    `${time.slice(0, 8)}-${time.slice(8)}-7${counter.toString(16).padStart(3, '0')}` +
    `-${low.slice(0, 4)}-${low.slice(4)}`
  );
}

/** A new UUID v7 in lower case, greater (as text) than every id made before it in this process. */
export const newId: () => string = createIdGenerator({
  now: () => Date.now(),
  fillRandom: (bytes) => {
    globalThis.crypto.getRandomValues(bytes);
  },
});

/** True for a canonical lower-case UUID of any version of RFC 9562. */
export function isId(text: string): boolean {
  return ID_TEXT.test(text);
}
