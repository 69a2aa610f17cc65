// A change that weakens a control is told from one that does not, for the policy and for the rules that need no reviewer.
import fc from 'fast-check';
import type { ContributionKind } from '@habitat/events';
import { contributionKind } from '@habitat/events';
import { expectAccepted, parseDecimal } from '@habitat/kernel';
import { describe, expect, test } from 'vitest';
import type { ApprovalPolicyBody } from '../policy/policy.ts';
import { twoApproversFrom } from '../policy/policy.ts';
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
