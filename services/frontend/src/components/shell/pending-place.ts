// The place somebody is on their way to, told by the link they pressed once it has taken 300 ms.
const tellAfterMs = 300;

let place: string | null = null;
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function change(next: string | null): void {
  if (next === place) return;
  place = next;
  for (const listener of listeners) listener();
}

export const pendingPlace = {
  now: (): string | null => place,
  subscribe(listener: () => void): () => void {
    listeners.add(listener);
    return () => listeners.delete(listener);
  },
  /** Says where somebody goes; the function it returns says that they have arrived or turned elsewhere. */
  going(href: string): () => void {
    clearTimeout(timer);
    timer = setTimeout(() => change(href), tellAfterMs);
    return () => {
      clearTimeout(timer);
      change(null);
    };
  },
};
