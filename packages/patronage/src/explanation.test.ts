import { describe, expect, it } from 'vitest';
import { calculated, inputOf, memberOf, usd, walkthrough } from './allocation.fixture.ts';
import { explainAllocation } from './explanation.ts';
import type { ExplanationCode, ExplanationNode } from './explanation.ts';
import type { AllocationInput } from './policy.ts';

function explain(input: AllocationInput, memberId: string): ExplanationNode {
  const tree = explainAllocation(calculated(input), memberId);
  if (!tree) throw new Error(`${memberId} is not explained`);
  return tree;
}

function find(tree: ExplanationNode, code: ExplanationCode): ExplanationNode[] {
  return [...(tree.code === code ? [tree] : []), ...tree.children.flatMap((child) => find(child, code))];
}

describe('the explanation', () => {
  it('goes from the amount down to the contribution ids', () => {
    const tree = explain(inputOf('12000.00'), 'alice');
    expect(tree).toMatchObject({ code: 'allocation', value: '5254.06' });
    expect(find(tree, 'share')).toMatchObject([
      { value: '43.78', facts: { numerator: '81', denominator: '185', everyonesWeightedTotal: '9250' } },
    ]);
    expect(find(tree, 'weighted_total')).toMatchObject([{ value: '4050' }]);
    const labor = find(tree, 'category').find((one) => one.facts.category === 'labor');
    expect(labor).toMatchObject({
      value: '2400',
      facts: { value: '6000.00', factor: '0.4', contributions: '2' },
      contributionIds: ['alice-labor-0', 'alice-labor-1'],
    });
    expect(find(tree, 'cash')).toMatchObject([{ value: '1050.81' }]);
  });

  it('says who won the last cent and why', () => {
    expect(find(explain(inputOf('12000.00'), 'alice'), 'rounding')).toMatchObject([
      { value: '0.01', facts: { floor: '5254.05', reason: 'tie_larger_share', tied: 'yes' } },
    ]);
    expect(find(explain(inputOf('12000.00'), 'carol'), 'rounding')).toMatchObject([
      { value: '0.00', facts: { floor: '2854.05', reason: 'none', tied: 'yes' } },
    ]);
  });

  it('says when a share was held at the maximum or raised by it', () => {
    const capped = inputOf('12000.00', walkthrough, { maximumShare: '0.40' });
    expect(find(explain(capped, 'alice'), 'maximum_share')).toMatchObject([
      { value: '40.00', facts: { held: 'yes', before: '43.78' } },
    ]);
    expect(find(explain(capped, 'bob'), 'maximum_share')).toMatchObject([
      { facts: { held: 'no', before: '32.43' } },
    ]);
  });

  it('says why a member got nothing', () => {
    const threshold = { kind: 'percent_of_average', fraction: '0.75' } as const;
    const tree = explain(inputOf('12000.00', walkthrough, { threshold }), 'carol');
    expect(tree.value).toBe('0.00');
    expect(find(tree, 'participation')).toMatchObject([
      { value: 'below_threshold', facts: { measure: 'weighted_total', minimum: '2312.50' } },
    ]);
    expect(find(tree, 'weighted_total')).toMatchObject([{ value: '2200' }]);
  });

  it('says that a loss was cut at what the member can bear', () => {
    const members = [
      memberOf('a', { labor: '50' }, { lossCapacityMinor: usd('200') }),
      memberOf('b', { labor: '50' }),
    ];
    expect(find(explain(inputOf('-1000.00', members), 'a'), 'loss_floor')).toMatchObject([
      { value: '-200.00', facts: { capacity: '200.00', bySharesAlone: '-500.00' } },
    ]);
  });

  it('never shows another member', () => {
    const told = JSON.stringify(explain(inputOf('12000.00'), 'alice'));
    for (const foreign of ['bob', 'carol', '3891.89', '2854.05', '3000', '2200'])
      expect(told).not.toContain(foreign);
  });

  it('is not there for somebody who is not part of it', () => {
    expect(explainAllocation(calculated(inputOf('1.00')), 'mallory')).toBeNull();
  });
});
