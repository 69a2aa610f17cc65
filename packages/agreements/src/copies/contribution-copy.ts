// Contributions as the formula counts them. Only what people has applied counts; whatever still waits, is valued
// but not in the ledger, or is disputed, stops the close of its period.
import type { Transaction } from '@habitat/database';
import type { Envelope, EventContract } from '@habitat/events';
import {
  contributionApplied,
  contributionClarification,
  contributionDisputed,
  contributionPosted,
  contributionRefused,
  contributionRejected,
  contributionResolved,
  contributionSubmitted,
  contributionValued,
  contributionWithdrawn,
  encodePayload,
  readPayload,
} from '@habitat/events';

/** Treasury's word on a contribution: posted, or why not. */
const postingTypes: readonly string[] = [contributionPosted.type, contributionRefused.type];

/** Events of a contribution's life, people's and treasury's in one handler so that their order is kept. */
export const contributionTypes: readonly string[] = [
  contributionSubmitted,
  contributionClarification,
  contributionValued,
  contributionApplied,
  contributionRejected,
  contributionWithdrawn,
  contributionDisputed,
  contributionResolved,
]
  .map((contract: EventContract): string => contract.type)
  .concat(postingTypes);

interface Facts {
  readonly id: string;
  readonly number: number;
  readonly member_id: string;
  readonly kind: string;
  readonly category: string;
  readonly worked_on: string;
  readonly status: string;
  readonly changed_at: string;
  readonly valued: boolean;
  readonly patronage_category: string | null;
  readonly value_minor: bigint;
  readonly tax_minor: bigint;
  readonly hours: string;
}

const noValue = { valued: false, patronage_category: null, value_minor: 0n, tax_minor: 0n, hours: '0' };

type Reference = {
  readonly contributionId: string;
  readonly number: number;
  readonly memberId: string;
  readonly kind: string;
  readonly category: string;
  readonly workedOn: string;
};

function referenceOf(facts: Reference) {
  return {
    id: facts.contributionId,
    number: facts.number,
    member_id: facts.memberId,
    kind: facts.kind,
    category: facts.category,
    worked_on: facts.workedOn,
  };
}

function factsOf(event: Envelope): Facts {
  const changed_at = event.recordedAt;
  const bare = (contract: EventContract, status: string): Facts => ({
    ...referenceOf(readPayload(contract, event) as Reference),
    ...noValue,
    status,
    changed_at,
  });
  const valued = (
    contract: typeof contributionValued | typeof contributionApplied | typeof contributionResolved,
    status: string,
  ): Facts => {
    const facts = readPayload(contract, event);
    return {
      ...referenceOf(facts),
      status,
      changed_at,
      valued: true,
      // What is capital only has no weight, whatever its category says.
      patronage_category: facts.treatment === 'capital' ? null : facts.patronageCategory,
      value_minor: facts.valueMinor,
      tax_minor: facts.taxMinor,
      hours: facts.unit === 'hour' ? facts.quantity : '0',
    };
  };
  switch (event.type) {
    case contributionSubmitted.type: {
      const { valueMinor } = readPayload(contributionSubmitted, event);
      return { ...bare(contributionSubmitted, 'waiting'), value_minor: valueMinor };
    }
    case contributionClarification.type:
      return bare(contributionClarification, 'waiting');
    case contributionValued.type:
      return valued(contributionValued, 'valued');
    case contributionApplied.type:
      return valued(contributionApplied, 'applied');
    case contributionResolved.type:
      return valued(contributionResolved, 'settled');
    case contributionRejected.type:
      return bare(contributionRejected, 'rejected');
    case contributionWithdrawn.type:
      return bare(contributionWithdrawn, 'withdrawn');
    case contributionDisputed.type:
      return bare(contributionDisputed, 'disputed');
    default:
      throw new Error(`${event.type} is not a contribution event`);
  }
}

