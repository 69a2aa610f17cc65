// Turns at a desk: of one cooperative so many requests are worked on at once, and the others of it wait in line. Beside
// others it gets fewer, and who has asked much gives way to who has asked little: their next request waits while one of
// a quieter cooperative is worked on. Nobody gives way for long, so that many quiet ones don't stop a busy one.
export interface Turn {
  /** Resolves when it is this one's turn; never when it left the line before. */
  readonly come: Promise<void>;
  /** Ends the turn, or the waiting for it. Leaving twice changes nothing. */
  leave(): void;
}

export interface TurnLimits {
  readonly atOnce: number;
  /** As many while another cooperative has asked within the last second. */
  readonly besideOthers: number;
  /** How many may wait in one line; who comes after them is sent away. */
  readonly inLine: number;
  /** How long the first in a line gives way to quieter ones, in milliseconds. */
  readonly givesWayMs: number;
}

interface Place {
  state: 'waiting' | 'working' | 'left';
  call: () => void;
}

interface Desk {
  working: number;
  readonly line: Place[];
  /** When the first in line is called although quieter ones are still at work. */
  patience: NodeJS.Timeout | null;
}

const WINDOW_MS = 1_000;
/** Who asks more than twice as much as another, and a few times more, is the busier of the two; less is chance. */
const BUSIER = { times: 2, more: 5 };

/** Who asked within the last second, and how often. */
function lastSecond(clock: () => number) {
  const asked: { key: string; at: number }[] = [];
  const counts = new Map<string, number>();
  let oldest = 0;
  function forget(): void {
    const since = clock() - WINDOW_MS;
    for (let first = asked[oldest]; first !== undefined && first.at <= since; first = asked[oldest]) {
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
    see(key: string): void {
      asked.push({ key, at: clock() });
      counts.set(key, (counts.get(key) ?? 0) + 1);
      forget();
    },
    isBeside(key: string): boolean {
      forget();
      return counts.size > (counts.has(key) ? 1 : 0);
    },
    isBusier(key: string, than: string): boolean {
      return (counts.get(key) ?? 0) > BUSIER.times * (counts.get(than) ?? 0) + BUSIER.more;
    },
  };
}

/** Hands out turns per key; null where the line is full. */
export function createTurns(
  { atOnce, besideOthers, inLine, givesWayMs }: TurnLimits,
  clock: () => number = () => performance.now(),
): (key: string) => Turn | null {
  const desks = new Map<string, Desk>();
  const asked = lastSecond(clock);
  const limitOf = (key: string) => (asked.isBeside(key) ? Math.min(besideOthers, atOnce) : atOnce);

  function givesWay(key: string): boolean {
    for (const [other, { working }] of desks) {
      if (other !== key && working > 0 && asked.isBusier(key, other)) return true;
    }
    return false;
  }

  function endPatience(desk: Desk): void {
    if (desk.patience !== null) clearTimeout(desk.patience);
    desk.patience = null;
  }

  function start(key: string, desk: Desk): void {
    const place = desk.line.shift() as Place;
    endPatience(desk);
    desk.working += 1;
    place.state = 'working';
    place.call();
    call(key, desk);
  }

  /** Starts whoever may: the first in line, and by starting them the next. */
  function call(key: string, desk: Desk): void {
    if (desk.line.length === 0 || desk.working >= limitOf(key)) return;
    if (!givesWay(key)) start(key, desk);
    else desk.patience ??= setTimeout(() => start(key, desk), givesWayMs);
  }

  function leave(key: string, desk: Desk, place: Place): void {
    if (place.state === 'waiting') desk.line.splice(desk.line.indexOf(place), 1);
    const hasWorked = place.state === 'working';
    place.state = 'left';
    if (hasWorked) desk.working -= 1;
    if (desk.line.length === 0) endPatience(desk);
    if (desk.working === 0 && desk.line.length === 0) desks.delete(key);
    if (hasWorked) for (const [each, waiting] of desks) call(each, waiting);
  }

  return (key) => {
    asked.see(key);
    const desk = desks.get(key) ?? { working: 0, line: [], patience: null };
    if (desk.line.length >= inLine) return null;
    desks.set(key, desk);
    const place: Place = { state: 'waiting', call: () => undefined };
    const come = new Promise<void>((resolve) => {
      place.call = resolve;
    });
    desk.line.push(place);
    call(key, desk);
    return { come, leave: () => leave(key, desk, place) };
  };
}
