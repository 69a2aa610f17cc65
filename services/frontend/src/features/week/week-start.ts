// What a week's grid begins with: the choices counted in hours, lines like those of the last fortnight, and what is logged
// in each of its days already.
import { unitOf } from '../log/log-entry.ts';
import type { WeekRow } from './week-grid.ts';
import { dayOf, daysOfWeek, emptyHours, fewestRows, whatOf } from './week-grid.ts';
import type { WeekPage } from './week.documents.ts';

export type WeekChoice = { kind: string; categories: readonly string[] };

export function choicesOf({ contributionOptions }: WeekPage): WeekChoice[] {
  return contributionOptions.kinds
    .filter(({ unit, categories }) => unitOf(unit) === 'hour' && categories.length > 0)
    .map(({ kind, categories }) => ({ kind, categories: categories.map(({ category }) => category) }));
}

const counts = (status: string) => !/WITHDRAWN|REJECTED/.test(status);

/** One line for each kind and category of these days, then the last used one, up to the fewest lines a grid has. */
export function startRows(page: WeekPage): WeekRow[] {
  const known = choicesOf(page).flatMap(({ kind, categories }) =>
    categories.map((category) => whatOf(kind, category)),
  );
  const { lastKind, lastCategory } = page.contributionOptions;
  const recent = page.contributions.edges.map(({ node }) => whatOf(node.kind, node.category));
  const last = lastKind && lastCategory ? [whatOf(lastKind, lastCategory)] : [];
  const wanted = [...new Set([...recent, ...last])].filter((what) => known.includes(what));
  const first = wanted[0] ?? known[0] ?? '';
  return Array.from({ length: fewestRows }, (_, at) => ({
    what: wanted[at] ?? first,
    description: '',
    hours: emptyHours(),
  }));
}

/** Hours logged in each of the seven days before this grid. */
export function loggedByDay({ contributions }: WeekPage, monday: string): string[][] {
  return daysOfWeek.map((day) =>
    contributions.edges
      .filter(
        ({ node }) =>
          node.workedOn === dayOf(monday, day) && unitOf(node.unit) === 'hour' && counts(node.status),
      )
      .map(({ node }) => node.quantity),
  );
}