/** Takes over people.contribution.* and treasury's answers to it. */
export async function copyContributions(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  const answers = events.filter((event) => postingTypes.includes(event.type));
  const steps = events.filter((event) => !postingTypes.includes(event.type));
  if (steps.length > 0) await copySteps(tx, steps);
  if (answers.length > 0) await copyAnswers(tx, answers);
}

/**
 * Usually every contribution occurs once in a batch and one statement does;
 * where one occurs several times, its events are written in rounds so that each builds on the one before.
 */
async function copySteps(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  const rounds: Map<string, Facts>[] = [];
  for (const facts of events.map(factsOf)) {
    const free = rounds.find((round) => !round.has(facts.id));
    const last = rounds.findLastIndex((round) => round.has(facts.id));
    const round = last === -1 ? free : rounds[last + 1];
    if (round === undefined) rounds.push(new Map([[facts.id, facts]]));
    else round.set(facts.id, facts);
  }
  for (const round of rounds) await upsert(tx, [...round.values()]);
}

// An event without a value keeps the value that is known. A dispute remembers where it came from; its resolution
// goes back there.
const upsertContributions = `
  insert into agreements.contribution as known (cooperative_id, id, number, member_id, kind, category, worked_on,
    status, settled_status, patronage_category, value_minor, tax_minor, hours, changed_at)
  select $1, c.id, c.number, c.member_id, c.kind, c.category, c.worked_on,
    case when c.status = 'settled' then 'valued' else c.status end,
    case when c.status in ('valued', 'applied') then c.status end,
    c.patronage_category, c.value_minor, c.tax_minor, c.hours, c.changed_at
  from jsonb_to_recordset($2::jsonb) as c(id uuid, number bigint, member_id uuid, kind text, category text, worked_on date,
    status text, valued boolean, patronage_category text, value_minor bigint, tax_minor bigint, hours numeric,
    changed_at timestamptz)
  on conflict (cooperative_id, id) do update set
    category = excluded.category,
    worked_on = excluded.worked_on,
    status = case when excluded.id = any ($3::uuid[]) then coalesce(known.settled_status, 'valued') else excluded.status end,
    settled_status = coalesce(excluded.settled_status, known.settled_status),
    patronage_category = case when excluded.id = any ($4::uuid[]) then excluded.patronage_category else known.patronage_category end,
    value_minor = case when excluded.id = any ($4::uuid[]) then excluded.value_minor else known.value_minor end,
    tax_minor = case when excluded.id = any ($4::uuid[]) then excluded.tax_minor else known.tax_minor end,
    hours = case when excluded.id = any ($4::uuid[]) then excluded.hours else known.hours end,
    posting_problem = case when excluded.status = 'applied' then null else known.posting_problem end,
    changed_at = excluded.changed_at`;

async function upsert(tx: Transaction, facts: readonly Facts[]): Promise<void> {
  const settled = facts.filter(({ status }) => status === 'settled').map(({ id }) => id);
  const valued = facts.filter((one) => one.valued || one.status === 'waiting').map(({ id }) => id);
  await tx.query({
    name: 'agreements-copy-contributions',
    text: upsertContributions,
    values: [tx.cooperativeId, encodePayload(facts), settled, valued],
  });
}

/** Takes over only the problem, never the status, which is people's; what is applied has no problem any more. */
async function copyAnswers(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  const problems = new Map<string, string | null>();
  for (const event of events) {
    if (event.type === contributionRefused.type) {
      const { contributionId, reason } = readPayload(contributionRefused, event);
      problems.set(contributionId, reason);
    } else {
      problems.set(readPayload(contributionPosted, event).contributionId, null);
    }
  }
  await tx.query(
    `update agreements.contribution c set posting_problem = p.problem
     from unnest($2::uuid[], $3::text[]) as p(id, problem)
     where c.cooperative_id = $1 and c.id = p.id and c.status <> 'applied'`,
    [tx.cooperativeId, [...problems.keys()], [...problems.values()]],
  );
}
