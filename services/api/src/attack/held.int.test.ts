// Attacks by holding on: files that come slowly or are read slowly, and connections that never read or never stop
// asking. Whoever does so waits for themselves.
import { mkdtempSync, rmSync } from 'node:fs';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { openVault } from '@habitat/evidence';
import { afterAll, afterEach, beforeAll, describe, expect, test } from 'vitest';
import WebSocket from 'ws';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Party } from '../testing/party.ts';
import { Served } from '../testing/served-cooperative.ts';

const MOST = 16_000_000;
const ME = '{ me { email } }';
const one = { atOnce: 1, inLine: 3, beside: null };
let served: Served;
let party: Party;
let directory: string;
const held: Socket[] = [];
const open: WebSocket[] = [];

beforeAll(async () => {
  directory = mkdtempSync(join(tmpdir(), 'habitat-evidence-'));
  const settings = { directory, s3: null, mostBytes: MOST, scanCommand: null, clamd: null };
  served = await Served.start({
    allowances: { ...NO_ALLOWANCES, turns: one, files: one },
    evidence: { vault: openVault(settings), mostBytes: MOST },
    live: { strangers: 3, messages: { burst: 300, perSecond: 1 }, unreadBytes: 100_000 },
  });
  const contributor = ['member', 'contributor'] as const;
  const cast = { alice: contributor, bob: contributor, carol: contributor };
  party = await Party.join(served, await served.found('riverbend'), cast);
});
afterEach(async () => {
  for (const socket of held.splice(0)) socket.destroy();
  for (const socket of open.splice(0)) socket.terminate();
  await expect.poll(() => gauge('habitat_live_sockets')).toBe(0);
});
afterAll(async () => {
  await served.stop();
  rmSync(directory, { recursive: true });
});

async function gauge(name: string): Promise<number> {
  const text = await (await fetch(`${served.url}/metrics`)).text();
  return Number(new RegExp(`^${name}(?:\\{.*\\})? (\\d+)`, 'm').exec(text)?.[1]);
}

/** A connection that says this much, and reads nothing. */
function hold(request: readonly string[]): Socket {
  const { hostname, port } = new URL(served.url);
  const socket = connect(Number(port), hostname);
  socket.on('error', () => undefined);
  socket.pause();
  socket.write(request.join('\r\n'));
  held.push(socket);
  return socket;
}

function uploadSlowly(who: string): Socket {
  const head = ['POST /api/evidence?name=a.pdf HTTP/1.1', 'Host: x', 'Content-Type: application/pdf'];
  const token = `Authorization: Bearer ${party.token(who) ?? ''}`;
  return hold([...head, token, 'Content-Length: 1000000', '', '%PDF-1.7']);
}

function upload(who: string, size = 100): Promise<Response> {
  return fetch(`${served.url}/api/evidence?name=a.pdf`, {
    method: 'POST',
    headers: { 'content-type': 'application/pdf', authorization: `Bearer ${party.token(who) ?? ''}` },
    body: new Uint8Array(Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(size)])),
    signal: AbortSignal.timeout(5_000),
  });
}

/** Whether somebody gets an answer now, and not only once whoever holds on lets go. */
const isAnswered = async (who: string) =>
  Promise.race([party.answer(who, ME).then(({ status }) => status === 200), sleep(3_000, false)]);

describe('whoever holds on to a file', () => {
  test('by sending it slowly holds up themselves, and none of their cooperative', async () => {
    for (let sent = 0; sent < 3; sent += 1) uploadSlowly('alice');
    await sleep(200);
    expect(await isAnswered('bob')).toBe(true);
    expect(await isAnswered('alice')).toBe(true);
    expect((await upload('bob')).status).toBe(201);
    uploadSlowly('alice');
    await sleep(200);
    expect((await upload('alice')).status).toBe(429);
  });

  test('by reading it slowly holds up themselves, and none of their cooperative', async () => {
    const { id } = (await (await upload('carol', MOST - 100)).json()) as { id: string };
    const token = `Authorization: Bearer ${party.token('carol') ?? ''}`;
    for (let sent = 0; sent < 3; sent += 1)
      hold([`GET /api/evidence/${id} HTTP/1.1`, 'Host: x', token, '', '']);
    await sleep(200);
    expect(await isAnswered('bob')).toBe(true);
    expect((await upload('bob')).status).toBe(201);
  });
});

describe('a connection for news', () => {
  async function connected(who: string | null): Promise<WebSocket> {
    const socket = new WebSocket(`${served.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws');
    open.push(socket);
    socket.on('error', () => undefined);
    await new Promise((resolve) => socket.once('open', resolve));
    if (who === null) return socket;
    const payload = { authorization: `Bearer ${party.token(who) ?? ''}` };
    const welcomed = new Promise((resolve) => socket.once('message', resolve));
    socket.send(JSON.stringify({ type: 'connection_init', payload }));
    await welcomed;
    return socket;
  }

  test.each([
    ['of a member', 'alice'],
    ['of a stranger', null],
  ])('%s that reads nothing of what it is told is cut off, and fills no memory', async (_whose, who) => {
    const socket = await connected(who);
    socket.pause();
    const ping = JSON.stringify({ type: 'ping', payload: { text: 'x'.repeat(60_000) } });
    for (let sent = 0; sent < 250; sent += 1) socket.send(ping);
    // A stranger is sent away after five seconds anyway.
    await expect.poll(() => gauge('habitat_live_sockets'), { timeout: 4_000 }).toBe(0);
  });

  test('is there for a member though a crowd of strangers holds on to theirs and says nothing', async () => {
    const crowd: WebSocket[] = [];
    for (let come = 0; come < 10; come += 1) crowd.push(await connected(null));
    await connected('alice');
    await expect.poll(() => crowd.filter(({ readyState }) => readyState === WebSocket.OPEN).length).toBe(2);
  });

  test('that asks without end is closed, for that person wherever they connect, and for nobody else', async () => {
    const [first, second, other] = [await connected('bob'), await connected('bob'), await connected('carol')];
    const closed = [first, second].map(
      (socket) => new Promise<number>((resolve) => socket.once('close', resolve)),
    );
    const ask = (socket: WebSocket, times: number) => {
      for (let id = 0; id < times; id += 1) {
        const payload = { query: `subscription { no${id} }` };
        socket.send(JSON.stringify({ id: String(id), type: 'subscribe', payload }));
      }
    };
    ask(first, 200);
    await new Promise((resolve) => first.once('message', resolve));
    ask(second, 200);
    expect(await closed[1]).toBe(4429);
    ask(first, 5);
    expect(await closed[0]).toBe(4429);
    const pong = new Promise<string>((resolve) =>
      other.once('message', (data) => resolve((data as Buffer).toString())),
    );
    other.send('{"type":"ping"}');
    expect(JSON.parse(await pong)).toEqual({ type: 'pong' });
  });
});
