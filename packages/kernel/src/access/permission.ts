/**
 * Questions to the permission matrix: may this actor act, may that one be the second person, and is a
 * second person needed at all. The commands and the API's field guards ask the same three functions.
 */
import { absolute, parseMoney } from '../exact/money.ts';
import { hasRole, isSamePerson } from './actor.ts';
import type { Actor, Role } from './actor.ts';
import { grantOf } from './permission-matrix.ts';
import type { Act } from './permission-matrix.ts';

/**
 * True when the actor's roles allow the act at all. The system may do everything (its handlers carry
 * out what people decided before); an agent may do what its key was given as long as the person it acts
 * for may, and never what a human being has to decide. Ownership, reasons and second persons are asked
 * separately, because they need the thing acted upon.
 */
export function may(actor: Actor, act: Act): boolean {
  if (actor.kind === 'system') return true;
  const grant = grantOf(act);
  if (actor.kind === 'agent' && (grant.humanOnly || !actor.scopes?.includes(act))) return false;
  return hasRole(actor, ...grant.who);
}

/**
 * True when the actor may be the second person of an act somebody else began: another human being of
 * the same cooperative with one of the seconding roles. Neither agents nor the system ever second.
 */
export function maySecond(actor: Actor, act: Act, first: Actor): boolean {
  if (actor.kind !== 'person' || actor.cooperativeId !== first.cooperativeId) return false;
  if (isSamePerson(actor, first)) return false;
  const grant = grantOf(act);
  return hasRole(actor, ...(grant.second ?? grant.who));
}

/**
 * The limit that keeps the actor from doing this act, or being its second person, for such an amount in minor units; null
 * when nothing does. Of several roles that allow it the widest counts; `also` names those that do beside the table's.
 */
export function limitBelow(
  actor: Actor,
  act: Act,
  amountMinor: bigint,
  also: readonly Role[] = [],
): bigint | null {
  const { who, second = [] } = grantOf(act);
  const allowing = [...who, ...second, ...also];
  const held = actor.roles.filter((role) => allowing.includes(role));
  const limits = held.map((role) => actor.limits?.[role]);
  if (limits.length === 0) return null;
  let widest = 0n;
  for (const limit of limits) {
    if (limit === undefined) return null;
    if (limit > widest) widest = limit;
  }
  return absolute(amountMinor) > widest ? widest : null;
}

export type OverRoleLimit = { readonly code: 'OVER_ROLE_LIMIT'; readonly limitMinor: string };

/** The refusal of an act the actor's limit does not reach; null when it does. Arguments as of `limitBelow`. */
export function overRoleLimit(...asked: Parameters<typeof limitBelow>): OverRoleLimit | null {
  const limit = limitBelow(...asked);
  return limit === null ? null : { code: 'OVER_ROLE_LIMIT', limitMinor: limit.toString() };
}

export interface DualFacts {
  /** Magnitude that counts against the line, in minor units; the sign does not matter. */
  readonly amountMinor: bigint;
  /** Minor-unit digits of the currency. */
  readonly digits: number;
  /** Contribution kind, where the line depends on it (`in_kind`). */
  readonly kind?: string;
  /** The cooperative's own line in minor units, when its policy differs from the table's. */
  readonly thresholdMinor?: bigint;
}

/**
 * True when the act needs a second person: always for some, from a threshold on (the threshold itself
 * included) for others. Acts with a threshold need the amount; without facts they are taken as needing
 * two, so that a forgotten amount never weakens the rule.
 */
export function needsSecondPerson(act: Act, facts?: DualFacts): boolean {
  const { dual } = grantOf(act);
  if (dual === 'never' || dual === 'always') return dual === 'always';
  if (!facts) return true;
  return absolute(facts.amountMinor) >= (facts.thresholdMinor ?? dualThresholdMinor(act, facts));
}

/** The table's line of an act in minor units of a currency; zero for acts that always need two, or never. */
export function dualThresholdMinor(act: Act, facts: Pick<DualFacts, 'digits' | 'kind'>): bigint {
  const { dual } = grantOf(act);
  if (typeof dual === 'string') return 0n;
  const major = (facts.kind !== undefined ? dual.fromMajorByKind?.[facts.kind] : undefined) ?? dual.fromMajor;
  const parsed = parseMoney(major, facts.digits);
  if (!parsed.ok) throw new Error(`the threshold "${major}" of ${act} is not an amount`);
  return parsed.value;
}
