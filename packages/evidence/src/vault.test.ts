// Nothing gets in that is not what it says it is, and what is refused or cut short leaves nothing behind.
import { createHash } from 'node:crypto';
import { chmodSync, mkdtempSync, readdirSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import type { AddressInfo, Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { buffer } from 'node:stream/consumers';
import { deflateRawSync } from 'node:zlib';
import { newId } from '@habitat/kernel';
import S3rver from 's3rver';
import { afterEach, beforeEach, expect, test } from 'vitest';
import type { VaultSettings } from './vault.ts';
import { openVault } from './vault.ts';

const JPEG = Buffer.concat([Buffer.from('ffd8ffe000104a46494600', 'hex'), Buffer.alloc(5_000, 7)]);
const PDF = Buffer.from(`%PDF-1.7\n${'1 0 obj << >> endobj\n'.repeat(40)}%%EOF\n`);
const EICAR_LIKE = Buffer.concat([PDF, Buffer.from('CATCH-ME')]);

let directory: string;
const key = { cooperativeId: newId(), fileId: newId() };

const vault = (settings: Partial<VaultSettings> = {}) =>
  openVault({ directory, s3: null, mostBytes: 10_000, scanCommand: null, clamd: null, ...settings });
const upload = (content: Buffer, contentType: string, name = 'photo') => ({
  content: Readable.from([content], { objectMode: false }),
  contentType,
  name,
});
const never = () => undefined;
const filesLeft = () =>
  readdirSync(directory, { recursive: true, withFileTypes: true }).filter((e) => e.isFile());

beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), 'habitat-vault-'));
});
afterEach(() => rmSync(directory, { recursive: true }));

test('a file comes back byte for byte, hashed while it was written', async () => {
  const received = await vault().receive(key, upload(JPEG, 'image/jpeg', 'Weir.JPG'), never);
  const sha256 = createHash('sha256').update(JPEG).digest('hex');
  expect(received).toEqual({
    ok: true,
    value: { size: JPEG.length, sha256, mediaType: 'image/jpeg', name: 'Weir.jpg', scannedBy: null },
  });
  const stored = await vault().read(key);
  expect(await buffer(stored ?? Readable.from([]))).toEqual(JPEG);
  expect(await vault().list(key.cooperativeId)).toMatchObject([{ ...key, size: JPEG.length }]);
});

test('a path is made of our ids alone', async () => {
  const receiving = vault().receive({ ...key, fileId: '../../evil' }, upload(JPEG, 'image/jpeg'), never);
  await expect(receiving).rejects.toThrow('named by two ids');
  expect(filesLeft()).toEqual([]);
});

test('four hundred refused at their first byte leave nothing either, though each is over before its file is open', async () => {
  const tiny = vault({ mostBytes: 1 });
  for (let sent = 0; sent < 400; sent += 1) {
    const received = await tiny.receive({ ...key, fileId: newId() }, upload(JPEG, 'image/jpeg'), never);
    expect(received.ok).toBe(false);
  }
  expect(filesLeft()).toEqual([]);
});

const SVG = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>');
const HTML = Buffer.from('<!doctype html><script>fetch("/graphql")</script>');
// A gigabyte of zeros in a megabyte: nothing here ever unpacks it, and it is refused for what it is.
const BOMB = Buffer.concat([
  Buffer.from('504b0304140000000800', 'hex'),
  deflateRawSync(Buffer.alloc(4_000_000)),
]);

test.each([
  ['an SVG with a script', SVG, 'image/svg+xml', 'EVIDENCE_TYPE_REFUSED'],
  ['an SVG that says it is a picture', SVG, 'image/png', 'EVIDENCE_TYPE_REFUSED'],
  ['a page', HTML, 'text/html', 'EVIDENCE_TYPE_REFUSED'],
  ['a page that says it is a PDF', HTML, 'application/pdf', 'EVIDENCE_TYPE_REFUSED'],
  ['a page with a PDF behind it', Buffer.concat([HTML, PDF]), 'application/pdf', 'EVIDENCE_TYPE_REFUSED'],
  ['a zip bomb', BOMB, 'application/zip', 'EVIDENCE_TYPE_REFUSED'],
  ['a zip bomb that says it is a PDF', BOMB, 'application/pdf', 'EVIDENCE_TYPE_REFUSED'],
  ['a gzip', Buffer.from('1f8b0800000000000003aabbccdd', 'hex'), 'image/jpeg', 'EVIDENCE_TYPE_REFUSED'],
  [
    'a program',
    Buffer.from('MZ\u0090\u0000 this program cannot be run'),
    'image/jpeg',
    'EVIDENCE_TYPE_REFUSED',
  ],
  ['a PDF that says it is a picture', PDF, 'image/jpeg', 'EVIDENCE_TYPE_DIFFERS'],
  ['a picture that says nothing', JPEG, 'application/octet-stream', 'EVIDENCE_TYPE_DIFFERS'],
  ['nothing', Buffer.alloc(0), 'image/jpeg', 'EVIDENCE_EMPTY'],
  ['too much', Buffer.concat([JPEG, JPEG]), 'image/jpeg', 'EVIDENCE_TOO_LARGE'],
])('%s is refused and nothing is kept', async (_, content, contentType, code) => {
  const received = await vault({ mostBytes: 9_000 }).receive(key, upload(content, contentType), never);
  expect(received).toMatchObject({ ok: false, refusal: { code } });
  expect(filesLeft()).toEqual([]);
});

