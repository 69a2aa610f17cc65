// One try over a real connection: where it goes is decided when it is sent, and a receiver can make us do nothing but wait
// a little.
import type { IncomingMessage, RequestListener, Server } from 'node:http';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { sendMessage } from './send.ts';

const message = { headers: { 'webhook-id': 'one' }, body: '{"type":"webhook.test"}' };
const local = { privateNetworks: true, patienceMs: 400 } as const;

let server: Server;
let url: string;
let asked: IncomingMessage[];
let answer: RequestListener;

beforeEach(async () => {
  asked = [];
  answer = (_request, response) => response.writeHead(204).end();
  server = createServer((request, response) => {
    asked.push(request);
    answer(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/hook`;
});
afterEach(async () => {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
});

test('a message is posted as JSON with its headers, and 2xx means that it is there', async () => {
  let body = '';
  answer = (request, response) => {
    request.on('data', (chunk: Buffer) => (body += chunk.toString()));
    request.on('end', () => response.writeHead(202).end());
  };
  expect(await sendMessage(url, message, local)).toEqual({ status: 202, fault: null });
  expect(body).toBe(message.body);
  expect(asked[0]).toMatchObject({
    method: 'POST',
    url: '/hook',
    headers: { 'content-type': 'application/json', 'webhook-id': 'one' },
  });
});

describe('at the send', () => {
  test('a name that leads inside by now is not connected to, though it led outside when it was registered', async () => {
    const rebound = {
      patienceMs: 400,
      privateNetworks: false,
      resolve: async () => [{ address: '127.0.0.1', family: 4 }],
    };
    const { port } = new URL(url);
    const sent = await sendMessage(`https://hooks.example.org:${port}/`, message, rebound);
    expect(sent).toEqual({ status: null, fault: 'address' });
    expect(asked).toEqual([]);
  });

  test('the connection goes to the address that was looked at, with no second question in between', async () => {
    let questions = 0;
    const once = async () => {
      questions += 1;
      return [{ address: '127.0.0.1', family: 4 }];
    };
    const { port } = new URL(url);
    const settings = { ...local, resolve: once };
    expect(await sendMessage(`http://hooks.example.org:${port}/`, message, settings)).toMatchObject({
      status: 204,
    });
    expect([questions, asked.length]).toEqual([1, 1]);
  });

  test('an inside address that came past the registration is refused', async () => {
    expect(await sendMessage(url, message, { privateNetworks: false })).toEqual({
      status: null,
      fault: 'address',
    });
    expect(asked).toEqual([]);
  });
});

describe('a receiver', () => {
  test.each([301, 302, 307, 308])('that redirects with %i is not followed', async (status) => {
    answer = (_request, response) => response.writeHead(status, { location: `${url}/elsewhere` }).end();
    expect(await sendMessage(url, message, local)).toEqual({ status, fault: 'status' });
    expect(asked).toHaveLength(1);
  });

  test('that never answers is given up on', async () => {
    answer = () => undefined;
    expect(await sendMessage(url, message, local)).toEqual({ status: null, fault: 'timeout' });
  });

  test('that answers without end is heard as far as its status', async () => {
    let isGone = false;
    answer = (_request, response) => {
      response.writeHead(200);
      const more = () => response.write('x'.repeat(65_536), () => (isGone ? undefined : setImmediate(more)));
      response.on('close', () => (isGone = true));
      more();
    };
    expect(await sendMessage(url, message, local)).toEqual({ status: 200, fault: null });
    await expect.poll(() => isGone, { interval: 5 }).toBe(true);
  });

  test('that sends headers without end is no receiver', async () => {
    answer = (_request, response) => response.writeHead(200, { 'x-long': 'x'.repeat(40_000) }).end();
    expect(await sendMessage(url, message, local)).toEqual({ status: null, fault: 'connection' });
  });

  test('that is not there, or breaks off, is tried again later', async () => {
    answer = (request) => request.socket.destroy();
    expect(await sendMessage(url, message, local)).toEqual({ status: null, fault: 'connection' });
  });

  test('whose certificate nobody vouches for, or that speaks no TLS, gets nothing', async () => {
    const sent = await sendMessage(url.replace('http:', 'https:'), message, local);
    expect(sent).toEqual({ status: null, fault: 'tls' });
    expect(asked).toEqual([]);
  });
});
