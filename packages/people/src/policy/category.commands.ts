// The categories of a kind: those its rates name and those added here, each offered until it is retired. A category is
// never renamed: contributions, rates, routes, scopes of roles and posting rules know it by its name; a new one is added
// and the old one retired.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { ContributionKind } from '@habitat/events';
import type { CommandName, LocalDate, Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import { listStoredRules } from '../valuation/valuation-rule.store.ts';
import { isSameCategory } from '../valuation/valuation-rule.ts';
import type { ContributionPolicyBody } from './policy.ts';
import { isRetired } from './policy.ts';
import type { SetPolicyRefusal } from './policy.commands.ts';
import { replacePolicyIn } from './policy.commands.ts';
import { findPolicyOn } from './policy.store.ts';

export type CategoryRefusal =
  | { readonly code: 'NAME_REQUIRED' | 'CATEGORY_EXISTS'; readonly field: 'name' }
  | { readonly code: 'CATEGORY_TOO_LONG'; readonly field: 'name'; readonly most: number }
  | { readonly code: 'CATEGORY_NOT_FOUND' | 'CATEGORY_RETIRED'; readonly field: 'name' };

export type CategoryAnswer = { readonly kind: ContributionKind; readonly name: string };

export interface CategoryInput {
  readonly kind: ContributionKind;
  readonly name: string;
  readonly rationale: string;
}

const LONGEST = 80;

/** Whether a kind has the category now: offered, retired, or unknown. `ruled` are the names its rates give. */
function stateOf(
  policy: ContributionPolicyBody,
  ruled: readonly string[],
  kind: ContributionKind,
  name: string,
): 'offered' | 'retired' | 'unknown' {
  if (isRetired(policy, kind, name)) return 'retired';
  const named = [...(policy.categories?.[kind] ?? []).map((one) => one.name), ...ruled];
  return named.some((one) => isSameCategory(one, name)) ? 'offered' : 'unknown';
}

/** The policy with one category of a kind offered or retired; its spelling stays as it was first given. */
function withCategory(
  policy: ContributionPolicyBody,
  kind: ContributionKind,
  name: string,
  retired: boolean,
): ContributionPolicyBody {
  const known = policy.categories?.[kind] ?? [];
  const others = known.filter((one) => !isSameCategory(one.name, name));
  const before = known.find((one) => isSameCategory(one.name, name));
  const category = { name: before?.name ?? name, retired };
  return { ...policy, categories: { ...policy.categories, [kind]: [...others, category] } };
}

async function change(
  database: Database,
  context: CommandContext,
  command: { readonly name: CommandName; readonly input: CategoryInput },
  decide: (state: ReturnType<typeof stateOf>) => Result<{ readonly retired: boolean }, CategoryRefusal>,
) {
  const { input } = command;
  return runCommand<CategoryAnswer, SetPolicyRefusal | CategoryRefusal>(
    database,
    'people',
    context,
    command,
    async (tx) => {
      const name = input.name.trim();
      const set = await replacePolicyIn(tx, 'contribution', {
        rationale: input.rationale,
        next: async (before): Promise<Result<ContributionPolicyBody, CategoryRefusal>> => {
          if (name === '') return refuse({ code: 'NAME_REQUIRED', field: 'name' });
          if (name.length > LONGEST)
            return refuse({ code: 'CATEGORY_TOO_LONG', field: 'name', most: LONGEST });
          const rules = await listStoredRules(tx, tx.cooperativeId, input.kind);
          const ruled = rules.flatMap(({ category }) => category ?? []);
          const decided = decide(stateOf(before, ruled, input.kind, name));
          if (!decided.ok) return decided;
          return accept(withCategory(before, input.kind, name, decided.value.retired));
        },
      });
      return set.ok ? accept({ kind: input.kind, name }) : set;
    },
  );
}

/**
 * Offers a category of a kind from today on, also one that was retired. Refusals: `setPolicy`'s, NAME_REQUIRED,
 * CATEGORY_TOO_LONG, CATEGORY_EXISTS.
 */
export async function addContributionCategory(
  database: Database,
  context: CommandContext,
  input: CategoryInput,
) {
  return change(database, context, { name: 'addContributionCategory', input }, (state) =>
    state === 'offered' ? refuse({ code: 'CATEGORY_EXISTS', field: 'name' }) : accept({ retired: false }),
  );
}

/**
 * Offers a category no longer for work from today on; what was given in it stays. Refusals: `setPolicy`'s,
 * NAME_REQUIRED, CATEGORY_TOO_LONG, CATEGORY_NOT_FOUND, CATEGORY_RETIRED.
 */
export async function retireContributionCategory(
  database: Database,
  context: CommandContext,
  input: CategoryInput,
) {
  return change(database, context, { name: 'retireContributionCategory', input }, (state) => {
    if (state === 'unknown') return refuse({ code: 'CATEGORY_NOT_FOUND', field: 'name' });
    return state === 'retired'
      ? refuse({ code: 'CATEGORY_RETIRED', field: 'name' })
      : accept({ retired: true });
  });
}

/** A category as a settings page lists it. */
export interface ContributionCategory {
  readonly kind: ContributionKind;
  readonly name: string;
  readonly retired: boolean;
  /** True when a rate names it; without one the general rate of its kind counts. */
  readonly ownRate: boolean;
}

/** Categories of every kind on a day, by kind and name, retired ones included. */
export async function listContributionCategories(
  database: Database,
  cooperativeId: string,
  on: LocalDate,
): Promise<ContributionCategory[]> {
  return database.transaction('people', { cooperativeId }, async (client) => {
    const policy = await findPolicyOn(client, 'contribution', on);
    const rules = await listStoredRules(client, cooperativeId, null);
    const found = new Map<string, ContributionCategory>();
    const keyOf = (kind: string, name: string) => `${kind} ${name.toLowerCase()}`;
    for (const { kind, category } of rules) {
      if (category === null) continue;
      const retired = isRetired(policy, kind, category);
      found.set(keyOf(kind, category), { kind, name: category, retired, ownRate: true });
    }
    for (const [kind, categories] of Object.entries(policy.categories ?? {})) {
      for (const { name, retired } of categories) {
        const ruled = found.get(keyOf(kind, name));
        found.set(keyOf(kind, name), {
          kind: kind as ContributionKind,
          name: ruled?.name ?? name,
          retired,
          ownRate: ruled !== undefined,
        });
      }
    }
    return [...found.values()].sort(
      (left, right) => left.kind.localeCompare(right.kind) || left.name.localeCompare(right.name),
    );
  });
}
