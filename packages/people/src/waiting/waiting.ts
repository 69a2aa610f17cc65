// What waits for a second person in people (a rate without notice, another value for a contribution, looser approval
// rules, an erasure), a no to the first two, and the end of all of it when nobody decided in time.
import type {
  CommandContext,
  Database,
  IdempotencyConflict,
  Queryable,
  Transaction,
} from '@habitat/database';
import { appendDeclined, appendExpired, runCommand } from '@habitat/database';
import type { Actor, Result, WaitingAct, WaitingRequest } from '@habitat/kernel';
import { accept, expectAccepted, isPastItsTime, isSamePerson, may, refuse } from '@habitat/kernel';
import { isUuid } from '../contribution/command-facts.ts';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import { mayDeclineOverride } from '../dispute/dispute.ts';
import { expireErasures } from '../erasure/erasure.store.ts';
import { expirePolicyRequests, openPolicyRequest } from '../policy-request/policy-request.store.ts';

const openRule = `r.notice_waived
  and not exists (select from people.valuation_rule_signature s
    where s.cooperative_id = r.cooperative_id and s.rule_id = r.rule_id)
  and not exists (select from people.valuation_rule_ending e
    where e.cooperative_id = r.cooperative_id and e.rule_id = r.rule_id)`;
const openOverride = 'o.confirmed_at is null and o.ended_at is null';

/** Rates whose notice is waived, values asked to be overridden, looser approval rules and erasures, the oldest first. */
export async function listPeopleWaiting(
  database: Database,
  cooperativeId: string,
): Promise<WaitingRequest[]> {
  return database.read('people', { cooperativeId }, (client) => selectWaiting(client, cooperativeId));
}

function selectWaiting(client: Queryable, cooperativeId: string): Promise<WaitingRequest[]> {
  return client.query<WaitingRequest & Record<string, unknown>>(
    `select 'setValuationRule' as act, r.rule_id as id, null::uuid as "subjectId", r.rationale as reason,
       r.set_by_login_id as "byLoginId", r.set_by_member_id as "byMemberId", r.recorded_at as "requestedAt"
     from people.valuation_rule r where r.cooperative_id = $1 and ${openRule}
     union all
     select 'overrideValuation', o.override_id, o.contribution_id, people.unseal(c.member_id, o.justification),
       o.requested_by_login_id, o.requested_by_member_id, o.requested_at
     from people.valuation_override o
     join people.contribution c on c.cooperative_id = o.cooperative_id and c.contribution_id = o.contribution_id
     where o.cooperative_id = $1 and ${openOverride}
     union all
     select case p.topic when 'approval' then 'setApprovalPolicy' else 'setAutoApprovalRule' end, p.request_id, null,
       p.rationale, p.by_login_id, p.by_member_id, p.recorded_at
     from people.policy_request p where p.cooperative_id = $1 and ${openPolicyRequest}
     union all
     select 'requestErasure', x.erasure_id, x.member_id, '', x.requested_by_login_id, x.requested_by_member_id,
       x.requested_at
     from people.erasure x where x.cooperative_id = $1 and x.status = 'waiting'
     order by "requestedAt", id limit 500`,
    [cooperativeId],
  );
}

type Ids = readonly { readonly id: string }[];

async function endRules(tx: Transaction, where: string, values: readonly unknown[]): Promise<Ids> {
  return tx.query<{ id: string }>(
    `insert into people.valuation_rule_ending (cooperative_id, rule_id, outcome, reason, by_login_id, by_member_id, recorded_at)
     select r.cooperative_id, r.rule_id, $2, $3, $4, $5, $6 from people.valuation_rule r
     where r.cooperative_id = $1 and ${openRule} and ${where} on conflict do nothing returning rule_id as id`,
    values,
  );
}

async function endOverrides(tx: Transaction, where: string, values: readonly unknown[]): Promise<Ids> {
  return tx.query<{ id: string }>(
    `update people.valuation_override o set ended_as = $2, ended_reason = people.seal(c.member_id, $3),
       ended_by_member_id = $4, ended_at = $5
     from people.contribution c
     where o.cooperative_id = $1 and c.cooperative_id = o.cooperative_id and c.contribution_id = o.contribution_id
       and ${openOverride} and ${where} returning o.override_id as id`,
    values,
  );
}

/** Ends overrides nobody confirmed in time, so that another value can be asked for. */
export async function expireOverrides(tx: Transaction, ids: readonly string[]): Promise<Ids> {
  const expired = [tx.cooperativeId, 'expired', null, null, tx.now];
  return endOverrides(tx, 'o.override_id = any($6::uuid[])', [...expired, ids]);
}

