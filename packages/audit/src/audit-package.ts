// The signed package of an audit trail: a text file of JSON lines that anyone can verify without this installation. The
// first line is the header with its signature, each further line one entry. The header names the hashes the chain begins
// behind and ends with, so signing it signs every entry.
import type { JsonValue } from '@habitat/kernel';
import { canonicalJson, sha256Hex } from '@habitat/kernel';
import { ed25519 } from '@noble/curves/ed25519.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import type { Anchor, ChainFault } from './chain.ts';
import { walkChain } from './chain.ts';
import type { SealedEntry } from './entry.ts';

export const PACKAGE_FORMAT = 'habitat-audit-1';

/** What a package says of itself. */
export type PackageHeader = {
  readonly format: typeof PACKAGE_FORMAT;
  readonly cooperativeId: string;
  readonly cooperativeName: string;
  /** The entry before the first of the package, and the last of it. */
  readonly after: { readonly sequence: number; readonly hash: string };
  readonly head: { readonly sequence: number; readonly hash: string };
  readonly exportedAt: string;
  readonly exportedBy: string;
  /** Ed25519, hexadecimal. Believe it only when its fingerprint is the one the cooperative shows. */
  readonly publicKey: string;
};

/** The key pair of an installation, from 32 secret bytes. */
export interface SigningKey {
  readonly publicKey: string;
  sign(text: string): string;
}

/** Makes the key of 32 bytes in hexadecimal digits; throws when it is anything else. */
export function signingKeyOf(secretHex: string): SigningKey {
  const secret = hexToBytes(secretHex);
  const publicKey = bytesToHex(ed25519.getPublicKey(secret));
  return { publicKey, sign: (text) => bytesToHex(ed25519.sign(utf8ToBytes(text), secret)) };
}

/** A public key in the short form people compare: eight groups of four digits. */
export function fingerprintOf(publicKey: string): string {
  return (sha256Hex(hexToBytes(publicKey)).slice(0, 32).match(/.{4}/g) ?? []).join(' ');
}

/** The first line of a package. */
export function headerLine(header: PackageHeader, key: SigningKey): string {
  const signed = canonicalJson(header as unknown as JsonValue);
  return `${JSON.stringify({ header, signature: key.sign(signed) })}\n`;
}

/** One entry as a line of a package. */
export function entryLine(sealed: SealedEntry): string {
  return `${JSON.stringify(sealed)}\n`;
}

/** What verifying a package came to. */
export type PackageVerdict =
  | {
      readonly ok: true;
      readonly header: PackageHeader;
      readonly fingerprint: string;
      readonly entries: number;
    }
  | { readonly ok: false; readonly fault: PackageFault };

export type PackageFault =
  | { readonly code: 'NOT_A_PACKAGE' }
  | { readonly code: 'LINE_UNREADABLE'; readonly line: number }
  | { readonly code: 'SIGNATURE_WRONG' }
  | { readonly code: 'OTHER_KEY'; readonly expected: string; readonly found: string }
  | { readonly code: 'OTHER_COOPERATIVE'; readonly sequence: number }
  /** Entries stand behind the one the header ends with. */
  | { readonly code: 'TOO_LONG'; readonly sequence: number }
  | ChainFault;

interface SignedHeader {
  readonly header: PackageHeader;
  readonly signature: string;
}

function parse(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return null;
  }
}

function isHeader(value: unknown): value is SignedHeader {
  const line = value as Partial<SignedHeader> | null;
  return line?.header?.format === PACKAGE_FORMAT && typeof line.signature === 'string';
}

function isSealed(value: unknown): value is SealedEntry {
  const sealed = value as Partial<SealedEntry> | null;
  return (
    Number.isSafeInteger(sealed?.sequence) &&
    typeof sealed?.hash === 'string' &&
    typeof sealed.entry === 'object'
  );
}

function isSigned({ header, signature }: SignedHeader): boolean {
  try {
    const text = utf8ToBytes(canonicalJson(header as unknown as JsonValue));
    return ed25519.verify(hexToBytes(signature), text, hexToBytes(header.publicKey));
  } catch {
    return false;
  }
}

function headerFault(signed: SignedHeader, expected: string | undefined): PackageFault | null {
  if (!isSigned(signed)) return { code: 'SIGNATURE_WRONG' };
  const found = fingerprintOf(signed.header.publicKey);
  const plain = (text: string) => text.replaceAll(/\s/g, '').toLowerCase();
  if (expected === undefined || plain(expected) === plain(found)) return null;
  return { code: 'OTHER_KEY', expected, found };
}

/**
 * Verifies a package line by line: signature, chain, and that it begins and ends where its header says. `fingerprint` is
 * the key's as the cooperative told it on another way; `anchors` are places known from elsewhere.
 */
export async function verifyPackage(
  lines: AsyncIterable<string> | Iterable<string>,
  known: { readonly fingerprint?: string; readonly anchors?: readonly Anchor[] } = {},
): Promise<PackageVerdict> {
  let header: PackageHeader | null = null;
  let walk = walkChain();
  let number = 0;
  const refused = (fault: PackageFault): PackageVerdict => ({ ok: false, fault });
  for await (const line of lines) {
    number += 1;
    if (line === '') continue;
    const value = parse(line);
    if (header === null) {
      if (!isHeader(value)) return refused({ code: 'NOT_A_PACKAGE' });
      const fault = headerFault(value, known.fingerprint);
      if (fault !== null) return refused(fault);
      header = value.header;
      const { after, head } = header;
      const within = (known.anchors ?? []).filter(
        ({ sequence }) => sequence > after.sequence && sequence <= head.sequence,
      );
      walk = walkChain(after, [...within, head]);
      continue;
    }
    if (!isSealed(value)) return refused({ code: 'LINE_UNREADABLE', line: number });
    if (value.sequence > header.head.sequence) return refused({ code: 'TOO_LONG', sequence: value.sequence });
    const fault = walk.next(value);
    if (fault !== null) return refused(fault);
    if (value.entry.cooperativeId !== header.cooperativeId)
      return refused({ code: 'OTHER_COOPERATIVE', sequence: value.sequence });
  }
  if (header === null) return refused({ code: 'NOT_A_PACKAGE' });
  const fault = walk.end();
  if (fault !== null) return refused(fault);
  const entries = header.head.sequence - header.after.sequence;
  return { ok: true, header, fingerprint: fingerprintOf(header.publicKey), entries };
}
