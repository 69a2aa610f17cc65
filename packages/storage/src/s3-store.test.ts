// A bucket that goes silent, before or in the middle of an answer, is an error and not a wait without end.
import type { AddressInfo, Server, Socket } from 'node:net';
import { createServer } from 'node:net';
import { Readable } from 'node:stream';
import { afterEach, expect, test } from 'vitest';
import { openS3Store } from './s3-store.ts';
import { measure } from './store.ts';

const SILENCE_MS = 200;
const sockets: Socket[] = [];
let server: Server | undefined;

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.destroy();
  await new Promise((resolve) => server?.close(resolve));
});

/** An S3 API that takes requests, says `words` and nothing more. */
async function silentStore(words: string) {
  server = createServer((socket) => {
    sockets.push(socket);
    socket.on('error', () => undefined);
    socket.once('data', () => socket.write(words));
    socket.resume();
  });
  await new Promise<void>((resolve) => server?.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  const config = {
    bucket: 'backups',
    prefix: 'habitat',
    endpoint: `http://127.0.0.1:${port}`,
    region: 'us-east-1',
    credentials: { accessKeyId: 'a', secretAccessKey: 'b' },
  };
  return openS3Store(config, SILENCE_MS);
}

test('a bucket that never answers is given up on, whatever is asked of it', async () => {
  const store = await silentStore('');
  await expect(store.list('wal')).rejects.toThrow(/timed? ?out/i);
  await expect(store.read('wal/x')).rejects.toThrow(/timed? ?out/i);
  await expect(store.write('wal/x', Readable.from([Buffer.alloc(1_000)]))).rejects.toThrow(/timed? ?out/i);
});

test('an object whose bytes stop coming is an error for who reads it', async () => {
  const store = await silentStore('HTTP/1.1 200 OK\r\ncontent-length: 1000\r\n\r\nthe beginning');
  const content = await store.read('dump/x');
  expect(content).not.toBeNull();
  await expect(measure(content ?? Readable.from([]))).rejects.toThrow();
});
