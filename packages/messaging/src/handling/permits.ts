// Bounds how many batches a process handles at the same time, and lets a suspected event have the process
// to itself, so that a crash points at one event only.

export interface Permits {
  /** Runs work under one permit. */
  shared<T>(work: () => Promise<T>): Promise<T>;
  /** Runs work under all permits: nothing else runs meanwhile. */
  alone<T>(work: () => Promise<T>): Promise<T>;
}

/** Permits handed out in the order they were asked for, so that `alone` is never starved. */
export function openPermits(count: number): Permits {
  let free = count;
  const waiting: { readonly wanted: number; readonly go: () => void }[] = [];

  function admit(): void {
    for (let next = waiting[0]; next !== undefined && next.wanted <= free; next = waiting[0]) {
      waiting.shift();
      free -= next.wanted;
      next.go();
    }
  }

  async function under<T>(wanted: number, work: () => Promise<T>): Promise<T> {
    await new Promise<void>((go) => {
      waiting.push({ wanted, go });
      admit();
    });
    try {
      return await work();
    } finally {
      free += wanted;
      admit();
    }
  }

  return { shared: (work) => under(1, work), alone: (work) => under(count, work) };
}
