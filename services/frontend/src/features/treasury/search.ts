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

/** The same days a year before; the 29th of February becomes the 28th. */
export function yearBefore(day: string): string {
  const year = String(Number(day.slice(0, 4)) - 1).padStart(4, '0');
  return day.slice(5) === '02-29' ? `${year}-02-28` : `${year}${day.slice(4)}`;
}

/** The days an income statement speaks of: those asked for, else this year so far; and the same a year before. */
export function incomeDays(search: Search, today = new Date().toISOString().slice(0, 10)) {
  const to = dayOf(search, 'to') ?? today;
  const asked = dayOf(search, 'from');
  const from = asked !== null && asked <= to ? asked : `${to.slice(0, 4)}-01-01`;
  return {
    from,
    to,
    fromBefore: yearBefore(from),
    toBefore: yearBefore(to),
    compare: search.compare === 'year',
  };
}
