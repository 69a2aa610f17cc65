// Turns at a desk: of one cooperative so many requests are worked on at once, and the others of it wait in line. However
// much one cooperative asks, there are connections and moments left for the rest: fewer at once while others ask too.
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
}

interface Place {
  state: 'waiting' | 'working' | 'left';
  call: () => void;
}

interface Desk {
  working: number;
  readonly line: Place[];
}

const OTHERS_MS = 1_000;

/** Who came last, and before them somebody else: enough to know whether a key has company, however many there are. */
function companyOf(clock: () => number): { see(key: string): void; isBeside(key: string): boolean } {
  let latest = { key: '', at: Number.NEGATIVE_INFINITY };
  let before = latest;
  return {
    see(key) {
      if (key !== latest.key) before = latest;
      latest = { key, at: clock() };
    },
    isBeside(key) {
      const other = latest.key === key ? before : latest;
      return clock() - other.at < OTHERS_MS;
    },
  };
}

/** Hands out turns per key; null where the line is full. */
export function createTurns(
  { atOnce, besideOthers, inLine }: TurnLimits,
  clock: () => number = () => performance.now(),
): (key: string) => Turn | null {
  const desks = new Map<string, Desk>();
  const company = companyOf(clock);
  const limitOf = (key: string) => (company.isBeside(key) ? Math.min(besideOthers, atOnce) : atOnce);

  function start(desk: Desk, place: Place): void {
    desk.working += 1;
    place.state = 'working';
    place.call();
  }

  function leave(key: string, desk: Desk, place: Place): void {
    if (place.state === 'waiting') desk.line.splice(desk.line.indexOf(place), 1);
    if (place.state === 'working') {
      desk.working -= 1;
      // More than one where the others have gone quiet meanwhile.
      while (desk.line.length > 0 && desk.working < limitOf(key)) start(desk, desk.line.shift() as Place);
      if (desk.working === 0) desks.delete(key);
    }
    place.state = 'left';
  }

  return (key) => {
    company.see(key);
    const desk = desks.get(key) ?? { working: 0, line: [] };
    if (desk.line.length >= inLine) return null;
    desks.set(key, desk);
    const place: Place = { state: 'waiting', call: () => undefined };
    const come = new Promise<void>((resolve) => {
      place.call = resolve;
    });
    if (desk.working < limitOf(key)) start(desk, place);
    else desk.line.push(place);
    return { come, leave: () => leave(key, desk, place) };
  };
}