/** Ends what has waited the days it is given and is still undecided. */
export async function expirePeopleWaiting(
  database: Database,
  context: CommandContext,
  days: number,
): Promise<void> {
  const work = async (tx: Transaction) => {
    const { cooperativeId, now } = tx;
    const waiting = await selectWaiting(tx, cooperativeId);
    const overdue = waiting.filter(({ requestedAt }) => isPastItsTime(requestedAt, days, now));
    const ids = overdue.map(({ id }) => id);
    const rules = [cooperativeId, 'expired', null, null, null, now, ids];
    const endings = [
      await endRules(tx, 'r.rule_id = any($7::uuid[])', rules),
      await expireOverrides(tx, ids),
      await expirePolicyRequests(tx, ids),
      await expireErasures(tx, ids),
    ];
    const ended = new Set(endings.flat().map(({ id }) => id));
    const over = overdue.filter(({ id }) => ended.has(id));
    appendExpired(tx, over, { days, timeZone: (await getCooperative(tx)).timeZone });
    return accept({ ended: over.length });
  };
  expectAccepted(
    await runCommand(database, 'people', context, { name: 'expireRequests', input: { days } }, work),
  );
}

export type DeclineWaitingRefusal =
  | { readonly code: 'REQUEST_NOT_FOUND' }
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'REASON_REQUIRED'; readonly field: 'reason' };

type Declining = {
  readonly name: 'declineValuationRule' | 'declineValuationOverride';
  readonly act: 'rate.set' | 'valuation.override';
  /** Whether the actor may say no to what somebody else asked for. */
  readonly may: (actor: Actor, asker: Actor, about: string | null) => boolean;
  readonly asked: Extract<WaitingAct, 'setValuationRule' | 'overrideValuation'>;
  /** Who asked, and whom what is said about it concerns where that is somebody else. */
  readonly asker: string;
  readonly end: (tx: Transaction, reason: string, id: string) => Promise<Ids>;
};

const rule: Declining = {
  name: 'declineValuationRule',
  act: 'rate.set',
  may: (actor) => may(actor, 'rate.set'),
  asked: 'setValuationRule',
  asker: `select r.set_by_login_id as "loginId", r.set_by_member_id as "memberId", null::uuid as about
    from people.valuation_rule r
    where r.cooperative_id = $1 and r.rule_id = $2 and ${openRule}`,
  end: (tx, reason, id) => {
    const { loginId, memberId } = tx.actor;
    return endRules(tx, 'r.rule_id = $7', [
      tx.cooperativeId,
      'declined',
      reason,
      loginId,
      memberId,
      tx.now,
      id,
    ]);
  },
};

const override: Declining = {
  name: 'declineValuationOverride',
  act: 'valuation.override',
  may: (actor, asker, about) => about !== null && mayDeclineOverride(actor, asker, about),
  asked: 'overrideValuation',
  asker: `select o.requested_by_login_id as "loginId", o.requested_by_member_id as "memberId", c.member_id as about
    from people.valuation_override o
    join people.contribution c on c.cooperative_id = o.cooperative_id and c.contribution_id = o.contribution_id
    where o.cooperative_id = $1 and o.override_id = $2 and ${openOverride}`,
  end: (tx, reason, id) =>
    endOverrides(tx, 'o.override_id = $6', [
      tx.cooperativeId,
      'declined',
      reason,
      tx.actor.memberId,
      tx.now,
      id,
    ]),
};

type Asker = Pick<Actor, 'loginId' | 'memberId'> & { readonly about: string | null };

/**
 * Says no, with a reason, to what waits for a second person; whoever asked takes it back the same way. Refuses, in order:
 * REQUEST_NOT_FOUND, FORBIDDEN, REASON_REQUIRED.
 */
function declining({ name, act, may: mayDecline, asked, asker: whoAsked, end }: Declining) {
  return async (
    database: Database,
    context: CommandContext,
    input: { readonly requestId: string; readonly reason: string },
  ): Promise<Result<{ requestId: string }, DeclineWaitingRefusal | IdempotencyConflict>> =>
    runCommand<{ requestId: string }, DeclineWaitingRefusal>(
      database,
      'people',
      context,
      { name, input },
      async (tx) => {
        const { requestId } = input;
        const [asker] = isUuid(requestId)
          ? await tx.query<Asker>(whoAsked, [tx.cooperativeId, requestId])
          : [];
        if (asker === undefined) return refuse({ code: 'REQUEST_NOT_FOUND' });
        const { actor } = tx;
        const { loginId, memberId: askedBy, about } = asker;
        const who: Actor = { ...actor, kind: 'person', loginId, memberId: askedBy };
        const own = isSamePerson(actor, who);
        if (actor.kind !== 'person' || actor.memberId === null || !(own || mayDecline(actor, who, about)))
          return refuse({ code: 'FORBIDDEN', act });
        const reason = input.reason.trim();
        if (reason === '') return refuse({ code: 'REASON_REQUIRED', field: 'reason' });
        // Two at once: one of them decided it.
        if ((await end(tx, reason, requestId)).length === 0) return refuse({ code: 'REQUEST_NOT_FOUND' });
        if (!own) appendDeclined(tx, { requestId, asked, askedBy, ...(about ? { about } : {}), reason });
        return accept({ requestId });
      },
    );
}

export const declineValuationRule = declining(rule);
export const declineValuationOverride = declining(override);
