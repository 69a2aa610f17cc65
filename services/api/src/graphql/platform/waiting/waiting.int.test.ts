// Everything that waits for a second person on one list: it is taken back by whoever asked, declined with a reason by those
// who may be the second person, and ends by itself when nobody decides; then nobody can agree to it any more.
import { expireAgreementsWaiting } from '@habitat/agreements';
import { systemActor } from '@habitat/kernel';
import { drainEvents } from '@habitat/messaging';
import { expirePeopleWaiting } from '@habitat/people';
import { expireTreasuryWaiting } from '@habitat/treasury';
import { noticeHandlers } from '@habitat/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import { Party } from '../../../testing/party.ts';
import type { Founded } from '../../../testing/served-cooperative.ts';
import { Served } from '../../../testing/served-cooperative.ts';

let served: Served;
let river: Founded;
let party: Party;

const LIST = `{ waitingRequests { id act reason by { displayName } requestedAt expiresAt contributionId
  member { displayName } viewerMayDecline own reminder { viewerMay remindedOn } } }`;
interface Waiting {
  readonly id: string;
  readonly act: string;
  readonly own: boolean;
  readonly viewerMayDecline: boolean;
  readonly reminder: { readonly viewerMay: boolean; readonly remindedOn: string | null };
  readonly requestedAt: string;
  readonly expiresAt: string;
}
const waiting = async (who = 'ada'): Promise<Waiting[]> => (await party.ask(who, LIST)).waitingRequests;
const found = async (act: string) =>
  (await waiting()).find((one) => one.act === act) ?? expect.fail(`no ${act} waits`);

const entry = {
  effectiveOn: '2026-11-12',
  description: 'Sales',
  entries: [
    { accountCode: '1110', book: '9000.00' },
    { accountCode: '4210', book: '-9000.00' },
  ],
};
const rate = {
  kind: 'LABOR',
  method: 'RATE',
  rate: '90',
  effectiveFrom: '2026-10-01',
  rationale: 'as agreed',
};

/** One of each, asked for by whom the matrix lets ask. */
async function askForAll(contributionId: string): Promise<void> {
  const sooner = { ...rate, rate: '95', waiveNotice: true, rationale: 'sooner' };
  await party.act('tess', 'postTransaction', entry);
  await party.act('ada', 'setJournalThreshold', { amount: '20000.00', rationale: 'larger deals' });
  const weights = [{ category: 'labor', weight: '2' }];
  await party.act('ada', 'setWeights', { effectiveOn: '2026-10-01', weights, rationale: 'mended' });
  await party.act('ada', 'setValuationRule', sooner);
  const override = { contributionId, value: '111.00', justification: 'comparable work' };
  await party.act('ada', 'overrideValuation', override);
  const looser = { twoApproversFrom: '9000.00', staleDays: 3, rationale: 'larger tools' };
  await party.act('ada', 'setApprovalPolicy', looser);
  await party.act('ada', 'setAutoApprovalRule', {
    kind: 'LABOR',
    maxQuantityPerWeek: '10',
    rationale: 'a time clock',
  });
  const memberId = idOf('wes');
  for (const status of ['WITHDRAWING', 'WITHDRAWN'])
    await party.act('ada', 'changeMemberStatus', { memberId, status, reason: 'moved away' });
  await party.act('ada', 'requestErasure', { memberId });
}

const idOf = (name: string) =>
  Buffer.from(`Member:${party.memberIds.get(name) ?? expect.fail(name)}`).toString('base64url');

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
  party = await Party.join(served, river, {
    ada: ['member', 'administrator'],
    bo: ['member', 'administrator'],
    tess: ['member', 'treasurer'],
    tom: ['member', 'treasurer'],
    rea: ['member', 'reviewer'],
    alice: ['member', 'contributor'],
    wes: ['member'],
  });
  await party.act('ada', 'setValuationRule', rate);
  const work = {
    kind: 'LABOR',
    category: 'field',
    quantity: '2',
    description: 'Fences',
    workedOn: '2026-11-02',
  };
  const logged = await party.act('alice', 'logContribution', work, 'contribution { id }');
  const contributionId: string = logged.contribution.id;
  await party.act('rea', 'approveContribution', { contributionId });
  await askForAll(contributionId);
});
afterAll(() => served.stop());

const acts = [
  'postTransaction',
  'setJournalThreshold',
  'setWeights',
  'setValuationRule',
  'overrideValuation',
  'setApprovalPolicy',
  'setAutoApprovalRule',
  'requestErasure',
];

