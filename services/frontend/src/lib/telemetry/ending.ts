// Whether this server is about to end, and what must be let go before it can. Next gives pages and instrumentation
// copies of a module each, so both look at one place of the process.
interface Ending {
  begun: boolean;
  readonly streams: Set<() => void>;
}

const place = Symbol.for('habitat.ending');

function ending(): Ending {
  const here = globalThis as { [place]?: Ending };
  return (here[place] ??= { begun: false, streams: new Set() });
}

/** True once the server was asked to end: whoever stands in front shall send people elsewhere. */
export const isEnding = (): boolean => ending().begun;

export function beginEnding(): void {
  ending().begun = true;
}

/** What lasts as long as somebody listens is ended by the server; the answer takes it off the list. */
export function endWithServer(end: () => void): () => void {
  ending().streams.add(end);
  return () => ending().streams.delete(end);
}

export function endStreams(): void {
  for (const end of [...ending().streams]) end();
}