test('an upload that is cut short leaves nothing, and what a crash left is gone after a day', async () => {
  const content = new Readable({ read: never });
  content.push(JPEG);
  const receiving = vault().receive(key, { content, contentType: 'image/jpeg', name: 'a.jpg' }, never);
  content.destroy(new Error('the phone went away'));
  await expect(receiving).rejects.toThrow('the phone went away');
  expect(filesLeft()).toEqual([]);

  await vault().receive(key, upload(JPEG, 'image/jpeg'), never);
  const left = join(directory, 'files', key.cooperativeId, `${newId()}.crashed.partial`);
  writeFileSync(left, JPEG.subarray(0, 100));
  expect(await vault().list(key.cooperativeId)).toHaveLength(1);
  await vault().sweep(new Date());
  expect(filesLeft()).toHaveLength(2);
  const before = new Date(Date.now() - 90_000_000);
  utimesSync(left, before, before);
  await vault().sweep(new Date());
  expect(filesLeft()).toHaveLength(1);
});

function script(name: string, text: string): string {
  const path = join(directory, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return path;
}

test('a program scans what is held back, and only what it finds clean gets its name', async () => {
  const scanCommand = `${script('scan', 'grep -q CATCH-ME "$2" && echo "$2: Test.Catch" && exit 1; exit 0')} --quiet`;
  const scanned = vault({ scanCommand });
  expect(await scanned.receive(key, upload(PDF, 'application/pdf'), never)).toMatchObject({
    ok: true,
    value: { scannedBy: 'scan' },
  });
  const second = { ...key, fileId: newId() };
  expect(await scanned.receive(second, upload(EICAR_LIKE, 'application/pdf'), never)).toEqual({
    ok: false,
    refusal: { code: 'EVIDENCE_INFECTED', found: 'Test.Catch' },
  });
  expect(await scanned.read(second)).toBeNull();
});

test('a scanner that cannot look holds everything back', async () => {
  const faults: unknown[] = [];
  const onFault = (fault: unknown) => void faults.push(fault);
  const unavailable = { ok: false, refusal: { code: 'EVIDENCE_SCAN_UNAVAILABLE' } };
  for (const settings of [
    { scanCommand: script('broken', 'exit 2') },
    { scanCommand: join(directory, 'absent') },
    { clamd: { host: '127.0.0.1', port: 1 } },
  ]) {
    expect(await vault(settings).receive(key, upload(PDF, 'application/pdf'), onFault)).toEqual(unavailable);
  }
  expect(faults).toHaveLength(3);
  expect(await vault().read(key)).toBeNull();
});

/** Speaks clamd's INSTREAM: reads the pieces to the empty one, then says what it found. */
function clamd(): Promise<Server> {
  const server = createServer((socket) => {
    let heard = Buffer.alloc(0);
    socket.on('data', (chunk) => {
      heard = Buffer.concat([heard, chunk]);
      if (!heard.subarray(-4).equals(Buffer.alloc(4))) return;
      const whole = heard.toString('latin1');
      const asked = whole.startsWith('zINSTREAM\0');
      socket.end(`${asked && !whole.includes('CATCH-ME') ? 'stream: OK' : 'stream: Test.Catch FOUND'}\0`);
    });
  });
  return new Promise((resolve) => server.listen(0, '127.0.0.1', () => resolve(server)));
}

test('a clamd scans the same bytes', async () => {
  const server = await clamd();
  const { port } = server.address() as AddressInfo;
  const scanned = vault({ clamd: { host: '127.0.0.1', port } });
  try {
    expect(await scanned.receive(key, upload(PDF, 'application/pdf'), never)).toMatchObject({
      ok: true,
      value: { scannedBy: 'clamd' },
    });
    const second = { ...key, fileId: newId() };
    expect(await scanned.receive(second, upload(EICAR_LIKE, 'application/pdf'), never)).toEqual({
      ok: false,
      refusal: { code: 'EVIDENCE_INFECTED', found: 'Test.Catch' },
    });
  } finally {
    await new Promise((resolve) => server.close(resolve));
  }
});

test('with a bucket a file appears there only when it is whole and good, and nothing stays on the machine', async () => {
  const s3 = new S3rver({
    port: 0,
    address: '127.0.0.1',
    silent: true,
    directory,
    configureBuckets: [{ name: 'evidence', configs: [] }],
  });
  const { port } = await s3.run();
  const bucket = vault({
    s3: {
      bucket: 'evidence',
      prefix: 'coop',
      endpoint: `http://127.0.0.1:${port}`,
      region: 'us-east-1',
      credentials: { accessKeyId: 'S3RVER', secretAccessKey: 'S3RVER' },
    },
  });
  try {
    expect(await bucket.receive(key, upload(PDF, 'image/png'), never)).toMatchObject({ ok: false });
    expect(await bucket.read(key)).toBeNull();
    expect(await bucket.receive(key, upload(PDF, 'application/pdf'), never)).toMatchObject({ ok: true });
    expect(await buffer((await bucket.read(key)) ?? Readable.from([]))).toEqual(PDF);
    expect(await bucket.list(key.cooperativeId)).toMatchObject([{ ...key, size: PDF.length }]);
    expect(readdirSync(join(tmpdir(), 'habitat-evidence', 'files', key.cooperativeId))).toEqual([]);
    await bucket.remove(key);
    expect(await bucket.read(key)).toBeNull();
  } finally {
    await s3.close();
  }
});
