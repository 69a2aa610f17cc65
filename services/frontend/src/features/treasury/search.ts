// What an address of the books asks for. Anything that is not a day is left out rather than sent on.
export type Search = Record<string, string | string[] | undefined>;

export function dayOf(search: Search, name: string): string | null {
  const value = search[name];
  if (typeof value !== 'string' || !/^\d{4}-\d{2}-\d{2}$/.test(value)) return null;
  return Number.isNaN(Date.parse(value)) ? null : value;
}

export function textOf(search: Search, name: string): string | null {
  const value = search[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
}

/** An address with what is not empty. */
export function addressOf(path: string, values: Record<string, string | null | undefined>): string {
  const query = new URLSearchParams(
    Object.entries(values).filter((entry): entry is [string, string] => Boolean(entry[1])),
  );
  return query.size > 0 ? `${path}?${query.toString()}` : path;
}

export function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10);
}

/**
 * The days an address asks a report for, and whether beside those of a year before. What it leaves out is the API's to
 * say: only there is it known which day it is where the cooperative lives.
 */
export function askedDays(search: Search) {
  const [asked, to] = [dayOf(search, 'from'), dayOf(search, 'to')];
  const from = asked !== null && to !== null && asked > to ? null : asked;
  return { from, to, compare: search.compare === 'year' };
}
