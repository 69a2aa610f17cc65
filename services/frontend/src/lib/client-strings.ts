// Which part of the catalogue travels to the browser: only what components that run there say. The rest is printed on the
// server and never sent.
const namespaces = [
  'approvals',
  'contribution',
  'distributions',
  'draft',
  'keys',
  'kind',
  'log',
  'outcome',
  'posting',
  'shell',
  'signIn',
  'state',
  'status',
  'week',
  'whatIf',
] as const;

export function clientStrings<Strings extends object>(strings: Strings): Partial<Strings> {
  const wanted: readonly string[] = namespaces;
  return Object.fromEntries(
    Object.entries(strings).filter(([name]) => wanted.includes(name)),
  ) as Partial<Strings>;
}
