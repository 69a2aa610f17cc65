// Setting rates. The first rule for a kind of work may begin on any day; a change is announced with notice, so that
// nobody's work is revalued behind their back. Notice may be waived by two administrators.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { contributionKind } from '@habitat/events';
import type { LocalDate, Result } from '@habitat/kernel';
import {
  accept,
  addDays,
  isLocalDate,
  isSamePerson,
  isWithinMoneyBound,
  may,
  newId,
  normalizeDecimal,
  parseDecimal,
  parseMoney,
  refuse,
  refuseAll,
} from '@habitat/kernel';
import { isUuid } from '../contribution/command-facts.ts';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import { lockCooperative, lockMember } from '../member/member.store.ts';
import { findPolicyOn } from '../policy/policy.store.ts';
import { isOverdue } from '../waiting/overdue.ts';
import type { FormulaRefusal } from './formula.ts';
import { checkFormula } from './formula.ts';
import type { ValuationMethod, ValuationRule } from './valuation-rule.ts';
import { isSameCategory } from './valuation-rule.ts';
import type { StoredRule } from './valuation-rule.store.ts';
import { insertRule, insertRuleSignature, listStoredRules } from './valuation-rule.store.ts';

export interface SetRuleInput {
  readonly kind: string;
  /** Absent covers every category. */
  readonly category?: string | null | undefined;
  /** Absent covers every member. */
  readonly memberId?: string | null | undefined;
  readonly method: string;
  /** Major units per hour, unit or unit of money. */
  readonly rate?: string | null | undefined;
  /** Major units. */
  readonly fixedValue?: string | null | undefined;
  readonly expression?: string | null | undefined;
  readonly effectiveFrom: string;
  readonly rationale: string;
  /** Begins before its notice has run; a second administrator has to sign it first. */
  readonly waiveNotice?: boolean | undefined;
}

type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: string };
export type SetRuleRefusal =
  | Forbidden
  | { readonly code: 'UNKNOWN_KIND'; readonly field: 'kind' }
  | { readonly code: 'RATIONALE_REQUIRED'; readonly field: 'rationale' }
  | { readonly code: 'NOT_A_DATE'; readonly field: 'effectiveFrom' }
  | { readonly code: 'UNKNOWN_METHOD'; readonly field: 'method' }
  | { readonly code: 'NOT_A_RATE'; readonly field: 'rate' }
  | { readonly code: 'NOT_AN_AMOUNT'; readonly field: 'fixedValue' }
  | (FormulaRefusal & { readonly field: 'expression' })
  | { readonly code: 'MEMBER_NOT_FOUND'; readonly field: 'memberId' }
  | {
      readonly code: 'NOTICE_TOO_SHORT';
      readonly field: 'effectiveFrom';
      readonly earliest: string;
      readonly noticeDays: number;
    };

type Terms = Pick<ValuationRule, 'method' | 'rate' | 'fixedMinor' | 'expression'>;

function readTerms(input: SetRuleInput, digits: number): Result<Terms, SetRuleRefusal> {
  const none = { rate: null, fixedMinor: null, expression: null };
  switch (input.method.toLowerCase() as ValuationMethod) {
    case 'rate': {
      const rate = parseDecimal(input.rate ?? '', { maxScale: 6 });
      const bounded = rate.ok && rate.value.coefficient >= 0n && isWithinMoneyBound(rate.value.coefficient);
      return bounded
        ? accept({ ...none, method: 'rate', rate: normalizeDecimal(rate.value) })
        : refuse({ code: 'NOT_A_RATE', field: 'rate' });
    }
    case 'fixed': {
      const fixed = parseMoney(input.fixedValue ?? '', digits);
      return fixed.ok && fixed.value >= 0n
        ? accept({ ...none, method: 'fixed', fixedMinor: fixed.value })
        : refuse({ code: 'NOT_AN_AMOUNT', field: 'fixedValue' });
    }
    case 'formula': {
      const expression = input.expression?.trim() ?? '';
      const checked = checkFormula(expression);
      return checked.ok
        ? accept({ ...none, method: 'formula', expression })
        : refuse({ ...checked.refusal, field: 'expression' });
    }
    case 'market':
      return accept({ ...none, method: 'market' });
    default:
      return refuse({ code: 'UNKNOWN_METHOD', field: 'method' });
  }
}

type Reach = Pick<ValuationRule, 'kind' | 'category' | 'memberId'>;

/** True when a known rule already values some of what the new one would: then it is a change and needs notice. */
function overlaps(rule: StoredRule, reach: Reach): boolean {
  const categories =
    rule.category === null || (reach.category !== null && isSameCategory(rule.category, reach.category));
  const members = rule.memberId === null || rule.memberId === reach.memberId;
  return rule.inForce && rule.kind === reach.kind && categories && members;
}

function isSameReach(rule: StoredRule, reach: Reach): boolean {
  const sameCategory =
    rule.category === null
      ? reach.category === null
      : reach.category !== null && isSameCategory(rule.category, reach.category);
  return rule.kind === reach.kind && sameCategory && rule.memberId === reach.memberId;
}

