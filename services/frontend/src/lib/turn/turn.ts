// Pages are drawn by one process for everybody, and drawing takes the processor. So whoever comes from one place is served
// a few pages at once, beside others one after the other, and gives way to who asks less (docs/decisions/0013).
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Asker, Turn, TurnLimits } from '@habitat/allowance';
import { createTurns, networkOf } from '@habitat/allowance';
import { turnHeader } from '../session/header.ts';

const LIMITS: TurnLimits = {
  atOnce: 8,
  inLine: 100,
  // A page is drawn within some ten milliseconds; one that waits longer waits for the API, and others may come meanwhile.
  beside: { atOnce: 1, pace: { burst: 30, perSecond: 10 }, waitsMs: 250 },
};

interface Arrival {
  readonly place: string;
  readonly response: ServerResponse;
}

interface Turns {
  readonly arrivals: Map<string, Arrival>;
  readonly take: (asker: Asker) => Turn | null;
  count: number;
}

const place = Symbol.for('habitat.turns');

// Next gives instrumentation and proxy copies of a module each, so both look at one place of the process.
function turns(): Turns {
  const here = globalThis as { [place]?: Turns };
  return (here[place] ??= { arrivals: new Map(), take: createTurns(LIMITS), count: 0 });
}

/** Notes who came before anything is done for them; the proxy finds them by the header, whatever a client wrote there. */
export function noteArrival(request: IncomingMessage, response: ServerResponse): void {
  const all = turns();
  all.count += 1;
  const id = String(all.count);
  request.headers[turnHeader] = id;
  // Caddy names the address and believes nobody else's word for it.
  const forwarded = String(request.headers['x-forwarded-for'] ?? '')
    .split(',')
    .at(-1)
    ?.trim();
  const address = forwarded === undefined || forwarded === '' ? request.socket.remoteAddress : forwarded;
  all.arrivals.set(id, { place: networkOf(address ?? ''), response });
  response.once('close', () => all.arrivals.delete(id));
}

/** Waits for the turn of whoever came under this header; false when too many wait before them. */
export async function comeInTurn(id: string | null): Promise<boolean> {
  const { arrivals, take } = turns();
  const arrival = arrivals.get(id ?? '');
  if (arrival === undefined || arrival.response.writableEnded) return true;
  const turn = take({ key: arrival.place, isStranger: false });
  if (turn === null) return false;
  const over = new Promise<void>((resolve) => {
    // How slowly an answer is read is nobody else's affair; who goes away gives the turn back.
    for (const event of ['prefinish', 'close'])
      arrival.response.once(event, () => {
        turn.leave();
        resolve();
      });
  });
  await Promise.race([turn.come, over]);
  return true;
}
