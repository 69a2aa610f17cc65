/**
 * One byte sequence per JSON value (RFC 8785) and its SHA-256, so that an allocation record or an
 * audit entry hashes the same on every machine. Anything JSON cannot carry exactly is a fault.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import canonicalize from 'canonicalize';

export type JsonValue =
  string | number | boolean | null | readonly JsonValue[] | { readonly [key: string]: JsonValue };

/**
 * The RFC 8785 text of a JSON value: keys in UTF-16 code-unit order, no white space. Throws a
 * TypeError that names the path for bigint (write amounts as decimal strings), undefined, functions,
 * symbols, non-finite numbers, lone surrogates and objects that are not plain, instead of dropping or guessing.
 */
export function canonicalJson(value: JsonValue): string {
  assertJson(value, '$');
  const text = canonicalize(value);
  if (text === undefined) throw new TypeError('the value has no canonical JSON');
  return text;
}

function assertJson(value: unknown, path: string): void {
  if (value === null || typeof value === 'boolean') return;
  if (typeof value === 'string') {
    assertWellFormed(value, path);
    return;
  }
  if (typeof value === 'number') {
    if (Number.isFinite(value)) return;
    throw new TypeError(`${path}: ${value} is not a JSON number`);
  }
  if (typeof value !== 'object') throw new TypeError(`${path}: ${typeof value} cannot be canonical JSON`);
  if (Array.isArray(value)) {
    value.forEach((item: unknown, index) => assertJson(item, `${path}[${index}]`));
    return;
  }
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype !== Object.prototype && prototype !== null) {
    throw new TypeError(`${path}: only plain objects can be canonical JSON`);
  }
  for (const [key, item] of Object.entries(value)) {
    assertWellFormed(key, path);
    assertJson(item, `${path}.${key}`);
  }
}

/** A lone surrogate has no UTF-8 bytes of its own: encoders replace it, and two texts would share a hash. */
function assertWellFormed(text: string, path: string): void {
  if (/\p{Surrogate}/u.test(text)) throw new TypeError(`${path}: a lone surrogate cannot be canonical JSON`);
}

/** SHA-256 of a text's UTF-8 bytes (or of bytes), as 64 lower-case hexadecimal digits. */
export function sha256Hex(input: string | Uint8Array): string {
  return bytesToHex(sha256(typeof input === 'string' ? utf8ToBytes(input) : input));
}

/** SHA-256 of the canonical JSON of a value. */
export function canonicalHash(value: JsonValue): string {
  return sha256Hex(canonicalJson(value));
}
