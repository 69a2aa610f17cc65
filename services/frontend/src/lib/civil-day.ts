// The civil day an instant falls on where the cooperative lives: "2026-06-28". Days of other years are told with it.
const formats = new Map<string, Intl.DateTimeFormat>();

export function dayIn(timeZone: string, instant: string): string {
  let format = formats.get(timeZone);
  if (format === undefined) {
    // The Canadian way of writing a day is the one the books use.
    format = new Intl.DateTimeFormat('en-CA', {
      timeZone,
      year: 'numeric',
      month: '2-digit',
      day: '2-digit',
    });
    formats.set(timeZone, format);
  }
  return format.format(new Date(instant));
}

/** The first day of a month (1 to 12), for telling it without a year. */
export const firstOf = (month: number): string => `2026-${String(month).padStart(2, '0')}-01`;
