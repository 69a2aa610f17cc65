// What a contribution would be worth and who would decide it, before it is logged; and the choices of the form.
import type { CommandContext, Database } from '@habitat/database';
import type { ContributionKind, Treatment } from '@habitat/events';
import { contributionKind } from '@habitat/events';
import type { Actor, Result } from '@habitat/kernel';
import { accept, formatDecimal, newId, refuse, todayIn } from '@habitat/kernel';
import type { DecisionSetting } from '../approval/access.ts';
import { decisionSetting } from '../approval/decision.commands.ts';
import { whoDecides } from '../approval/turn.ts';
import { isLate } from '../period/period.ts';
import { documentationFor, isRetired, peerRuleFor, routeFor, twoApproversFrom } from '../policy/policy.ts';
import { formatQuantity, UNIT_OF_KIND } from '../valuation/quantity.ts';
import { isSameCategory, ruleInForce } from '../valuation/valuation-rule.ts';
import { kindsOf, spanOf } from './command-facts.ts';
import type { Contribution } from './contribution.ts';
import type { ContributionRow } from './contribution.rows.ts';
import { contributionColumns, toContribution } from './contribution.rows.ts';
import type { ContentInput, ContentRefusal } from './draft.ts';
import { readContent } from './draft.ts';
import { newDraft, valueContent } from './logging.ts';
import { loadSetting, workFactsOn } from './setting.store.ts';
import type { Setting } from './setting.store.ts';

type Facts = Pick<CommandContext, 'cooperativeId' | 'actor' | 'now'>;

/** The setting as a read: everything for one actor's decisions and previews. */
async function readSetting(
  database: Database,
  facts: Facts,
  kinds: readonly ContributionKind[],
  memberId: string | null,
  days: readonly string[],
): Promise<Setting> {
  const { cooperativeId, now } = facts;
  return database.transaction('people', { cooperativeId }, (client) =>
    loadSetting(
      { query: (sql, values) => client.query(sql, values), cooperativeId, now },
      { kinds, memberIds: memberId === null ? [] : [memberId], ...spanOf(days) },
    ),
  );
}

/** What `viewerRights` and `isStale` need; the same for every contribution of a request. */
export async function viewerSetting(
  database: Database,
  facts: { readonly cooperativeId: string; readonly actor: Actor; readonly now: Date },
): Promise<DecisionSetting> {
  return decisionSetting(facts, await readSetting(database, facts, [], null, []));
}

export interface ContributionPreview {
  readonly quantity: string;
  readonly unit: string;
  readonly rate: string | null;
  readonly ruleId: string | null;
  readonly ruleVersion: number | null;
  /** Category of the rule, or its kind; null when no rule was needed. */
  readonly ruleLabel: string | null;
  readonly valueMinor: bigint | null;
  /** What capital would gain, in both bases. */
  readonly bookMinor: bigint;
  readonly taxMinor: bigint;
  readonly treatment: Treatment;
  readonly patronageCategory: string | null;
  readonly periodId: string | null;
  readonly signaturesNeeded: number;
  /** How many peers would have to validate it first; null where no rule asks any. */
  readonly peersNeeded: number | null;
  readonly decidedByMemberIds: readonly string[];
  readonly withinDays: number | null;
  readonly documentation: 'own_estimate' | 'comparables' | 'appraisal' | null;
  /** Refusal code that submitting would meet, e.g. NO_VALUATION_RULE, LATE_NEEDS_OVERRIDE. */
  readonly problem: string | null;
}

function problemOf(setting: Setting, draft: Contribution, valuationProblem: string | null): string | null {
  const { period, policy } = workFactsOn(setting, draft.workedOn);
  if (period === null) return 'PERIOD_NOT_FOUND';
  if (period.status !== 'open') return 'PERIOD_NOT_OPEN';
  if (isLate(period, policy.graceDays, setting.today)) return 'LATE_NEEDS_OVERRIDE';
  if (isRetired(policy, draft.kind, draft.category)) return 'CATEGORY_RETIRED';
  return valuationProblem;
}

type PreviewInput = Omit<ContentInput, 'description'>;

/** Previews a contribution of the actor. Refuses only what cannot be read: the content's. */
export async function previewContribution(
  database: Database,
  facts: Facts,
  input: PreviewInput,
): Promise<Result<ContributionPreview, ContentRefusal>> {
  const [preview] = await previewContributions(database, facts, [input]);
  if (preview === undefined) throw new Error('a preview was asked for and none came');
  return preview;
}

/** Previews several of the actor's, each by itself and at the rate of its own day, with one reading of the rules. */
export async function previewContributions(
  database: Database,
  facts: Facts,
  inputs: readonly PreviewInput[],
): Promise<Result<ContributionPreview, ContentRefusal>[]> {
  const setting = await readSetting(
    database,
    facts,
    kindsOf(inputs.map(({ kind }) => kind)),
    facts.actor.memberId,
    inputs.map(({ workedOn }) => workedOn),
  );
  return inputs.map((input) => previewOne(setting, facts, input));
}

