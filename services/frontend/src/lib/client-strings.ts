// Which part of the catalogue travels to the browser: only what components that run there say. The rest is printed on the
// server and never sent. What a part of the site alone needs comes with its layout, see `Rooms`; what a toast may
// say after its page is gone comes with every page.
export const roomsEverywhere = [
  'draft',
  'keys',
  'kind',
  'log',
  'outcome',
  'shell',
  'state',
  'status',
] as const;

export function clientStrings<Strings extends object>(
  strings: Strings,
  rooms: readonly (keyof Strings & string)[] = [],
): Partial<Strings> {
  const wanted: readonly string[] = [...roomsEverywhere, ...rooms];
  return Object.fromEntries(
    Object.entries(strings).filter(([name]) => wanted.includes(name)),
  ) as Partial<Strings>;
}
