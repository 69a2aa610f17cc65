// What people does when other contexts publish: takes up the cooperative and its periods, appoints the first
// administrator, and marks contributions applied or refused as the ledger answers. A batch is one cooperative's
// fresh events in order, already in the inbox in the same transaction.
import type { Transaction } from '@habitat/database';
import type { ContextName, Envelope } from '@habitat/events';
import {
  accessGranted,
  accountEmailChanged,
  contributionPosted,
  contributionRefused,
  cooperativeChanged,
  cooperativeCreated,
  encodePayload,
  erasureJudged,
  periodClosed,
  periodClosing,
  periodLocked,
  periodOpened,
  periodReopened,
  readPayload,
} from '@habitat/events';
import type { PayloadOf } from '@habitat/events';
import { todayIn } from '@habitat/kernel';
import type { PostingAnswer } from '../posting/posting.ts';
import { offerRefusedAgain, recordPostings } from '../posting/posting.ts';
import { followErasures } from '../erasure/erasure.reactions.ts';
import { linkLoginIn } from '../member/member.commands.ts';
import type { Member } from '../member/member.ts';
import { insertMembers, takeMemberNumbers } from '../member/member.store.ts';
import { followAccountEmails } from '../member/own-email.reactions.ts';
import { insertDefaultPolicies } from '../policy/policy.store.ts';
import { insertAssignments } from '../role/role.store.ts';

/** Same shape as messaging's EventHandler, which this package does not depend on. */
export interface PeopleHandler {
  readonly name: string;
  readonly context: ContextName;
  readonly types: readonly string[];
  handle(tx: Transaction, events: readonly Envelope[]): Promise<void>;
}

type Created = PayloadOf<typeof cooperativeCreated>;

