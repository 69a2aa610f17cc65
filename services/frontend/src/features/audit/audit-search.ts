// What the address of the audit page says: the filter, the page of the list, and whether the chain is to be walked.
export type Search = Readonly<Record<string, string | string[] | undefined>>;

export const auditFilters = ['command', 'actorId', 'subjectId', 'from', 'until'] as const;
export type AuditFilter = Record<(typeof auditFilters)[number], string | null>;

const textOf = (search: Search, name: string): string | null => {
  const value = search[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

export function auditFilter(search: Search): AuditFilter {
  return Object.fromEntries(auditFilters.map((name) => [name, textOf(search, name)])) as AuditFilter;
}

/** An entry noted elsewhere, "120:4f2a…", as two arguments; what is not one is left for the API to name. */
export function anchorOf(search: Search): { sequence: number | null; hash: string | null } {
  const [, sequence, hash] = /^(\d{1,9}):(\S+)$/.exec(textOf(search, 'anchor') ?? '') ?? [];
  return { sequence: sequence ? Number(sequence) : null, hash: hash ?? null };
}

export const pageOf = (search: Search) => ({
  after: textOf(search, 'after'),
  check: search['check'] === '1',
  anchor: textOf(search, 'anchor'),
});

export function auditHref(filter: AuditFilter, after: string | null = null): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, after })) if (value) query.set(name, value);
  return query.size === 0 ? '/audit' : `/audit?${query}`;
}
