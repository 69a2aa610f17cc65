// A change that weakens a control is told from one that does not, for the policy and for the rules that need no reviewer.
import fc from 'fast-check';
import type { ContributionKind } from '@habitat/events';
import { contributionKind } from '@habitat/events';
import { expectAccepted, parseDecimal } from '@habitat/kernel';
import { describe, expect, test } from 'vitest';
import type { ApprovalPolicyBody, PeerRule } from '../policy/policy.ts';
import { PEER_TIMEOUTS, peerRuleFor, twoApproversFrom } from '../policy/policy.ts';
import type { AutoApprovalReach } from './loosening.ts';
import { isLooser, isLooserRule } from './loosening.ts';

const policy: ApprovalPolicyBody = {
  twoApproversFromMinor: '250000',
  twoApproversFromMinorByKind: { in_kind: '500000' },
  routes: [],
  staleDays: 3,
};
const changed = (change: Partial<ApprovalPolicyBody>) => isLooser(policy, { ...policy, ...change });

describe('the approval policy', () => {
  test('a higher value before two people sign is looser, in kind too; a lower one is not', () => {
    expect(changed({ twoApproversFromMinor: '250001' })).toBe(true);
    expect(changed({ twoApproversFromMinorByKind: { in_kind: '500001' } })).toBe(true);
    expect(changed({ twoApproversFromMinorByKind: { in_kind: '500000', cash: '250001' } })).toBe(true);
    expect(changed({ twoApproversFromMinor: '100000' })).toBe(false);
    expect(changed({ twoApproversFromMinorByKind: {} })).toBe(false);
    expect(changed({})).toBe(false);
  });

  test('what is tighter elsewhere does not make up for it', () => {
    expect(changed({ twoApproversFromMinor: '1', twoApproversFromMinorByKind: { in_kind: '500001' } })).toBe(
      true,
    );
  });

  test('more days for a second person are looser than fourteen, fewer are not', () => {
    expect(changed({ secondPersonDays: 15 })).toBe(true);
    expect(changed({ secondPersonDays: 14 })).toBe(false);
    expect(changed({ secondPersonDays: 2 })).toBe(false);
    expect(isLooser({ ...policy, secondPersonDays: 5 }, policy)).toBe(true);
  });

  test('whose turn it is excuses nobody', () => {
    expect(changed({ staleDays: 9, fallbackMemberId: '01990000-0000-7000-8000-000000000001' })).toBe(false);
  });

  const peers: PeerRule = {
    kind: 'labor',
    category: 'Fields',
    peers: 3,
    days: 3,
    onTimeout: 'escalate',
    role: 'reviewer',
    sameClass: true,
  };
  const among = (before: Partial<PeerRule> | null, after: Partial<PeerRule> | null) => {
    const body = (change: Partial<PeerRule> | null) =>
      change === null ? policy : { ...policy, peerRules: [{ ...peers, ...change }] };
    return isLooser(body(before), body(after));
  };

  test.each<[string, Partial<PeerRule> | null, Partial<PeerRule> | null, boolean]>([
    ['peers where a reviewer decided', null, {}, true],
    ['a reviewer where peers decided', {}, null, false],
    ['fewer peers', {}, { peers: 2 }, true],
    ['more peers', {}, { peers: 4 }, false],
    ['peers without the role', {}, { role: null }, true],
    ['peers with the role', { role: null }, {}, false],
    ['peers of every class', {}, { sameClass: false }, true],
    ['silence that approves', {}, { onTimeout: 'approve' }, true],
    ['silence that asks a reviewer where it rejected', { onTimeout: 'reject' }, {}, true],
    ['silence that rejects', {}, { onTimeout: 'reject' }, false],
    ['approval by a shorter silence', { onTimeout: 'approve' }, { onTimeout: 'approve', days: 2 }, true],
    ['approval by the same silence', { onTimeout: 'approve' }, { onTimeout: 'approve' }, false],
    ['a shorter silence that approves nothing', {}, { days: 2 }, false],
    ['peers for every category', {}, { category: null }, true],
    ['the category in capitals', {}, { category: 'FIELDS' }, false],
  ])('%s', (_what, before, after, looser) => {
    expect(among(before, after)).toBe(looser);
  });

  const anyPeers: fc.Arbitrary<PeerRule> = fc.record({
    kind: fc.constantFrom(null, 'labor', 'cash'),
    category: fc.constantFrom(null, 'Fields', 'Till'),
    peers: fc.integer({ min: 1, max: 3 }),
    days: fc.integer({ min: 1, max: 3 }),
    onTimeout: fc.constantFrom(...PEER_TIMEOUTS),
    role: fc.constantFrom(null, 'reviewer'),
    sameClass: fc.boolean(),
  });

  test('without a second person fewer peers never suffice, nor peers where a reviewer decided', () => {
    const bodies = fc
      .array(anyPeers, { maxLength: 3 })
      .map((peerRules): ApprovalPolicyBody => ({ ...policy, peerRules }));
    fc.assert(
      fc.property(fc.array(bodies, { minLength: 2, maxLength: 6 }), (asked) => {
        let [inForce] = asked as [ApprovalPolicyBody];
        const first = inForce;
        for (const after of asked) if (!isLooser(inForce, after)) inForce = after;
        for (const kind of contributionKind.options)
          for (const category of ['Fields', 'Till', 'elsewhere']) {
            const now = peerRuleFor(inForce, kind, category);
            const before = peerRuleFor(first, kind, category);
            if (now !== null) expect(now.peers).toBeGreaterThanOrEqual(before?.peers ?? Infinity);
            if (now?.onTimeout === 'approve') expect(before?.onTimeout).toBe('approve');
          }
      }),
    );
  });

  const amount = fc.bigInt(0n, 1_000n).map(String);
  const anyPolicy: fc.Arbitrary<ApprovalPolicyBody> = fc.record({
    twoApproversFromMinor: amount,
    twoApproversFromMinorByKind: fc.dictionary(fc.constantFrom(...contributionKind.options), amount),
    routes: fc.constant([]),
    staleDays: fc.constant(3),
    secondPersonDays: fc.integer({ min: 1, max: 30 }),
  });

  test('without a second person no kind of work ever needs fewer signatures, by however many steps', () => {
    fc.assert(
      fc.property(
        fc.array(anyPolicy, { minLength: 2, maxLength: 6 }),
        fc.bigInt(0n, 1_100n),
        (asked, value) => {
          let [inForce] = asked as [ApprovalPolicyBody];
          const signatures = (body: ApprovalPolicyBody, kind: ContributionKind) =>
            value >= twoApproversFrom(body, kind) ? 2 : 1;
          const first = inForce;
          for (const after of asked) if (!isLooser(inForce, after)) inForce = after;
          for (const kind of contributionKind.options)
            expect(signatures(inForce, kind)).toBeGreaterThanOrEqual(signatures(first, kind));
          expect(inForce.secondPersonDays).toBeLessThanOrEqual(first.secondPersonDays ?? 14);
        },
      ),
    );
  });

  test('of two different policies at least one is looser than the other, unless they ask for the same', () => {
    fc.assert(
      fc.property(anyPolicy, anyPolicy, (left, right) => {
        const same =
          left.secondPersonDays === right.secondPersonDays &&
          contributionKind.options.every(
            (kind) => twoApproversFrom(left, kind) === twoApproversFrom(right, kind),
          );
        expect(isLooser(left, right) || isLooser(right, left)).toBe(!same);
      }),
    );
  });
});