async function takeUpCooperative(tx: Transaction, created: Created): Promise<void> {
  await tx.query(
    `insert into people.cooperative (cooperative_id, name, slug, template, currency, currency_digits, time_zone, tax_regime)
     values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.cooperativeId,
      created.name,
      created.slug,
      created.template,
      created.currency,
      created.currencyDigits,
      created.timeZone,
      created.taxRegime,
    ],
  );
  await tx.query('select people.prepare_contribution_numbers()');
  await insertDefaultPolicies(tx, created.template, created.currencyDigits);
}

async function appointFirstAdministrator(tx: Transaction, created: Created): Promise<void> {
  const { administrator } = created;
  const [known] = await tx.query<{ classes: string[] }>(
    `select array(select jsonb_array_elements_text(people.policy_on('member_class', current_date) -> 'classes')) as classes`,
  );
  const classes = known?.classes ?? [];
  const [person] = await tx.query<{ displayName: string; email: string }>(
    'select people.unseal($1, $2) as "displayName", people.unseal($1, $3) as email',
    [administrator.memberId, administrator.displayName, administrator.email],
  );
  if (person === undefined) throw new Error('a founder could not be read');
  const member: Member = {
    memberId: administrator.memberId,
    number: await takeMemberNumbers(tx, 1),
    displayName: person.displayName,
    legalName: null,
    email: person.email,
    loginId: administrator.loginId,
    status: 'active',
    class: classes.includes('cooperative') ? 'cooperative' : (classes[0] ?? 'member'),
    joinedOn: todayIn(created.timeZone, tx.now),
    droMinor: 0n,
    stepCount: 1,
    isErased: false,
  };
  await insertMembers(tx, [member], 'founded the cooperative');
  const reason = 'first administrator';
  await insertAssignments(
    tx,
    (['administrator', 'member', 'contributor'] as const).map((role) => ({
      memberId: member.memberId,
      role,
      reason,
    })),
  );
}

async function changeCooperative(
  tx: Transaction,
  changed: PayloadOf<typeof cooperativeChanged>,
): Promise<void> {
  await tx.query(
    `update people.cooperative set name = $2, slug = $3, currency = $4, currency_digits = $5, time_zone = $6, tax_regime = $7
     where cooperative_id = $1`,
    [
      tx.cooperativeId,
      changed.name,
      changed.slug,
      changed.currency,
      changed.currencyDigits,
      changed.timeZone,
      changed.taxRegime,
    ],
  );
}

const keepCooperative: PeopleHandler = {
  name: 'people.keep-cooperative',
  context: 'people',
  types: [cooperativeCreated.type, cooperativeChanged.type],
  async handle(tx, events) {
    for (const event of events) {
      const caused = tx.causedBy(event);
      if (event.type === cooperativeChanged.type)
        await changeCooperative(caused, readPayload(cooperativeChanged, event));
      else {
        const created = readPayload(cooperativeCreated, event);
        await takeUpCooperative(caused, created);
        await appointFirstAdministrator(caused, created);
      }
    }
  },
};

/** An account that was tied to a member already stays: the platform refuses a second one. */
const linkLogins: PeopleHandler = {
  name: 'people.link-logins',
  context: 'people',
  types: [accessGranted.type],
  async handle(tx, events) {
    for (const event of events) {
      const linked = await linkLoginIn(tx.causedBy(event), readPayload(accessGranted, event));
      if (!linked.ok) throw new Error(`a login could not be linked: ${linked.refusal.code}`);
    }
  },
};

const followEmails: PeopleHandler = {
  name: 'people.follow-account-emails',
  context: 'people',
  types: [accountEmailChanged.type],
  handle: followAccountEmails,
};

const periodContracts = [periodOpened, periodClosing, periodClosed, periodLocked, periodReopened] as const;

const keepPeriods: PeopleHandler = {
  name: 'people.keep-periods',
  context: 'people',
  types: periodContracts.map((contract) => contract.type),
  async handle(tx, events) {
    const latest = new Map<string, PayloadOf<typeof periodOpened>>();
    for (const event of events) {
      const contract = periodContracts.find((one) => one.type === event.type);
      if (contract === undefined) continue;
      const period = readPayload(contract, event);
      latest.set(period.periodId, period);
    }
    await tx.query(
      `insert into people.period (cooperative_id, period_id, name, starts_on, ends_on, status)
       select $1, p."periodId", p.name, p."startsOn", p."endsOn", p.status
       from jsonb_to_recordset($2::jsonb) as p ("periodId" uuid, name text, "startsOn" date, "endsOn" date, status text)
       on conflict (cooperative_id, period_id) do update
       set name = excluded.name, starts_on = excluded.starts_on, ends_on = excluded.ends_on, status = excluded.status`,
      [tx.cooperativeId, encodePayload([...latest.values()])],
    );
  },
};

const offerAgain: PeopleHandler = {
  name: 'people.offer-refused-again',
  context: 'people',
  types: [periodReopened.type],
  async handle(tx, events) {
    for (const event of events)
      await offerRefusedAgain(tx.causedBy(event), [readPayload(periodReopened, event).periodId]);
  },
};

function answerOf(event: Envelope): PostingAnswer {
  if (event.type === contributionPosted.type) {
    const { contributionId, transactionId } = readPayload(contributionPosted, event);
    return { contributionId, outcome: { posted: true, transactionId } };
  }
  const { contributionId, reason, detail } = readPayload(contributionRefused, event);
  return {
    contributionId,
    outcome: { posted: false, problem: detail === '' ? reason : `${reason}: ${detail}` },
  };
}

const applyPostings: PeopleHandler = {
  name: 'people.apply-postings',
  context: 'people',
  types: [contributionPosted.type, contributionRefused.type],
  async handle(tx, events) {
    await recordPostings(
      tx,
      events.map((event) => ({ ...answerOf(event), event })),
    );
  },
};

const followJudgedErasures: PeopleHandler = {
  name: 'people.follow-erasures',
  context: 'people',
  types: [erasureJudged.type],
  handle: followErasures,
};

/** Every handler of people, for the worker's table and for the embedded transport. */
export const peopleHandlers: readonly PeopleHandler[] = [
  keepCooperative,
  linkLogins,
  followEmails,
  keepPeriods,
  offerAgain,
  applyPostings,
  followJudgedErasures,
];

/** Copies of others' facts that can be rebuilt from the event log and compared. */
export const peopleProjections = [
  { name: 'people.periods', tables: ['people.period'], handlers: [keepPeriods] },
] as const;