test('what waits in every room is on one list with who asked and until when, fourteen days at first', async () => {
  const all = await waiting();
  expect(all.map(({ act }) => act).sort()).toEqual([...acts].sort());
  for (const { requestedAt, expiresAt } of all)
    expect(Date.parse(expiresAt) - Date.parse(requestedAt)).toBe(14 * 86_400_000);
  expect((await found('overrideValuation')) as object).toMatchObject({ contributionId: expect.any(String) });
  expect(await party.refusal('alice', LIST)).toMatchObject({ code: 'FORBIDDEN' });
  const { cooperative } = await party.ask('ada', '{ cooperative { hasSecondAdministrator } }');
  expect(cooperative).toEqual({ hasSecondAdministrator: true });
});

const OVERRIDE = `query ($id: ID!) { contribution(id: $id) { override { requestId value justification own
  by { displayName } viewerMayConfirm viewerMayDecline } } }`;

test('another value is shown where the contribution is, to those who may agree and to those who only read', async () => {
  const { contributionId: id, id: requestId } = (await found('overrideValuation')) as Waiting & {
    contributionId: string;
  };
  const shown = async (who: string) => (await party.ask(who, OVERRIDE, { id })).contribution.override;
  const asked = { requestId, value: '111.00', justification: 'comparable work', by: { displayName: 'ada' } };
  const only = (own: boolean, viewerMayConfirm: boolean, viewerMayDecline: boolean) => ({
    ...asked,
    own,
    viewerMayConfirm,
    viewerMayDecline,
  });
  expect(await shown('ada')).toEqual(only(true, false, true));
  expect(await shown('bo')).toEqual(only(false, true, true));
  expect(await shown('rea')).toEqual(only(false, true, true));
  expect(await shown('tess')).toEqual(only(false, false, false));
  expect(await shown('alice')).toEqual(only(false, false, false));
  const [listed] = (await waiting('rea')).filter(({ act }) => act === 'overrideValuation');
  expect(listed).toMatchObject({ viewerMayDecline: true });
});

test('who is to be erased, only administrators read there', async () => {
  expect(await found('requestErasure')).toMatchObject({
    member: { displayName: 'wes' },
    reason: '',
    own: true,
  });
  const read = (await waiting('tess')).map(({ act }) => act).sort();
  expect(read).toEqual(acts.filter((act) => act !== 'requestErasure').sort());
});

test('the days are the cooperative’s own, with the approval rules', async () => {
  const rules = { twoApproversFrom: '2500.00', staleDays: 3, secondPersonDays: 5, rationale: 'quicker' };
  await party.act('ada', 'setApprovalPolicy', rules);
  const { requestedAt, expiresAt } = await found('postTransaction');
  expect(Date.parse(expiresAt) - Date.parse(requestedAt)).toBe(5 * 86_400_000);
  expect(await party.refusedAct('ada', 'setApprovalPolicy', { ...rules, secondPersonDays: 0 })).toMatchObject(
    {
      reason: 'POLICY_INVALID',
    },
  );
});

test('whoever asked reminds those who may decide: after a day, and once a day', async () => {
  const requestId = (await found('postTransaction')).id;
  const remind = (who: string, id = requestId) =>
    party.refusedAct(who, 'remindOfRequest', { requestId: id }) as Promise<{ reason: string } | undefined>;
  const mayRemind = async (who: string) =>
    (await waiting(who)).filter(({ reminder }) => reminder.viewerMay).map(({ act }) => act);
  expect(await remind('tom')).toMatchObject({ reason: 'NOT_THE_ASKER' });
  expect(await remind('tess')).toMatchObject({ reason: 'REMINDER_TOO_SOON' });
  expect(await mayRemind('tess')).toEqual([]);
  served.later(86_400);
  await party.signInAgain();
  expect(await mayRemind('tess')).toEqual(['postTransaction']);
  const atOnce = await Promise.all([remind('tess'), remind('tess'), remind('tess')]);
  expect(atOnce.filter((refused) => refused === undefined)).toHaveLength(1);
  expect(atOnce.flatMap((refused) => refused?.reason ?? [])).toEqual(['REMINDED_TODAY', 'REMINDED_TODAY']);
  expect(await mayRemind('tess')).toEqual([]);
  expect((await found('postTransaction')).reminder.remindedOn).not.toBeNull();
  const again = `insert into platform.reminder select * from platform.reminder where cooperative_id = $1`;
  await expect(served.test.asOwner(again, [river.cooperativeId])).rejects.toThrow('reminder_pkey');
  const told = await served.test.asOwner(
    `select command, payload ->> 'asked' as asked from platform.event
     where cooperative_id = $1 and type = 'platform.request.reminded'`,
    [river.cooperativeId],
  );
  expect(told).toEqual([{ command: 'remindOfRequest', asked: 'postTransaction' }]);
  served.later(86_400);
  await party.signInAgain();
  expect(await remind('tess')).toBeUndefined();
});

