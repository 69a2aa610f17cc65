// Where the two bases differ at a day, account by account and member by member, with the §704(c) layers behind it: what
// contributed property is worth beyond what it cost its owner stays with that member (26 CFR 1.704-3(a)).
import { sum } from '@habitat/kernel';
import type { Layer704c } from '../layer-704c/layer.store.ts';
import type { AccountBalance, Bases, ReportLine } from './report.ts';
import { asRead } from './report.ts';

export interface DivergenceLine extends ReportLine {
  /** Tax less book. */
  readonly differenceMinor: bigint;
}

export interface MemberDivergence extends Bases {
  readonly memberId: string;
  readonly accountId: string;
  readonly differenceMinor: bigint;
  /** What of it is built-in gain of property this member brought; book less tax. */
  readonly builtInGainMinor: bigint;
  readonly layers: readonly Layer704c[];
}

export interface Divergence {
  /** Leaves whose bases differ, by code. */
  readonly lines: readonly DivergenceLine[];
  /** Members whose capital differs or who have a layer, by the code of their capital. */
  readonly members: readonly MemberDivergence[];
}

/** Tax less book of every leaf, and of each member's capital with their layers. */
export function divergence(balances: readonly AccountBalance[], layers: readonly Layer704c[]): Divergence {
  const all = balances.map((balance) => {
    const line = asRead(balance);
    return { ...line, differenceMinor: line.taxMinor - line.bookMinor };
  });
  const byMember = new Map<string, Layer704c[]>();
  for (const layer of layers) byMember.set(layer.memberId, [...(byMember.get(layer.memberId) ?? []), layer]);
  const members = all.flatMap(({ memberId, accountId, bookMinor, taxMinor, differenceMinor }) => {
    if (memberId === null) return [];
    const own = byMember.get(memberId) ?? [];
    const builtInGainMinor = sum(own.map((layer) => layer.builtInGainMinor));
    return [{ memberId, accountId, bookMinor, taxMinor, differenceMinor, builtInGainMinor, layers: own }];
  });
  return {
    lines: all.filter(({ differenceMinor }) => differenceMinor !== 0n),
    members: members.filter(({ differenceMinor, layers: own }) => differenceMinor !== 0n || own.length > 0),
  };
}
