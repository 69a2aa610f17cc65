// Turns at a desk: of one cooperative so many requests are worked on at once, and the others of it wait in line. Beside
// other cooperatives it is one after the other, at a pace, and who has asked much gives way to who has asked little: their
// next request waits while one of theirs is worked on. Nobody waits long for what others do, or for a slow one of their
// own, so that neither many quiet ones nor one long report stop a busy cooperative.
import type { RateLimit } from './rate-limit.ts';
import { createRateLimiter } from './rate-limit.ts';

export interface Turn {
  /** Resolves when it is this one's turn; never when it left the line before. */
  readonly come: Promise<void>;
  /** Ends the turn, or the waiting for it. Leaving twice changes nothing. */
  leave(): void;
}

export interface TurnLimits {
  readonly atOnce: number;
  /** How many may wait in one line; who comes after them is sent away. */
  readonly inLine: number;
  /** What holds while another cooperative is there as well; null where it makes no difference. */
  readonly beside: {
    /** As many at once, as long as none of them takes long. */
    readonly atOnce: number;
    /** How fast one follows another. */
    readonly pace: RateLimit;
    /** How long the first in a line waits for quieter ones, and for those of its own at work, in milliseconds. */
    readonly waitsMs: number;
  } | null;
}

/** Who takes a turn: a cooperative, or a stranger's address. Strangers are nobody a cooperative is beside. */
export interface Asker {
  readonly key: string;
  readonly isStranger: boolean;
}

interface Place {
  state: 'waiting' | 'working' | 'left';
  call: () => void;
}

interface Desk {
  readonly asker: Asker;
  working: number;
  readonly line: Place[];
  /** Since when the first in line waits for others; null while it does not. */
  waitsSince: number | null;
  /** Looks again at who waits although nobody left. */
  alarm: NodeJS.Timeout | null;
}

const WINDOW_MS = 1_000;
/** A cooperative is there for so long after it asked for something. */
const THERE_MS = 10_000;
/** Who asks for so many more than another within the window is the busier of the two; less is chance. */
const BUSIER = 5;

/** How often everybody asked within the last second. */
function countLately() {
  const asked: { key: string; at: number }[] = [];
  const counts = new Map<string, number>();
  let oldest = 0;
  function forget(now: number): void {
    for (
      let first = asked[oldest];
      first !== undefined && first.at <= now - WINDOW_MS;
      first = asked[oldest]
    ) {
      const left = (counts.get(first.key) ?? 0) - 1;
      if (left > 0) counts.set(first.key, left);
      else counts.delete(first.key);
      oldest += 1;
    }
    // What is over is let go of many at a time, never shifted one by one.
    if (oldest < 1_000) return;
    asked.splice(0, oldest);
    oldest = 0;
  }
  return {
    see(key: string, at: number): void {
      asked.push({ key, at });
      counts.set(key, (counts.get(key) ?? 0) + 1);
      forget(at);
    },
    isBusier: (key: string, than: string) => (counts.get(key) ?? 0) > (counts.get(than) ?? 0) + BUSIER,
  };
}

/** Whether a cooperative is alone: the last to ask, and the last to ask beside that one, are all there is to know. */
function watchOthers() {
  let last: { key: string; at: number } | null = null;
  let before: { key: string; at: number } | null = null;
  return {
    see({ key, isStranger }: Asker, at: number): void {
      if (isStranger) return;
      if (last !== null && last.key !== key) before = last;
      last = { key, at };
    },
    isBeside({ key }: Asker, now: number): boolean {
      const other = last?.key === key ? before : last;
      return other !== null && now - other.at < THERE_MS;
    },
  };
}

/** What a desk owes to the others: for how long the first in its line waits. */
function consider({ beside }: TurnLimits, desks: ReadonlyMap<string, Desk>, clock: () => number) {
  const lately = countLately();
  const others = watchOthers();
  const pace = beside === null ? null : createRateLimiter(beside.pace);

  function givesWay({ key }: Asker): boolean {
    for (const [other, { working }] of desks)
      if (other !== key && working > 0 && lately.isBusier(key, other)) return true;
    return false;
  }

  return {
    see(asker: Asker): void {
      const now = clock();
      lately.see(asker.key, now);
      others.see(asker, now);
    },
    /** In milliseconds; when it is zero, a place in the pace is taken. */
    waitOf(desk: Desk): number {
      const { asker, working } = desk;
      const now = clock();
      if (beside === null || pace === null || !others.isBeside(asker, now)) return 0;
      if (working >= beside.atOnce || givesWay(asker)) {
        desk.waitsSince ??= now;
        const left = desk.waitsSince + beside.waitsMs - now;
        if (left > 0) return left;
      }
      return pace(asker.key, now);
    },
  };
}

/** Hands out turns; null where the line is full. */
export function createTurns(
  limits: TurnLimits,
  clock: () => number = () => performance.now(),
): (asker: Asker) => Turn | null {
  const { atOnce, inLine } = limits;
  const desks = new Map<string, Desk>();
  const others = consider(limits, desks, clock);

  function silence(desk: Desk): void {
    if (desk.alarm !== null) clearTimeout(desk.alarm);
    desk.alarm = null;
  }

  function start(desk: Desk): void {
    const place = desk.line.shift() as Place;
    desk.waitsSince = null;
    desk.working += 1;
    place.state = 'working';
    place.call();
  }

  /** Starts as many as may, and sees to it that the next is not forgotten. */
  function call(desk: Desk): void {
    silence(desk);
    while (desk.line.length > 0 && desk.working < atOnce) {
      const waitMs = others.waitOf(desk);
      if (waitMs > 0) {
        desk.alarm = setTimeout(() => call(desk), waitMs);
        return;
      }
      start(desk);
    }
  }

  function leave(desk: Desk, place: Place): void {
    const { state } = place;
    place.state = 'left';
    if (state === 'left') return;
    if (state === 'waiting') desk.line.splice(desk.line.indexOf(place), 1);
    else desk.working -= 1;
    if (desk.line.length === 0) silence(desk);
    if (desk.working === 0 && desk.line.length === 0) desks.delete(desk.asker.key);
    if (state === 'working') for (const waiting of desks.values()) call(waiting);
  }

  return (asker) => {
    others.see(asker);
    const desk = desks.get(asker.key) ?? { asker, working: 0, line: [], waitsSince: null, alarm: null };
    if (desk.line.length >= inLine) return null;
    desks.set(asker.key, desk);
    const place: Place = { state: 'waiting', call: () => undefined };
    const come = new Promise<void>((resolve) => {
      place.call = resolve;
    });
    desk.line.push(place);
    call(desk);
    return { come, leave: () => leave(desk, place) };
  };
}
