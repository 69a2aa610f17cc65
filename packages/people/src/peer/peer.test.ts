// Whatever members say and however long they are silent: nothing is approved on fewer peers than the rule asks for.
import fc from 'fast-check';
import type { Actor, LocalDate } from '@habitat/kernel';
import { addDays, expectAccepted, localDate, parseDecimal } from '@habitat/kernel';
import { describe, expect, test } from 'vitest';
import type { Change, Contribution } from '../contribution/contribution.ts';
import type { SubmitFacts } from '../contribution/logging.ts';
import { newDraft, submit } from '../contribution/logging.ts';
import type { PeerRule } from '../policy/policy.ts';
import { defaultPolicies, peerRuleFor, PEER_TIMEOUTS } from '../policy/policy.ts';
import { parseQuantity } from '../valuation/quantity.ts';
import { endOfPeers, objectTo, validate } from './peer-decision.ts';
import type { PeerFacts } from './peer-decision.ts';
import type { Peer, PeerVote } from './peer.ts';
import { isAskedAsPeer } from './peer.ts';

const SUBMITTED = localDate(2026, 9, 21);
const noon = (day: LocalDate) => new Date(`${day}T12:00:00Z`);
const policies = defaultPolicies('multi_stakeholder', 2);
const usual: PeerRule = {
  kind: null,
  category: null,
  peers: 2,
  days: 3,
  onTimeout: 'escalate',
  role: null,
  sameClass: false,
};

const peer = (name: string, more: Partial<Peer> = {}): Peer => ({
  memberId: name,
  loginId: `login-${name}`,
  class: 'cooperative',
  roles: ['member'],
  ...more,
});
const actor = (name: string): Actor => ({
  kind: 'person',
  cooperativeId: 'coop',
  loginId: `login-${name}`,
  memberId: name,
  roles: ['member'],
});
const everybody = ['ada', 'bo', 'cy', 'di', 'ed'].map((name) => peer(name));

interface Town {
  readonly rule: PeerRule;
  readonly peers: readonly Peer[];
  readonly away: readonly string[];
  readonly twoApproversFromMinor: string;
  readonly loggedBy: string | null;
}
const town = (more: Partial<Town> = {}): Town => ({
  rule: usual,
  peers: everybody,
  away: [],
  twoApproversFromMinor: '250000',
  loggedBy: null,
  ...more,
});

function factsOn(day: LocalDate, { rule, peers, away, twoApproversFromMinor }: Town): SubmitFacts {
  const approval = { ...policies.approval, twoApproversFromMinor, peerRules: [rule], version: 7 };
  const absences = away.map((memberId) => ({
    absenceId: memberId,
    memberId,
    backupMemberId: null,
    startsOn: SUBMITTED,
    endsOn: addDays(SUBMITTED, 90),
  }));
  const rate = expectAccepted(parseDecimal('100'));
  return {
    digits: 2,
    timeZone: 'UTC',
    period: {
      periodId: 'q3',
      name: 'Q3',
      startsOn: localDate(2026, 7, 1),
      endsOn: localDate(2026, 12, 31),
      status: 'open',
    },
    rules: [
      {
        ruleId: 'rate',
        kind: 'labor',
        category: null,
        memberId: null,
        version: 1,
        effectiveFrom: localDate(2026, 1, 1),
        method: 'rate',
        rate,
        fixedMinor: null,
        expression: null,
      },
    ],
    policy: { ...policies.contribution, version: 1 },
    servicesTax: { ...policies.services_tax, version: 1 },
    approval,
    actor: actor('ada'),
    now: noon(day),
    memberStatus: 'active',
    autoRules: [],
    weekSoFar: { coefficient: 0n, scale: 0 },
    peers: { peers, absences, today: day },
  };
}