test('only whoever may be the second person declines it, and whoever asked takes it back, each with a reason', async () => {
  const [entryId, rateId] = [(await found('postTransaction')).id, (await found('setValuationRule')).id];
  const decline = (who: string, requestId: string, reason = 'not like this') =>
    party.refusedAct(who, 'declineWaitingRequest', { requestId, reason });
  expect(await decline('rea', entryId)).toMatchObject({ reason: 'FORBIDDEN' });
  expect(await decline('tess', rateId)).toMatchObject({ reason: 'FORBIDDEN' });
  expect(await decline('tom', entryId, ' ')).toMatchObject({ reason: 'REASON_REQUIRED' });
  expect(await decline('tess', entryId)).toBeUndefined();
  expect(await decline('bo', rateId)).toBeUndefined();
  expect(await decline('bo', (await found('overrideValuation')).id)).toBeUndefined();
  expect(await decline('bo', (await found('setApprovalPolicy')).id)).toBeUndefined();
  expect(await decline('ada', (await found('setAutoApprovalRule')).id)).toBeUndefined();
  const erasureId = (await found('requestErasure')).id;
  expect(await decline('tess', erasureId)).toMatchObject({ reason: 'REQUEST_NOT_FOUND' });
  expect(await decline('bo', erasureId, 'his deposit is still here')).toBeUndefined();
  expect(
    await party.ask('wes', '{ me { erasure { status endedReason declinedBy { displayName } } } }'),
  ).toEqual({
    me: {
      erasure: {
        status: 'DECLINED',
        endedReason: 'his deposit is still here',
        declinedBy: { displayName: 'bo' },
      },
    },
  });
  expect(await decline('bo', entryId)).toMatchObject({ reason: 'REQUEST_NOT_FOUND' });
  expect(
    await party.refusedAct('bo', 'confirmValuationRule', { ruleId: await ruleOf('declined') }),
  ).toMatchObject({
    reason: 'NOT_WAITING',
  });
  expect((await waiting()).map(({ act }) => act).sort()).toEqual(['setJournalThreshold', 'setWeights']);
});

test('whoever asked is told who declined it and why, but not of what they took back themselves', async () => {
  for (const act of ['setJournalThreshold', 'setWeights']) {
    const { id: requestId } = await found(act);
    await party.act('bo', 'declineWaitingRequest', { requestId, reason: 'wait for the assembly' });
  }
  await drainEvents({ database: served.test.database, handlers: noticeHandlers(served.test.database) });
  const told = async (who: string): Promise<string[]> => {
    const list = '{ notifications(first: 50) { edges { node { kind text path } } } }';
    const { notifications } = await party.ask(who, list);
    const nodes: { kind: string; text: string }[] = notifications.edges.map(
      ({ node }: { node: { kind: string; text: string } }) => node,
    );
    return nodes.filter(({ kind }) => kind === 'REQUEST_DECLINED').map(({ text }) => text);
  };
  expect((await told('ada')).sort()).toEqual([
    'bo declined the approval rules you asked for: not like this',
    'bo declined the erasure you asked for: his deposit is still here',
    'bo declined the other value you asked for in a contribution: not like this',
    'bo declined the rate you asked for without notice: not like this',
    'bo declined the weights you proposed: wait for the assembly',
    'bo declined to raise the amount that needs two people, as you asked: wait for the assembly',
  ]);
  for (const who of ['bo', 'tess']) expect(await told(who)).toEqual([]);
  await party.act('ada', 'setJournalThreshold', { amount: '20000.00', rationale: 'larger deals' });
  await party.act('ada', 'setWeights', {
    effectiveOn: '2026-10-01',
    weights: [{ category: 'labor', weight: '2' }],
    rationale: 'mended',
  });
});

async function ruleOf(ended: string): Promise<string> {
  const { valuationRules } = await party.ask('ada', '{ valuationRules { id ended } }');
  return valuationRules.find((rule: { ended: string | null }) => rule.ended === ended).id;
}

