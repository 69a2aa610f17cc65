// How Riverbend came to be: founded by Alice, joined by the others, its administration handed over to Dev; then the
// chart, the rates and the terms its members agreed on before the year began.
import { setPolicies, setWeights } from '@habitat/agreements';
import { newId, parseLocalDate } from '@habitat/kernel';
import {
  addMember,
  decidePolicyRequest,
  linkLogin,
  listPolicyRequests,
  revokeRole,
  roleAssignmentsOf,
  setApprovalPolicy,
  setValuationRule,
} from '@habitat/people';
import { createCooperative, grantAccess } from '@habitat/platform';
import { createAccount } from '@habitat/treasury';
import type { DemoCalendar } from './calendar.ts';
import { instantOf, TIME_ZONE } from './calendar.ts';
import type { Person } from './cast.ts';
import { CAST, DEMO_PASSWORD, emailOf, joinedOn } from './cast.ts';
import { ADDED_ACCOUNTS } from './year/gift.ts';
import type { Act, Place } from './stage.ts';
import { done, Stage } from './stage.ts';

export const DEMO_SLUG = 'riverbend';

const dayOf = (text: string) => done(`day ${text}`, parseLocalDate(text));

/** Founds the cooperative on the day its first members joined and lets every context take it up. */
export async function found(place: Place, calendar: DemoCalendar): Promise<Stage> {
  const [founder] = CAST;
  if (founder === undefined) throw new Error('the demo has no founder');
  const founded = instantOf(dayOf(joinedOn(founder, calendar)), '10:00');
  const created = await createCooperative(
    place.database,
    { now: founded, correlationId: `demo-${newId()}` },
    {
      name: 'Riverbend Cooperative',
      slug: DEMO_SLUG,
      currency: 'USD',
      timeZone: TIME_ZONE,
      taxRegime: 'subchapter_k',
      template: 'limited-cooperative-association',
      firstPeriodStartsOn: calendar.quarters[1].from,
      periodLength: 'quarter',
      administrator: {
        email: emailOf(founder.key),
        displayName: founder.displayName,
        password: DEMO_PASSWORD,
      },
    },
  );
  const { cooperativeId, memberId, loginId } = done('founding', created);
  const stage = new Stage(place, calendar, cooperativeId, founded);
  stage.players.set(founder.key, { memberId, loginId });
  await stage.drain();
  return stage;
}

/** Adds a member as the administrator of the time, with an account for those who sign in. */
export async function join(
  stage: Stage,
  one: Person,
  by: 'alice' | 'dev',
  status: 'active' | 'pending' = 'active',
): Promise<void> {
  const { database } = stage;
  const context = await stage.as(by);
  const email = emailOf(one.key);
  const { displayName } = one;
  const added = await addMember(database, context, {
    displayName,
    email,
    class: one.class,
    joinedOn: joinedOn(one, stage.calendar),
    status,
    roles: one.roles,
  });
  const { memberId } = done(`joining of ${displayName}`, added);
  let loginId: string | null = null;
  if (one.signsInAs !== null) {
    const account = await grantAccess(database, context, {
      memberId,
      email,
      displayName,
      password: DEMO_PASSWORD,
    });
    ({ loginId } = done(`account of ${displayName}`, account));
    done(`login of ${displayName}`, await linkLogin(database, context, { memberId, loginId }));
  }
  stage.players.set(one.key, { memberId, loginId });
}

/** The founder hands over: Dev administers, and takes the founder's grant back. */
async function handOver(stage: Stage): Promise<void> {
  const { database, cooperativeId } = stage;
  const { memberId } = stage.player('alice');
  const held = await roleAssignmentsOf(database, { cooperativeId, memberIds: [memberId] });
  const assignment = held.get(memberId)?.find((one) => one.role === 'administrator');
  if (assignment === undefined) throw new Error('the founder does not administer the demo');
  const revoked = await revokeRole(database, await stage.as('dev'), {
    assignmentId: assignment.assignmentId,
    reason: 'The founding year is over; Dev administers from here.',
  });
  done('handing over', revoked);
  stage.forget('alice');
}

/** Help from neighbor to neighbor is known to the neighbors: two of them say that it was so, no steward. */
export const PEER_RULE = {
  kind: 'community',
  category: 'Neighbor help',
  peers: 2,
  days: 14,
  onTimeout: 'escalate',
  role: null,
  sameClass: false,
} as const;

export const DUAL_CONTROL = {
  twoApproversFromMinor: '250000',
  twoApproversFromMinorByKind: { in_kind: '500000' },
} as const;

