// A line for what takes memory as long as it goes on: so many at once, and of one person one after the other, so that
// nobody's slow connection fills it.
interface Place {
  readonly key: string;
  readonly start: () => void;
}

/** How many of one person may wait; who comes after them is sent away. */
const MOST_WAITING = 3;

/** Does `work` when its turn has come; answers null when as many of this key wait already. */
export type Line = <T>(key: string, work: () => Promise<T>) => Promise<T | null>;

/** Makes a line of which `atOnce` are served at the same time. */
export function createLine(atOnce: number): Line {
  const waiting: Place[] = [];
  const served = new Set<string>();

  function serveNext(): void {
    for (const place of [...waiting]) {
      if (served.size >= atOnce) return;
      if (served.has(place.key)) continue;
      waiting.splice(waiting.indexOf(place), 1);
      served.add(place.key);
      place.start();
    }
  }

  return async (key, work) => {
    if (waiting.filter((place) => place.key === key).length >= MOST_WAITING) return null;
    await new Promise<void>((start) => {
      waiting.push({ key, start });
      serveNext();
    });
    try {
      return await work();
    } finally {
      served.delete(key);
      serveNext();
    }
  };
}