/** Ada's work, submitted. */
function submitted(at: Town): Change {
  const facts = factsOn(SUBMITTED, at);
  const content = {
    kind: 'labor',
    category: 'field',
    quantity: expectAccepted(parseQuantity('6', 'labor', 2)),
    workedOn: SUBMITTED,
    description: 'Fences',
    evidence: [],
    declaredValueMinor: null,
    costBasisMinor: null,
    revenueTransactionId: null,
  } as const;
  const draft = newDraft(
    {
      contributionId: 'work',
      memberId: 'ada',
      loggedByMemberId: at.loggedBy,
      loggedByLoginId: at.loggedBy === null ? null : `login-${at.loggedBy}`,
      loggedForReason: at.loggedBy === null ? null : 'on the road',
      sourceVerified: false,
    },
    content,
    facts,
    facts.now,
  );
  return expectAccepted(submit(draft, facts, [{ act: 'logged', to: 'draft' }]));
}

type Deed = { readonly by: string; readonly says: 'yes' | 'no' | 'nothing'; readonly day: number };

/** Plays what people say, and the clock looking after each of them, to its end. */
function play(at: Town, deeds: readonly Deed[]): { now: Contribution; votes: PeerVote[]; last: LocalDate } {
  const first = submitted(at);
  let now = first.contribution;
  let last = SUBMITTED;
  const votes: PeerVote[] = [];
  const review = first.peerReview;
  for (const { by, says, day } of deeds) {
    const today = addDays(last, day);
    const work = factsOn(today, at);
    const facts: PeerFacts = { ...work, ...work.peers, review, votes, now: noon(today) };
    const told =
      says === 'yes'
        ? validate(now, actor(by), facts)
        : says === 'no'
          ? objectTo(now, actor(by), 'not seen there', facts)
          : null;
    const change = says === 'nothing' ? endOfPeers(now, facts) : told?.ok ? told.value : null;
    if (change === null) continue;
    now = change.contribution;
    last = today;
    if (change.peerVote !== null) votes.push(change.peerVote);
  }
  return { now, votes, last };
}

const deeds = fc.array(
  fc.record<Deed>({
    by: fc.constantFrom('ada', 'bo', 'cy', 'di', 'ed', 'zoe'),
    says: fc.constantFrom('yes', 'yes', 'no', 'nothing'),
    day: fc.integer({ min: 0, max: 3 }),
  }),
  { maxLength: 12 },
);
const towns = fc
  .record({
    peers: fc.integer({ min: 1, max: 4 }),
    days: fc.integer({ min: 1, max: 5 }),
    onTimeout: fc.constantFrom(...PEER_TIMEOUTS),
    away: fc.subarray(['bo', 'cy', 'di', 'ed']),
    loggedBy: fc.constantFrom(null, 'bo'),
  })
  .map(({ away, loggedBy, ...rule }) => town({ rule: { ...usual, ...rule }, away, loggedBy }));

describe('whatever is said, and however long nothing is', () => {
  test('it is approved by as many different peers as the rule asks for, or by the silence it gives that weight', () => {
    fc.assert(
      fc.property(towns, deeds, (at, said) => {
        const { now, votes, last } = play(at, said);
        const yes = new Set(
          votes.filter(({ verdict }) => verdict === 'validated').map(({ memberId }) => memberId),
        );
        expect(votes.map(({ memberId }) => memberId)).not.toContain('ada');
        expect(votes.map(({ memberId }) => memberId)).not.toContain(at.loggedBy);
        expect(yes.size).toBeLessThanOrEqual(at.rule.peers);
        if (now.status === 'valued') {
          const silence = at.rule.onTimeout === 'approve' && last > addDays(SUBMITTED, at.rule.days);
          expect(yes.size === at.rule.peers || silence).toBe(true);
          expect(votes.every(({ verdict }) => verdict === 'validated')).toBe(true);
        }
        if (now.status === 'rejected') expect(at.rule.onTimeout).toBe('reject');
      }),
    );
  });

  test('a no, however many yeses came before, leaves it to a reviewer and never to more peers', () => {
    fc.assert(
      fc.property(towns, deeds, (at, said) => {
        const { now, votes } = play(at, said);
        const no = votes.findIndex(({ verdict }) => verdict === 'objected');
        if (no === -1) return;
        expect(no).toBe(votes.length - 1);
        expect(now).toMatchObject({ status: 'submitted', peerState: 'objected' });
      }),
    );
  });

  test('what takes two reviewers by its value is never approved without them', () => {
    fc.assert(
      fc.property(towns, deeds, (at, said) => {
        const { now } = play({ ...at, twoApproversFromMinor: '60000' }, said);
        expect(now.status).not.toBe('valued');
        if (now.peerState === 'validated') expect(now.signaturesNeeded).toBe(2);
      }),
    );
  });
});

