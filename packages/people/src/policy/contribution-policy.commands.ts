// Changing how contributions are treated, one setting at a time: what is left out stays as the version before had it,
// so that two administrators who change different things do not undo each other.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { ContributionKind, Treatment } from '@habitat/events';
import { accept } from '@habitat/kernel';
import type { ContributionPolicyBody } from './policy.ts';
import type { PolicyAnswer, SetPolicyRefusal } from './policy.commands.ts';
import { replacePolicyIn } from './policy.commands.ts';

export interface KindChange {
  readonly kind: ContributionKind;
  readonly treatment: Treatment;
  /** Where it counts as patronage; the kind's own name when left out. Capital alone has none. */
  readonly patronageCategory?: string | null | undefined;
}

export interface ChangeContributionPolicyInput {
  readonly kinds?: readonly KindChange[] | null | undefined;
  readonly graceDays?: number | null | undefined;
  readonly noticeDays?: number | null | undefined;
  readonly comparablesFromMinor?: string | null | undefined;
  readonly appraisalAboveMinor?: string | null | undefined;
  readonly effectiveFrom?: string | null | undefined;
  readonly rationale: string;
}

/** The next contribution policy: the one before with these settings changed. */
function changedContributionPolicy(
  before: ContributionPolicyBody,
  input: Omit<ChangeContributionPolicyInput, 'rationale' | 'effectiveFrom'>,
): ContributionPolicyBody {
  const kinds = { ...before.kinds };
  for (const { kind, treatment, patronageCategory } of input.kinds ?? []) {
    const category = patronageCategory?.trim() || kinds[kind].patronageCategory || kind;
    kinds[kind] = { treatment, patronageCategory: treatment === 'capital' ? null : category };
  }
  const { comparablesFromMinor, appraisalAboveMinor } = before.documentation;
  return {
    ...before,
    kinds,
    graceDays: input.graceDays ?? before.graceDays,
    noticeDays: input.noticeDays ?? before.noticeDays,
    documentation: {
      comparablesFromMinor: input.comparablesFromMinor ?? comparablesFromMinor,
      appraisalAboveMinor: input.appraisalAboveMinor ?? appraisalAboveMinor,
    },
  };
}

/** Changes treatments, grace, notice or documentation tiers from a day on. Refusals as `setPolicy` says. */
export async function changeContributionPolicy(
  database: Database,
  context: CommandContext,
  input: ChangeContributionPolicyInput,
) {
  return runCommand<PolicyAnswer, SetPolicyRefusal>(
    database,
    'people',
    context,
    { name: 'changeContributionPolicy', input },
    (tx) =>
      replacePolicyIn(tx, 'contribution', {
        ...input,
        next: (before) => accept(changedContributionPolicy(before, input)),
      }),
  );
}
