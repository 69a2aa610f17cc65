// The contributions file: one row per thing given, logged for a member whose address is named. It is submitted like
// any other and waits for its reviewers: an import approves nothing.
import { contributionKind } from '@habitat/events';
import { day, emailAddress, oneOf, optional, required, text } from './column.ts';
import type { Fault } from './fault.ts';
import type { Row } from './table.ts';
import { readTable } from './table.ts';

export const contributionColumns = {
  member_email: required('whose it is', emailAddress),
  kind: required(
    'labor, expertise, cash, in_kind, revenue, relationship or community',
    oneOf(contributionKind.options),
  ),
  category: optional('such as Engineering', text(80), null as string | null),
  quantity: required('hours (6, 1:30, 90 min), units, or money', text(40)),
  worked_on: required('day of the work, YYYY-MM-DD', day),
  description: required('one line', text(2_000)),
  value: optional('fair market value, where its rule asks for one', text(40), null as string | null),
  cost_basis: optional('in kind: what it cost its giver', text(40), null as string | null),
  evidence_url: optional('link to a document', text(2_000), null as string | null),
  late_reason: optional('after the grace: why it is taken all the same', text(500), null as string | null),
};

export type ContributionRow = Row<typeof contributionColumns>;

/** Reads a contributions file; amounts and hours are read by people, who know the rule of the day. */
export function readContributionFile(file: string): {
  rows: readonly ContributionRow[];
  faults: readonly Fault[];
} {
  return readTable(file, contributionColumns);
}