describe('who is asked', () => {
  test('too few who are there send it to a reviewer at once, and say why', () => {
    const change = submitted(town({ rule: { ...usual, peers: 3 }, away: ['bo', 'cy'] }));
    expect(change.contribution).toMatchObject({ status: 'submitted', peerState: 'no_eligible' });
    expect(change.announcements).toContainEqual({
      type: 'peers_ended',
      outcome: 'no_eligible',
      next: 'reviewers',
    });
    expect(submitted(town({ rule: { ...usual, peers: 3 }, away: ['bo'] })).contribution.peerState).toBe(
      'open',
    );
  });

  test('only holders of the role, or members of the same class, where the rule says so', () => {
    const peers = [
      peer('ada', { class: 'growers' }),
      peer('bo', { class: 'growers' }),
      peer('cy', { roles: ['member', 'treasurer'] }),
    ];
    const one = { ...usual, peers: 1 };
    const says = (by: string) => [{ by, says: 'yes', day: 0 }] as const;
    const classmates = town({ peers, rule: { ...one, sameClass: true } });
    expect(play(classmates, says('cy')).now.status).toBe('submitted');
    expect(play(classmates, says('bo')).now.status).toBe('valued');
    const treasurers = town({ peers, rule: { ...one, role: 'treasurer' } });
    expect(play(treasurers, says('bo')).now.status).toBe('submitted');
    expect(play(treasurers, says('cy')).now.status).toBe('valued');
  });

  test('the last day is theirs, the day after is the rule’s', () => {
    const after = (day: number) => [{ by: '', says: 'nothing', day }] as const;
    for (const onTimeout of PEER_TIMEOUTS) {
      const at = town({ rule: { ...usual, onTimeout } });
      expect(play(at, after(3)).now.peerState).toBe('open');
      const { status, peerState } = play(at, after(4)).now;
      expect(peerState).toBe('timed_out');
      expect(status).toBe({ escalate: 'submitted', approve: 'valued', reject: 'rejected' }[onTimeout]);
      const late = play(at, [{ by: 'bo', says: 'yes', day: 4 }]);
      expect(late.votes).toEqual([]);
    }
  });

  test('a rule asks every member, or the holders of its role', () => {
    const peerRules = [{ ...usual, role: 'treasurer' as const }];
    expect(isAskedAsPeer(['member'], { peerRules })).toBe(false);
    expect(isAskedAsPeer(['treasurer'], { peerRules })).toBe(true);
    expect(isAskedAsPeer(['member'], { peerRules: [usual] })).toBe(true);
    expect(isAskedAsPeer(['member'], {})).toBe(false);
  });

  test('the most particular rule asks: category and kind, then category, then kind', () => {
    const rule = (peers: number, more: Partial<PeerRule>) => ({ ...usual, peers, ...more });
    const peerRules = [rule(1, {}), rule(2, { kind: 'labor' }), rule(3, { category: 'Field' })];
    const asked = (kind: string, category: string) => peerRuleFor({ peerRules }, kind, category)?.peers;
    expect([asked('cash', 'x'), asked('labor', 'x'), asked('labor', 'field')]).toEqual([1, 2, 3]);
    expect(peerRuleFor({}, 'labor', 'field')).toBeNull();
  });
});
