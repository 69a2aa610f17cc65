// Sets up the present: the new members, who decides, the queue with its signatures and questions, the payment of the
// third quarter waiting for its second signature, and the rate that changes soon.
import { addDays, addMonths, startOfMonth } from '@habitat/kernel';
import { readAllNotifications } from '@habitat/notifications';
import {
  adjustContribution,
  approveContribution,
  askAboutContribution,
  changeMemberStatus,
  commentOnContribution,
  disputeContribution,
  setApprovalPolicy,
  setValuationRule,
} from '@habitat/people';
import { log } from './acts.ts';
import { instantOf } from './calendar.ts';
import { DUAL_CONTROL, PEER_RULE } from './founding.ts';
import { boxTruck, disputedWork, neighborHelp, seedExchange, waitingGifts } from './year/quarter-4.ts';
import type { Waiting } from './year/quarter-4.ts';
import type { Act, Stage } from './stage.ts';
import { done, inOrder } from './stage.ts';

const RELATIONSHIP_VALUE = '250.00';

/** On the quarter's first day Dana is admitted and the board says who decides: Carol, and Bob after two days. */
export async function beginQuarter(stage: Stage): Promise<void> {
  const { database, calendar } = stage;
  stage.moveTo(instantOf(calendar.quarters[4].from, '09:00'));
  const context = await stage.as('dev');
  const admitted = {
    memberId: stage.player('dana').memberId,
    status: 'active',
    reason: 'Admitted by the board',
  } as const;
  done('admission of Dana', await changeMemberStatus(database, context, admitted));
  stage.forget('dana');
  const route = {
    kind: null,
    category: null,
    approverMemberId: stage.player('carol').memberId,
    backupMemberId: stage.player('bob').memberId,
    withinDays: 2,
  };
  const body = {
    ...DUAL_CONTROL,
    routes: [route],
    peerRules: [PEER_RULE],
    staleDays: 3,
  };
  done(
    'approval policy',
    await setApprovalPolicy(database, context, { body, rationale: 'One person to ask, one who stands in' }),
  );
  const introductions = {
    kind: 'relationship',
    method: 'fixed',
    fixedValue: RELATIONSHIP_VALUE,
    effectiveFrom: calendar.quarters[4].from,
    rationale: 'An introduction that leads to an order',
  };
  done('rule for introductions', await setValuationRule(database, context, introductions));
}

function sending(
  stage: Stage,
  waiting: Waiting,
  after?: (stage: Stage, contributionId: string) => Promise<void>,
): Act {
  return {
    at: instantOf(stage.calendar.ago(waiting.daysAgo), waiting.time),
    run: async (now) => {
      const contributionId = await log(now, waiting.gift);
      await after?.(now, contributionId);
    },
  };
}

/** The box truck is asked about and signed by Ed; Carol's signature is open. */
function truckActs(stage: Stage): Act[] {
  let contributionId = '';
  const { calendar } = stage;
  const says = (who: 'ed' | 'bob', body: string) => async (now: Stage) => {
    done('comment', await commentOnContribution(now.database, await now.as(who), { contributionId, body }));
  };
  return [
    sending(stage, boxTruck(calendar), (_now, id) => {
      contributionId = id;
      return Promise.resolve();
    }),
    { at: instantOf(calendar.ago(4), '11:05'), run: says('ed', 'Does the appraisal include the lift gate?') },
    { at: instantOf(calendar.ago(3), '08:50'), run: says('bob', 'Yes, page 2, 1,150.00 of the 10,000.00.') },
    {
      at: instantOf(calendar.ago(3), '16:12'),
      run: async (now) => {
        done(
          'first signature on the truck',
          await approveContribution(now.database, await now.as('ed'), { contributionId }),
        );
      },
    },
  ];
}

function questionActs(stage: Stage): Act[] {
  let contributionId = '';
  const question =
    'Was this the public exchange or the members’ one? Only the public one counts as community work.';
  return [
    sending(stage, seedExchange(stage.calendar), (_now, id) => {
      contributionId = id;
      return Promise.resolve();
    }),
    {
      at: instantOf(stage.calendar.ago(2), '19:30'),
      run: async (now) => {
        done(
          'question',
          await askAboutContribution(now.database, await now.as('carol'), { contributionId, question }),
        );
      },
    },
  ];
}

function disputeActs(stage: Stage): Act[] {
  const { calendar } = stage;
  const { gift, hours, adjustedBecause, disputedBecause } = disputedWork(calendar);
  let contributionId = '';
  return [
    {
      at: instantOf(calendar.ago(12), '18:20'),
      run: async (now) => {
        contributionId = await log(now, gift);
      },
    },
    {
      at: instantOf(calendar.ago(11), '20:05'),
      run: async (now) => {
        const input = { contributionId, quantity: hours, reason: adjustedBecause };
        done('adjustment', await adjustContribution(now.database, await now.as('carol'), input));
      },
    },
    {
      at: instantOf(calendar.ago(9), '20:30'),
      run: async (now) => {
        const input = { contributionId, reason: disputedBecause };
        done('dispute', await disputeContribution(now.database, await now.as('dana'), input));
      },
    },
  ];
}

/** Labor goes from 100 to 104 an hour on the first of a month, after its thirty days of notice. */
function rateActs(stage: Stage): Act[] {
  const announced = stage.calendar.ago(3);
  const effectiveFrom = startOfMonth(addMonths(addDays(announced, 30), 1));
  const rule = {
    kind: 'labor',
    method: 'rate',
    rate: '104',
    effectiveFrom,
    rationale: 'The yearly look at comparable shops',
  };
  return [
    {
      at: instantOf(announced, '19:00'),
      run: async (now) => {
        done('new rate', await setValuationRule(now.database, await now.as('dev'), rule));
      },
    },
  ];
}

/** Everything that waits today. */
export function presentActs(stage: Stage): Act[] {
  return [
    ...inOrder(truckActs(stage)),
    ...inOrder(questionActs(stage)),
    ...inOrder(disputeActs(stage)),
    ...rateActs(stage),
    sending(stage, neighborHelp(stage.calendar)),
    ...waitingGifts(stage.calendar).map((waiting) => sending(stage, waiting)),
  ];
}

/** What happened up to a week ago, everybody has read about by now. */
export async function readUntilLately(stage: Stage): Promise<void> {
  const until = instantOf(addDays(stage.calendar.today, -7), '09:00');
  for (const [key, { loginId }] of stage.players)
    if (loginId !== null)
      done('reading', await readAllNotifications(stage.database, await stage.as(key), { until }));
}
