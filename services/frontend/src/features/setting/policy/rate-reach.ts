// What a rate reaches: a kind, a category of it or all, a member or all. Of the rules of one reach one counts today; those
// before it stay on record and are in force no more.
interface Reaching {
  readonly kind: string;
  readonly category: string | null;
  readonly member: { readonly displayName: string } | null;
  /** True of every rule that was ever put in force, also of one that begins later. */
  readonly inForce: boolean;
  readonly effectiveFrom: string;
}

/** Rules of the same kind, category and member, the newest first, as the API lists them. */
export function reachesOf<Rule extends Reaching>(rules: readonly Rule[]): Rule[][] {
  const reachOf = ({ kind, category, member }: Rule) =>
    [kind, category?.toLowerCase() ?? '', member?.displayName ?? ''].join('\n');
  const reaches = new Map<string, Rule[]>();
  for (const rule of rules) reaches.set(reachOf(rule), [...(reaches.get(reachOf(rule)) ?? []), rule]);
  return [...reaches.values()];
}

/** The one of a reach that counts on a day. */
export function countsOn<Rule extends Reaching>(reach: readonly Rule[], day: string): Rule | undefined {
  return reach.find((rule) => rule.inForce && rule.effectiveFrom <= day);
}

/** How many rates count on a day: one of each reach. */
export function ratesOn(rules: readonly Reaching[], day: string): number {
  return reachesOf(rules).filter((reach) => countsOn(reach, day) !== undefined).length;
}