/** Letting peers decide takes two administrators: Alice asks and Dev agrees, before she hands over. */
async function trustPeers(stage: Stage): Promise<void> {
  const { database } = stage;
  const body = { ...DUAL_CONTROL, routes: [], peerRules: [PEER_RULE], staleDays: 3 };
  const rationale = 'Who was helped knows best';
  done('peers', await setApprovalPolicy(database, await stage.as('alice'), { body, rationale }));
  const [request] = await listPolicyRequests(database, stage.cooperativeId);
  if (request === undefined) throw new Error('the rule for peers waits for nobody');
  const { requestId } = request;
  const agreed = await decidePolicyRequest(database, await stage.as('dev'), { requestId, approve: true });
  done('second word on peers', agreed);
}

/** Everybody who joined before the demo's year, in the order of their numbers, and what the founder did before she went. */
export function joining(calendar: DemoCalendar): Act[] {
  const earlier = CAST.slice(1).filter((one) => one.yearsBefore !== null);
  const firstDay = instantOf(dayOf(joinedOn(CAST[0] ?? earlier[0]!, calendar)), '11:00');
  const joins = earlier.map((one): Act => ({ at: firstDay, run: (stage) => join(stage, one, 'alice') }));
  return [...joins, { at: firstDay, run: trustPeers }, { at: firstDay, run: handOver }];
}

/** Accounts the template does not have. */
export async function openAccounts(stage: Stage): Promise<void> {
  for (const { parent, code, name } of ADDED_ACCOUNTS) {
    done(
      `account ${code}`,
      await createAccount(stage.database, await stage.as('dev'), { parentCode: parent, code, name }),
    );
  }
}

const RATES = [
  { kind: 'labor', rate: '60', from: 'founding', rationale: 'First rate, by the founding meeting' },
  { kind: 'expertise', rate: '120', from: 'founding', rationale: 'First rate, by the founding meeting' },
  { kind: 'community', rate: '100', from: 'founding', rationale: 'First rate, by the founding meeting' },
  { kind: 'labor', rate: '75', from: 'first quarter', rationale: 'The valley’s farm wage rose' },
  { kind: 'labor', rate: '100', from: 'second quarter', rationale: 'Comparable shops pay 95 to 105 an hour' },
] as const;

/** The rates in force during the demo's year; a change is announced forty days ahead. */
export function settingRates(calendar: DemoCalendar): Act[] {
  const founded = joinedOn(CAST[0]!, calendar);
  const first = {
    founding: founded,
    'first quarter': calendar.quarters[1].from,
    'second quarter': calendar.quarters[2].from,
  };
  const announced = (effectiveFrom: string) =>
    new Date(instantOf(dayOf(effectiveFrom), '15:00').getTime() - 40 * 86_400_000);
  return RATES.map(({ kind, rate, from, rationale }) => ({
    at: from === 'founding' ? instantOf(dayOf(founded), '12:00') : announced(first[from]),
    run: async (stage) => {
      const rule = { kind, method: 'rate', rate, effectiveFrom: first[from], rationale };
      done(`rate of ${kind}`, await setValuationRule(stage.database, await stage.as('dev'), rule));
    },
  }));
}

const WEIGHTS = {
  labor: '0.40',
  expertise: '0.40',
  revenue: '0.30',
  relationship: '0.30',
  cash: '0.20',
  community: '0.10',
};

const TERMS = [
  {
    quarter: 1,
    weights: { ...WEIGHTS, relationship: '0.25' },
    policies: { cashRate: '0.40', eligibility: ['cooperative'] },
    rationale: 'Members’ meeting of December',
  },
  {
    quarter: 2,
    weights: { ...WEIGHTS, expertise: '0.45', relationship: '0.25' },
    policies: null,
    rationale: 'Expertise is scarce this season',
  },
  {
    quarter: 3,
    weights: WEIGHTS,
    policies: { cashRate: '0.20', eligibility: null },
    rationale: 'After the frost: keep more in, back to the plain weights',
  },
] as const;

/** Weights and policies, each agreed on three days before the quarter they begin with. */
export function agreeing(calendar: DemoCalendar): Act[] {
  return TERMS.map(({ quarter, weights, policies, rationale }) => ({
    at: new Date(instantOf(calendar.quarters[quarter].from, '19:00').getTime() - 3 * 86_400_000),
    run: async (stage) => {
      const effectiveFrom = calendar.quarters[quarter].from;
      const context = await stage.as('dev');
      done('weights', await setWeights(stage.database, context, { effectiveFrom, weights, rationale }));
      if (policies === null) return;
      const eligibility =
        policies.eligibility === null
          ? {}
          : {
              eligibility: {
                classes: policies.eligibility,
                statuses: ['active', 'withdrawing'],
                minimumTenureDays: 0,
              },
            };
      const changes = { cashRate: policies.cashRate, ...eligibility };
      done('policies', await setPolicies(stage.database, context, { effectiveFrom, changes, rationale }));
    },
  }));
}