async function readReach(tx: Transaction, input: SetRuleInput): Promise<Result<Reach, SetRuleRefusal>> {
  const kind = contributionKind.safeParse(input.kind.toLowerCase());
  if (!kind.success) return refuse({ code: 'UNKNOWN_KIND', field: 'kind' });
  const memberId = input.memberId ?? null;
  const member = memberId !== null && isUuid(memberId) ? await lockMember(tx, memberId) : null;
  if (memberId !== null && member === null) return refuse({ code: 'MEMBER_NOT_FOUND', field: 'memberId' });
  return accept({
    kind: kind.data,
    category: input.category?.trim() || null,
    memberId: member?.memberId ?? null,
  });
}

export type RuleAnswer = {
  readonly ruleId: string;
  readonly version: number;
  readonly inForce: boolean;
  /** True while a waiver of notice waits for its second administrator. */
  readonly needsSecond: boolean;
};

/** Sets a rule (inner form, for the demo and imports). */
async function setValuationRuleIn(
  tx: Transaction,
  input: SetRuleInput,
): Promise<Result<RuleAnswer, SetRuleRefusal>> {
  if (!may(tx.actor, 'rate.set')) return refuse({ code: 'FORBIDDEN', act: 'rate.set' });
  await lockCooperative(tx);
  const { digits, today } = await getCooperative(tx);
  const reach = await readReach(tx, input);
  const terms = readTerms(input, digits);
  const rationale = input.rationale.trim();
  const [first, ...others]: SetRuleRefusal[] = [
    ...(reach.ok ? [] : [reach.refusal]),
    ...(rationale === '' ? [{ code: 'RATIONALE_REQUIRED', field: 'rationale' } as const] : []),
    ...(isLocalDate(input.effectiveFrom) ? [] : [{ code: 'NOT_A_DATE', field: 'effectiveFrom' } as const]),
    ...(terms.ok ? [] : [terms.refusal]),
  ];
  if (first !== undefined) return refuseAll(first, others);
  if (!reach.ok || !terms.ok || !isLocalDate(input.effectiveFrom))
    throw new Error('a rule was read neither whole nor refused');
  const rules = await listStoredRules(tx, tx.cooperativeId, reach.value.kind);
  const { noticeDays } = await findPolicyOn(tx, 'contribution', today);
  const earliest = addDays(today, noticeDays);
  const short = rules.some((rule) => overlaps(rule, reach.value)) && input.effectiveFrom < earliest;
  const noticeWaived = short && input.waiveNotice === true;
  if (short && !noticeWaived)
    return refuse({ code: 'NOTICE_TOO_SHORT', field: 'effectiveFrom', earliest, noticeDays });
  const before = rules.filter((rule) => isSameReach(rule, reach.value)).map((rule) => rule.version);
  const version = Math.max(0, ...before) + 1;
  const ruleId = newId();
  const effectiveFrom: LocalDate = input.effectiveFrom;
  await insertRule(tx, {
    ...reach.value,
    ...terms.value,
    ruleId,
    version,
    effectiveFrom,
    rationale,
    noticeWaived,
  });
  return accept({ ruleId, version, inForce: !noticeWaived, needsSecond: noticeWaived });
}

/**
 * Sets a valuation rule; waived notice leaves it waiting for a second administrator. What is wrong with the form is
 * told at once. Refusals in order: FORBIDDEN,
 * UNKNOWN_KIND, MEMBER_NOT_FOUND, RATIONALE_REQUIRED, NOT_A_DATE, UNKNOWN_METHOD, NOT_A_RATE, NOT_AN_AMOUNT,
 * FORMULA_INVALID, NOTICE_TOO_SHORT.
 */
export async function setValuationRule(database: Database, context: CommandContext, input: SetRuleInput) {
  return runCommand<RuleAnswer, SetRuleRefusal>(
    database,
    'people',
    context,
    { name: 'setValuationRule', input },
    (tx) => setValuationRuleIn(tx, input),
  );
}

export type ConfirmRuleRefusal =
  | Forbidden
  | { readonly code: 'RULE_NOT_FOUND' }
  | { readonly code: 'NOT_WAITING' }
  | { readonly code: 'SECOND_PERSON_REQUIRED' };

/** A second administrator signs a waiver of notice. Refusals in order: FORBIDDEN, RULE_NOT_FOUND, NOT_WAITING, SECOND_PERSON_REQUIRED. */
export async function confirmValuationRule(
  database: Database,
  context: CommandContext,
  input: { readonly ruleId: string },
) {
  return runCommand<RuleAnswer, ConfirmRuleRefusal>(
    database,
    'people',
    context,
    { name: 'confirmValuationRule', input },
    async (tx) => {
      const { actor } = tx;
      if (actor.kind !== 'person' || actor.memberId === null || !may(actor, 'rate.set'))
        return refuse({ code: 'FORBIDDEN', act: 'rate.set' });
      await lockCooperative(tx);
      const rule = (await listStoredRules(tx, tx.cooperativeId, null)).find(
        (one) => one.ruleId === input.ruleId,
      );
      if (rule === undefined) return refuse({ code: 'RULE_NOT_FOUND' });
      if (rule.inForce || rule.ended !== null || (await isOverdue(tx, rule.recordedAt)))
        return refuse({ code: 'NOT_WAITING' });
      const setter = { ...actor, memberId: rule.setByMemberId, loginId: rule.setByLoginId };
      if (isSamePerson(actor, setter)) return refuse({ code: 'SECOND_PERSON_REQUIRED' });
      await insertRuleSignature(tx, rule.ruleId);
      return accept({ ruleId: rule.ruleId, version: rule.version, inForce: true, needsSecond: false });
    },
  );
}
