// A device with passkeys, made of node's own keys: it answers what a browser would (WebAuthn Level 3), and as wrongly as a
// test asks for.
import type { KeyObject } from 'node:crypto';
import { createHash, generateKeyPairSync, randomBytes, sign } from 'node:crypto';

interface Made {
  readonly credentialId: Buffer;
  readonly privateKey: KeyObject;
  readonly userHandle: string;
}

/** What a test makes a device do wrong. */
interface Wrongs {
  readonly origin?: string;
  readonly host?: string;
  /** Nobody's finger, face or number was asked for. */
  readonly unverified?: boolean;
  readonly key?: KeyObject;
  readonly count?: number;
}

const PRESENT = 0x01;
const VERIFIED = 0x04;
const ATTESTED = 0x40;

const sha256 = (of: string | Buffer) => createHash('sha256').update(of).digest();
const text = (bytes: Buffer) => bytes.toString('base64url');

/** The little of CBOR (RFC 8949) an attestation needs: numbers, bytes, words and maps, none of them long. */
function cbor(value: number | string | Buffer | Map<number | string, unknown>): Buffer {
  const head = (major: number, size: number) => {
    if (size < 24) return Buffer.from([(major << 5) | size]);
    if (size < 256) return Buffer.from([(major << 5) | 24, size]);
    return Buffer.from([(major << 5) | 25, size >> 8, size & 255]);
  };
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (Buffer.isBuffer(value)) return Buffer.concat([head(2, value.length), value]);
  const pairs = [...value].flatMap(([key, held]) => [cbor(key), cbor(held as string)]);
  return Buffer.concat([head(5, value.size), ...pairs]);
}

export class Authenticator {
  private made: Made | null = null;
  private count = 0;
  private readonly page: URL;
  constructor(publicUrl: string) {
    this.page = new URL(publicUrl);
  }

  private clientData(type: string, challenge: string, wrongs: Wrongs): Buffer {
    return Buffer.from(JSON.stringify({ type, challenge, origin: wrongs.origin ?? this.page.origin }));
  }

  private authenticatorData(flags: number, wrongs: Wrongs): Buffer {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(wrongs.count ?? this.count);
    const verified = wrongs.unverified ? 0 : VERIFIED;
    return Buffer.concat([
      sha256(wrongs.host ?? this.page.hostname),
      Buffer.from([flags | PRESENT | verified]),
      counter,
    ]);
  }

  /** What `navigator.credentials.create` answers. */
  create(options: string, wrongs: Wrongs = {}): string {
    const { challenge, user } = JSON.parse(options) as { challenge: string; user: { id: string } };
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const credentialId = randomBytes(16);
    this.made = { credentialId, privateKey, userHandle: user.id };
    const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
    const cose = new Map<number, unknown>([
      [1, 2],
      [3, -7],
      [-1, 1],
      [-2, Buffer.from(x, 'base64url')],
      [-3, Buffer.from(y, 'base64url')],
    ]);
    const aaguid = Buffer.alloc(16);
    const attested = [aaguid, Buffer.from([0, credentialId.length]), credentialId, cbor(cose)];
    const authData = Buffer.concat([this.authenticatorData(ATTESTED, wrongs), ...attested]);
    const attestation = new Map<string, unknown>([
      ['fmt', 'none'],
      ['attStmt', new Map()],
      ['authData', authData],
    ]);
    return this.answer(credentialId, {
      clientDataJSON: text(this.clientData('webauthn.create', challenge, wrongs)),
      attestationObject: text(cbor(attestation)),
    });
  }

  /** What `navigator.credentials.get` answers. */
  get(options: string, wrongs: Wrongs = {}): string {
    if (this.made === null) throw new Error('this device has no passkey yet');
    const { challenge } = JSON.parse(options) as { challenge: string };
    this.count += 1;
    const { credentialId, privateKey, userHandle } = this.made;
    const clientData = this.clientData('webauthn.get', challenge, wrongs);
    const authData = this.authenticatorData(0, wrongs);
    const signature = sign('sha256', Buffer.concat([authData, sha256(clientData)]), wrongs.key ?? privateKey);
    return this.answer(credentialId, {
      clientDataJSON: text(clientData),
      authenticatorData: text(authData),
      signature: text(signature),
      userHandle,
    });
  }

  private answer(credentialId: Buffer, response: Record<string, string>): string {
    const id = text(credentialId);
    return JSON.stringify({ id, rawId: id, type: 'public-key', clientExtensionResults: {}, response });
  }
}