test('what nobody decided in time is over, before and after the clock has ended it', async () => {
  const { contributions } = await party.ask('ada', '{ contributions(first: 1) { edges { node { id } } } }');
  await party.act('tess', 'postTransaction', entry);
  await party.act('ada', 'setValuationRule', { ...rate, rate: '97', waiveNotice: true });
  const contributionId: string = contributions.edges[0].node.id;
  await party.act('wes', 'requestErasure', { memberId: idOf('wes') });
  await party.act('ada', 'overrideValuation', { contributionId, value: '112.00', justification: 'again' });
  const asked = await waiting();
  expect(asked).toHaveLength(6);
  const idOfAct = (act: string) => asked.find((one) => one.act === act)?.id ?? expect.fail(`no ${act} waits`);
  const { journalRequests, valuationRules, erasures } = await party.ask(
    'ada',
    '{ journalRequests { id } valuationRules { id inForce ended } erasures { id } }',
  );
  const ruleId = valuationRules.find(
    (rule: { inForce: boolean; ended: string | null }) => !rule.inForce && rule.ended === null,
  ).id;
  const yeses = [
    ['tom', 'approveJournalRequest', { requestId: journalRequests[0].id }, 'ALREADY_DECIDED'],
    [
      'bo',
      'decideTreasurySetting',
      { settingId: idOfAct('setJournalThreshold'), approve: true },
      'NOTHING_TO_DECIDE',
    ],
    ['bo', 'decideTerms', { termsId: idOfAct('setWeights'), approve: true }, 'NOTHING_TO_DECIDE'],
    ['bo', 'confirmValuationRule', { ruleId }, 'NOT_WAITING'],
    ['bo', 'confirmValuationOverride', { contributionId }, 'NO_OVERRIDE_OPEN'],
    ['bo', 'approveErasure', { erasureId: erasures[0].id }, 'NOT_WAITING'],
  ] as const;
  const noYesCounts = async () => {
    for (const [who, act, input, reason] of yeses)
      expect(await party.refusedAct(who, act, input)).toMatchObject({ reason });
    expect(await waiting()).toEqual([]);
    // Nor is one offered where the thing itself is shown.
    const shown = await party.ask(
      'bo',
      `{ journalRequests { id } approvalPolicyRequests { id } waitingTerms { id }
         erasures { status needsYou } valuationRules { ended viewerMayConfirm }
         weights { status viewerMayDecide viewerMayDecline } treasurySettings { versions { status viewerMay } } }`,
    );
    expect(shown).toMatchObject({ journalRequests: [], approvalPolicyRequests: [], waitingTerms: [] });
    expect(shown.erasures[0]).toEqual({ status: 'EXPIRED', needsYou: false });
    expect(shown.valuationRules).toContainEqual({ ended: 'expired', viewerMayConfirm: false });
    expect(JSON.stringify(shown.valuationRules)).not.toContain('true');
    expect(shown.weights[0]).toEqual({
      status: 'expired',
      viewerMayDecide: false,
      viewerMayDecline: false,
    });
    expect(shown.treasurySettings.versions[0]).toEqual({ status: 'expired', viewerMay: [] });
  };
  const expireAll = async (days: number) => {
    const { cooperativeId } = river;
    const { now } = served;
    const facts = { cooperativeId, actor: systemActor(cooperativeId), now, correlationId: 'clock' };
    for (const expire of [expireTreasuryWaiting, expireAgreementsWaiting, expirePeopleWaiting])
      await expire(served.test.database, facts, days);
  };
  await expireAll(5);
  expect(await waiting()).toHaveLength(6);
  served.later(14 * 86_400);
  await party.signInAgain();
  await noYesCounts();
  await expireAll(14);
  await expireAll(14);
  await noYesCounts();
  const ended = await party.ask(
    'ada',
    `{ erasures { status endedReason } valuationRules { id ended } weights { status }
       treasurySettings { journalThreshold versions { status } } }`,
  );
  expect(ended.erasures.slice(0, 1)).toMatchObject([{ status: 'EXPIRED', endedReason: null }]);
  expect(ended.valuationRules).toContainEqual({ id: ruleId, ended: 'expired' });
  expect(ended.weights[0].status).toBe('expired');
  expect(ended.treasurySettings).toMatchObject({
    journalThreshold: '5000.00',
    versions: [{ status: 'expired' }, { status: 'declined' }],
  });
  // Asked for anew, also while the clock has not come round.
  const raise = { amount: '20000.00', rationale: 'once more' };
  await party.act('ada', 'setJournalThreshold', raise);
  served.later(14 * 86_400);
  await party.signInAgain();
  await party.act('ada', 'setJournalThreshold', raise);
  expect(await waiting()).toHaveLength(1);
});