function previewOne(
  setting: Setting,
  facts: Facts,
  input: PreviewInput,
): Result<ContributionPreview, ContentRefusal> {
  const { memberId } = facts.actor;
  const content = readContent(
    { ...input, description: '' },
    setting.cooperative.currencyDigits,
    setting.today,
  );
  if (!content.ok) return refuse(content.refusal);
  const work = workFactsOn(setting, content.value.workedOn);
  const authorship = {
    contributionId: newId(),
    memberId: memberId ?? newId(),
    loggedByMemberId: null,
    loggedByLoginId: null,
    loggedForReason: null,
    sourceVerified: false,
  };
  const draft = newDraft(authorship, content.value, work, facts.now);
  const valuation = valueContent(draft, work);
  const { kind, category, workedOn } = draft;
  const rule = ruleInForce(setting.rules, { kind, category, memberId: draft.memberId, on: workedOn });
  const valued = valuation.ok ? valuation.value : null;
  const decision = decisionSetting(facts, setting);
  const { first, standIn } = whoDecides(draft, decision);
  const posts = draft.treatment !== 'patronage';
  return accept({
    quantity: formatQuantity(draft.quantity),
    unit: draft.quantity.unit,
    rate: draft.rate === null ? null : formatDecimal(draft.rate),
    ruleId: draft.ruleId,
    ruleVersion: draft.ruleVersion,
    ruleLabel: rule === null || draft.ruleId === null ? null : (rule.category ?? rule.kind),
    valueMinor: draft.valueMinor,
    bookMinor: posts ? (valued?.valueMinor ?? 0n) : 0n,
    taxMinor: valued?.taxMinor ?? 0n,
    treatment: draft.treatment,
    patronageCategory: draft.patronageCategory,
    periodId: draft.periodId,
    signaturesNeeded: valued !== null && valued.valueMinor >= twoApproversFrom(work.approval, kind) ? 2 : 1,
    peersNeeded: peerRuleFor(work.approval, kind, category)?.peers ?? null,
    decidedByMemberIds: [first, standIn].flatMap((reviewer) =>
      reviewer === null ? [] : [reviewer.memberId],
    ),
    withinDays: routeFor(work.approval, kind, category)?.withinDays ?? work.approval.staleDays,
    documentation:
      kind === 'in_kind' && draft.valueMinor !== null
        ? documentationFor(work.policy, draft.valueMinor)
        : null,
    problem: problemOf(setting, draft, valuation.ok ? null : valuation.refusal.code),
  });
}

export interface CategoryOption {
  readonly category: string;
  readonly unit: string;
  readonly method: string;
  readonly rate: string | null;
  readonly ruleVersion: number | null;
}

export interface KindOption {
  readonly kind: ContributionKind;
  readonly unit: string;
  readonly treatment: Treatment;
  readonly patronageCategory: string | null;
  readonly categories: readonly CategoryOption[];
}

export interface ContributionOptions {
  readonly kinds: readonly KindOption[];
  readonly last: Contribution | null;
}

const FACE_VALUE: readonly ContributionKind[] = ['cash', 'in_kind', 'revenue'];

function categoriesOf(setting: Setting, kind: ContributionKind, memberId: string): CategoryOption[] {
  const named = setting.rules.filter((rule) => rule.kind === kind).map((rule) => rule.category);
  const general = named.includes(null) || FACE_VALUE.includes(kind);
  const { policy } = workFactsOn(setting, setting.today);
  const added = (policy.categories?.[kind] ?? []).map(({ name }) => name);
  const all = [
    ...named.flatMap((name) => (name === null ? [] : [name])),
    ...added,
    ...(general ? ['General'] : []),
  ].filter((name) => !isRetired(policy, kind, name));
  const distinct = all.filter(
    (name, index) => all.findIndex((other) => isSameCategory(other, name)) === index,
  );
  return distinct.flatMap((category) => {
    const rule = ruleInForce(setting.rules, { kind, category, memberId, on: setting.today });
    if (rule === null && !FACE_VALUE.includes(kind)) return [];
    const rate = rule === null || rule.rate === null ? null : formatDecimal(rule.rate);
    return [
      {
        category,
        unit: UNIT_OF_KIND[kind],
        method: rule?.method ?? 'market',
        rate,
        ruleVersion: rule?.version ?? null,
      },
    ];
  });
}

/** Kinds with the categories that have a rule today, and the actor's own last contribution. */
export async function contributionOptions(database: Database, facts: Facts): Promise<ContributionOptions> {
  const { cooperativeId, actor } = facts;
  // Rules that have begun by the latest "today" anywhere; which are in force here is asked by this cooperative's day.
  const latest = todayIn('Pacific/Kiritimati', facts.now);
  const setting = await readSetting(database, facts, contributionKind.options, actor.memberId, [latest]);
  const { policy } = workFactsOn(setting, setting.today);
  const [last] = await database.transaction('people', { cooperativeId }, (client) =>
    client.query<ContributionRow & Record<string, unknown>>(
      `select ${contributionColumns('c')} from people.contribution c
       where c.cooperative_id = $1 and c.member_id = $2 order by c.created_at desc, c.number desc limit 1`,
      [cooperativeId, actor.memberId],
    ),
  );
  return {
    kinds: contributionKind.options.map((kind) => ({
      kind,
      unit: UNIT_OF_KIND[kind],
      ...policy.kinds[kind],
      categories: categoriesOf(setting, kind, actor.memberId ?? ''),
    })),
    last: last === undefined ? null : toContribution(last),
  };
}
