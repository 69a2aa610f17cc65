// What the address of the audit page says: the filter, the page of the list, and whether the chain is to be walked.
export type Search = Readonly<Record<string, string | string[] | undefined>>;

const auditFilters = ['command', 'actorId', 'subjectId', 'rule', 'from', 'until'] as const;
export type AuditFilter = Record<(typeof auditFilters)[number], string | null>;

const textOf = (search: Search, name: string): string | null => {
  const value = search[name];
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : null;
};

export function auditFilter(search: Search): AuditFilter {
  return Object.fromEntries(auditFilters.map((name) => [name, textOf(search, name)])) as AuditFilter;
}

/** Where the list begins, and the end of the chain somebody noted, "120:4f2a…", to check it against. */
export function pageOf(search: Search) {
  const noted = textOf(search, 'anchor');
  const [, sequence, hash] = /^(\d{1,9}):(\S+)$/.exec(noted ?? '') ?? [];
  return {
    after: textOf(search, 'after'),
    check: search['check'] === '1',
    noted,
    /** Null as well for a note that doesn't read like one. */
    anchor: sequence && hash ? { sequence: Number(sequence), hash } : null,
  };
}

/** A version of a rule as the trail names it: "approval:3", or with the id of one of many, "valuation_rule:0f3a…:2". */
export function ruleParts(rule: string): { name: string; version: string; id: string } {
  const [name = '', ...rest] = rule.split(':');
  const version = rest.pop() ?? '';
  // The end of an id tells it from others; its beginning is the time it was made at.
  return { name, version, id: rest.join(':').slice(-6) };
}

/** The page, or what else is asked for by the same filter. */
export function auditHref(filter: AuditFilter, after: string | null = null, path = '/audit'): string {
  const query = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...filter, after })) if (value) query.set(name, value);
  return query.size === 0 ? path : `${path}?${query}`;
}
