// Turns at a desk: of one cooperative so many requests are worked on at once, and the others of it wait in line. However
// much one cooperative asks, there are connections and moments left for the rest.
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
}

interface Place {
  state: 'waiting' | 'working' | 'left';
  call: () => void;
}

interface Desk {
  working: number;
  readonly line: Place[];
}

/** Hands out turns per key; null where the line is full. */
export function createTurns({ atOnce, inLine }: TurnLimits): (key: string) => Turn | null {
  const desks = new Map<string, Desk>();

  function start(desk: Desk, place: Place): void {
    desk.working += 1;
    place.state = 'working';
    place.call();
  }

  function leave(key: string, desk: Desk, place: Place): void {
    if (place.state === 'waiting') desk.line.splice(desk.line.indexOf(place), 1);
    if (place.state === 'working') {
      desk.working -= 1;
      const next = desk.line.shift();
      if (next !== undefined) start(desk, next);
      if (desk.working === 0) desks.delete(key);
    }
    place.state = 'left';
  }

  return (key) => {
    const desk = desks.get(key) ?? { working: 0, line: [] };
    if (desk.line.length >= inLine) return null;
    desks.set(key, desk);
    const place: Place = { state: 'waiting', call: () => undefined };
    const come = new Promise<void>((resolve) => {
      place.call = resolve;
    });
    if (desk.working < atOnce) start(desk, place);
    else desk.line.push(place);
    return { come, leave: () => leave(key, desk, place) };
  };
}
