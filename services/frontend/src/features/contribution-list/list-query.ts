// What a list of contributions is asked for: read from its address and written back into it, so that a filtered list can
// be kept, shared and taken away as a file.
import { isLocalDate } from '@habitat/kernel';
import type { Kind } from '../contribution/kind.ts';
import { isKind } from '../contribution/kind.ts';

export const statusGroups = {
  all: [],
  waiting: ['SUBMITTED', 'CLARIFICATION'],
  drafts: ['DRAFT'],
  posted: ['APPROVED', 'VALUED', 'APPLIED', 'RESOLVED'],
  closed: ['REJECTED', 'WITHDRAWN', 'DISPUTED'],
} as const;

export type StatusGroup = keyof typeof statusGroups;

export type ListQuery = {
  status: StatusGroup;
  period: string | null;
  kind: Kind | null;
  category: string | null;
  from: string | null;
  to: string | null;
  search: string | null;
  after: string | null;
  /** Somebody else's, for those who see all. */
  member: string | null;
};

/** Reads an address; what is not understood there is left out rather than refused. */
export function readListQuery(search: Readonly<Record<string, string | undefined>>): ListQuery {
  const text = (name: string) => search[name]?.trim() || null;
  const day = (name: string) => {
    const value = text(name);
    return value && isLocalDate(value) ? value : null;
  };
  const status = text('status');
  const kind = text('kind');
  return {
    status: status !== null && status in statusGroups ? (status as StatusGroup) : 'all',
    period: text('period'),
    kind: kind !== null && isKind(kind) ? kind : null,
    category: text('category'),
    from: day('from'),
    to: day('to'),
    search: text('search'),
    after: text('after'),
    member: text('member'),
  };
}

/** The same list with some of it changed. A changed filter begins at the newest again. */
export function listAddress(
  query: ListQuery,
  change: Partial<ListQuery> = {},
  path = '/contributions',
): string {
  const parts = new URLSearchParams();
  for (const [name, value] of Object.entries({ ...query, after: null, ...change })) {
    if (value !== null && value !== 'all') parts.set(name, value);
  }
  return parts.size > 0 ? `${path}?${parts.toString()}` : path;
}

/** How much is set that neither the rows of links nor the words looked for show. */
export const narrowings = ({ kind, category, from, to }: ListQuery): number =>
  [kind, category, from, to].filter((value) => value !== null).length;

/** The variables of the list's document. */
export const variablesOf = (query: ListQuery) => ({
  periodId: query.period,
  status: query.status === 'all' ? null : [...statusGroups[query.status]],
  kind: query.kind,
  category: query.category,
  from: query.from,
  to: query.to,
  search: query.search,
  after: query.after,
});
