// The id of the request that brought the page one is looking at, read where the browser keeps it: the page itself, or the
// last move to its address.
import { correlationTiming } from './header.ts';

export function requestIdOfPage(): string | null {
  const entries = [
    ...performance.getEntriesByType('navigation'),
    ...performance.getEntriesByType('resource'),
  ] as PerformanceResourceTiming[];
  const here = entries.findLast(
    ({ name, serverTiming }) =>
      new URL(name).pathname === location.pathname &&
      serverTiming.some((one) => one.name === correlationTiming),
  );
  return here?.serverTiming.find((one) => one.name === correlationTiming)?.description ?? null;
}
