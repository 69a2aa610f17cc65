// A town with two contributors, two reviewers and a rate of 100 an hour, for tests about deciding.
import { approveContribution } from '../approval/decision.commands.ts';
import { findContributions } from '../contribution/contribution.queries.ts';
import type { Contribution } from '../contribution/contribution.ts';
import type { LogInput } from '../contribution/logging.commands.ts';
import { logContribution } from '../contribution/logging.commands.ts';
import { setValuationRule } from '../valuation/valuation-rule.commands.ts';
import type { Person, World } from './cooperative.ts';
import { foundCooperative } from './cooperative.ts';
import type { TestDatabase } from './database.ts';

export interface Town {
  readonly world: World;
  readonly alice: Person;
  readonly bob: Person;
  readonly carol: Person;
  readonly ed: Person;
  /** Logs six hours of Alice's kind of work, or what is given instead, and returns its id. */
  log(who: Person, more?: Partial<LogInput>): Promise<string>;
  approve(who: Person, contributionId: string): ReturnType<typeof approveContribution>;
  load(contributionId: string): Promise<Contribution>;
  /** How many valuations were announced. */
  valuedEvents(): Promise<number>;
}

const work = {
  kind: 'labor',
  category: 'Engineering',
  quantity: '6',
  workedOn: '2026-09-18',
  description: 'Pump controller',
};

/** A gift in kind that two people have to sign. */
export const truck = {
  kind: 'in_kind',
  quantity: '1',
  value: '10000.00',
  costBasis: '7000.00',
  workedOn: '2026-09-14',
  description: 'Box truck',
};

/** The refusal's code, or ok. */
export function code(answer: {
  readonly ok: boolean;
  readonly refusal?: { readonly code: string };
}): string | undefined {
  return answer.ok ? 'ok' : answer.refusal?.code;
}

let towns = 0;

/** Founds a town of its own for one test. */
export async function foundTown(owner: TestDatabase): Promise<Town> {
  towns += 1;
  const world = await foundCooperative(owner, `town${towns}`);
  const reviewer = ['member', 'contributor', 'reviewer'];
  const alice = await world.join('Alice', ['member', 'contributor']);
  const bob = await world.join('Bob', ['member', 'contributor']);
  const carol = await world.join('Carol', reviewer);
  const ed = await world.join('Ed', reviewer);
  const rate = {
    kind: 'labor',
    method: 'rate',
    rate: '100',
    effectiveFrom: '2026-01-01',
    rationale: 'first',
  };
  await setValuationRule(world.database, world.as(world.admin), rate);
  return {
    world,
    alice,
    bob,
    carol,
    ed,
    async log(who, more = {}) {
      const answer = await logContribution(world.database, world.as(who), { ...work, ...more });
      if (!answer.ok) throw new Error(answer.refusal.code);
      return answer.value.contributionId;
    },
    approve: (who, contributionId) => approveContribution(world.database, world.as(who), { contributionId }),
    async load(contributionId) {
      const [found] = await findContributions(world.database, world.cooperativeId, [contributionId]);
      if (found === undefined) throw new Error('not found');
      return found;
    },
    valuedEvents: async () => (await world.published('people.contribution.valued')).length,
  };
}
