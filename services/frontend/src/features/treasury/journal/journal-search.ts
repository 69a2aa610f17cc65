// Which part of the journal an address asks for: its filters, as the API takes them.
import { addressOf, dayOf, textOf } from '../search.ts';
import type { Search } from '../search.ts';

export const sources = [
  'manual',
  'contribution',
  'close',
  'distribution',
  'import',
  'opening',
  'reversal',
  'correction',
] as const;

export function journalFilter(search: Search) {
  const source = textOf(search, 'source');
  return {
    search: textOf(search, 'search'),
    from: dayOf(search, 'from'),
    to: dayOf(search, 'to'),
    accountId: textOf(search, 'account'),
    memberId: textOf(search, 'member'),
    source: sources.find((one) => one === source) ?? null,
    amount: amountOf(textOf(search, 'amount')),
  };
}

/** An amount as people type it, "$1,200" or "1200.5"; anything else is left out rather than sent on. */
function amountOf(typed: string | null): string | null {
  const plain = typed?.replace(/[\s,$€£]/g, '') ?? '';
  return /^-?\d{1,15}(\.\d{1,3})?$/.test(plain) ? plain : null;
}

export type JournalFilter = ReturnType<typeof journalFilter>;

/** The address of the same part of the journal, and what else is asked of it. */
export function journalHref(
  filter: JournalFilter,
  more: Record<string, string | null> = {},
  path = '/treasury/journal',
) {
  const { accountId, memberId, ...rest } = filter;
  return addressOf(path, { ...rest, account: accountId, member: memberId, ...more });
}

const sourceOfCause: Readonly<Record<string, (typeof sources)[number]>> = {
  work: 'contribution',
  cash: 'contribution',
  in_kind: 'contribution',
  surplus: 'close',
  paid_out: 'distribution',
};

/** The entries behind a figure of a member's capital: of one cause, over some days. */
export function capitalHref(
  memberId: string,
  { cause, from, to }: { cause?: string; from?: string; to?: string } = {},
): string {
  const source = cause === undefined ? null : (sourceOfCause[cause] ?? null);
  return addressOf('/treasury/journal', { member: memberId, source, from, to });
}