describe('a rule that needs no reviewer', () => {
  const most = (text: string) => expectAccepted(parseDecimal(text));
  const rule: AutoApprovalReach = {
    kind: 'labor',
    category: 'Till',
    maxQuantityPerWeek: most('10'),
    verifiedSourceOnly: true,
    active: true,
  };

  test.each<[string, AutoApprovalReach | null, Partial<AutoApprovalReach>, boolean]>([
    ['a new one', null, {}, true],
    ['a new one that is switched off', null, { active: false }, false],
    ['one switched on again', { ...rule, active: false }, {}, true],
    ['more in a week', rule, { maxQuantityPerWeek: most('10.5') }, true],
    ['the same, written otherwise', rule, { maxQuantityPerWeek: most('10.0') }, false],
    ['less in a week', rule, { maxQuantityPerWeek: most('9') }, false],
    ['what people type', rule, { verifiedSourceOnly: false }, true],
    ['another category', rule, { category: 'Fields' }, true],
    ['every category', rule, { category: null }, true],
    ['one category of all', { ...rule, category: null }, {}, false],
    ['the category in capitals', rule, { category: 'TILL' }, false],
    ['another kind', rule, { kind: 'community' }, true],
    ['switched off, whatever else', rule, { active: false, maxQuantityPerWeek: most('99') }, false],
  ])('%s', (_what, before, change, looser) => {
    expect(isLooserRule(before, { ...rule, ...change })).toBe(looser);
  });
});
