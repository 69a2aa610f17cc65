// What a browser, or somebody who is none, sends as a form of files.
import type { ReadableStream as WebStream } from 'node:stream/web';
import { setTimeout as sleep } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import type { SentFile } from './form-of-files.ts';
import { eachFile } from './form-of-files.ts';
import { createLine } from './line.ts';

const TYPE = 'multipart/form-data; boundary=b';
const part = (headers: string, content: string) =>
  `--b\r\nContent-Disposition: form-data; ${headers}\r\n\r\n${content}\r\n`;
const END = '--b--\r\n';

async function read(
  text: string | Uint8Array<ArrayBuffer>,
  take: (sent: SentFile) => boolean = () => true,
  type = TYPE,
) {
  const taken: SentFile[] = [];
  const body = new Response(text).body as WebStream<Uint8Array>;
  const seen = await eachFile(body, type, async (sent) => {
    taken.push(sent);
    return Promise.resolve(take(sent));
  });
  const names = await Promise.all(taken.map(async ({ file }) => [file.name, file.type, await file.text()]));
  return { seen, taken, names };
}

describe('a form of files', () => {
  it('as browsers send it brings its files in order, with the form’s key, and without fields left empty', async () => {
    const form = new FormData();
    form.set('idempotencyKey', 'drawn-once');
    form.append('file', new File(['%PDF-1'], 'Quittung “Öl”.pdf', { type: 'application/pdf' }));
    form.append('file', new File([''], ''));
    form.append('other', new File(['x'], 'x.png', { type: 'image/png' }));
    form.append('file', new File(['y'.repeat(300_000)], 'big.jpg', { type: 'image/jpeg' }));
    const sent = new Response(form);
    const bytes = new Uint8Array(await sent.arrayBuffer());
    const { seen, taken, names } = await read(bytes, undefined, sent.headers.get('content-type') ?? '');
    expect(seen).toEqual({ files: 2, idempotencyKey: 'drawn-once' });
    expect(names).toEqual([
      ['Quittung “Öl”.pdf', 'application/pdf', '%PDF-1'],
      ['big.jpg', 'image/jpeg', 'y'.repeat(300_000)],
    ]);
    expect(taken.map(({ at, idempotencyKey }) => [at, idempotencyKey])).toEqual([
      [0, 'drawn-once'],
      [1, 'drawn-once'],
    ]);
  });

  it('whose fields were left empty brings no file', async () => {
    const { seen } = await read(part('name="file"; filename=""', '').repeat(2) + END);
    expect(seen.files).toBe(0);
  });

  it('of which one is refused is read to its end, and brings no more', async () => {
    const three = ['a', 'b', 'c'].map((name) => part(`name="file"; filename="${name}"`, 'x'.repeat(200_000)));
    const { taken, seen } = await read(three.join('') + END, ({ at }) => at === 0);
    expect(taken.map(({ file }) => file.name)).toEqual(['a', 'b']);
    expect(seen.files).toBe(3);
  });

  it.each([
    ['a name of four megabytes', part(`name="${'n'.repeat(4_000_000)}"`, 'x')],
    ['a file’s name of four megabytes', part(`name="file"; filename="${'n'.repeat(4_000_000)}"`, 'x')],
    ['a hundred thousand headers', `--b\r\n${'A: b\r\n'.repeat(100_000)}\r\nx\r\n`],
    ['thirty files', part('name="file"; filename="a"', 'x').repeat(30)],
  ])('with %s is read, and little of it kept', async (_what, text) => {
    const { taken } = await read(text + END);
    expect(taken.length).toBeLessThanOrEqual(12);
    expect(Math.max(0, ...taken.map(({ file }) => file.name.length))).toBeLessThan(5_000);
  });

  it.each([
    ['files', part('name="file"; filename="a"', 'x')],
    ['fields', part('name="a"', 'x')],
  ])('of a hundred thousand %s is read no further than any form goes', async (_what, one) => {
    let sent = 0;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        sent += 1;
        if (sent > 100) return controller.close();
        return controller.enqueue(new TextEncoder().encode(one.repeat(1_000)));
      },
    });
    const reading = eachFile(body as WebStream<Uint8Array>, TYPE, () => Promise.resolve(true));
    await expect(reading).rejects.toThrow('parts');
    expect(sent).toBeLessThan(10);
  });

  it.each([
    ['is cut short', part('name="file"; filename="a.pdf"', '%PDF-1').slice(0, -2), TYPE],
    ['ends in its headers', '--b\r\nContent-Disposition: form', TYPE],
    ['has no border', part('name="file"; filename="a.pdf"', '%PDF-1') + END, 'multipart/form-data'],
  ])('that %s is not believed', async (_what, text, type) => {
    await expect(read(text, undefined, type)).rejects.toThrow();
  });

  it('whose files cannot be handed on ends with that fault, and does not hang', async () => {
    const form = part('name="file"; filename="a"', 'x'.repeat(200_000)).repeat(3) + END;
    const fail = () => {
      throw new Error('the API is away');
    };
    await expect(read(form, fail)).rejects.toThrow('the API is away');
  });
});

describe('a line', () => {
  it('serves so many at once, of one person one after the other, and sends away whoever waits too often', async () => {
    const line = createLine(2);
    const log: string[] = [];
    const work = (name: string) => async () => {
      log.push(`${name} begins`);
      await sleep(20);
      log.push(`${name} ends`);
      return name;
    };
    const asked = ['ana', 'ana', 'ben', 'cat'].map((key, at) => line(key, work(`${key}${at}`)));
    await sleep(1);
    expect(log).toEqual(['ana0 begins', 'ben2 begins']);
    const more = [line('ana', work('ana4')), line('ana', work('ana5')), line('ana', work('ana6'))];
    expect(await more[2]).toBeNull();
    expect(await Promise.all([...asked, ...more])).toEqual([
      'ana0',
      'ana1',
      'ben2',
      'cat3',
      'ana4',
      'ana5',
      null,
    ]);
    const atOnce = log.map((_, place) =>
      log.slice(0, place + 1).reduce((sum, one) => sum + (one.endsWith('begins') ? 1 : -1), 0),
    );
    expect(Math.max(...atOnce)).toBe(2);
  });

  it('goes on when what somebody does fails', async () => {
    const line = createLine(1);
    await expect(line('ana', () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect(await line('ben', () => Promise.resolve('served'))).toBe('served');
  });
});
