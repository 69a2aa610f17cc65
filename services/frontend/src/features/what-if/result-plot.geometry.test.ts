import { describe, expect, it } from 'vitest';
import type { Line } from './outcome.ts';
import { narrowFrame, plotScale, wideFrame } from './result-plot.geometry.ts';

const line = (now: bigint, next: bigint): Line => ({
  memberId: 'm',
  name: 'Alice Moreno',
  now,
  next,
  shareNow: '0.0000',
  shareNext: '0.0000',
  capped: false,
  byWeight: '0.0000',
  uncapped: next,
  total: '0',
  below: false,
});

describe('the plot of who gets what', () => {
  it('begins at zero, so that the length of a line tells the amount', () => {
    const { x, steps } = plotScale([line(525_406n, 480_000n), line(285_405n, 304_615n)], 2, wideFrame);
    expect(x(0n)).toBe(wideFrame.left);
    expect(x(525_406n)).toBe(wideFrame.width - wideFrame.right);
    expect((x(480_000n) - x(0n)) / (x(240_000n) - x(0n))).toBeCloseTo(2, 2);
    expect(steps.map(({ value }) => value)).toEqual([0, 2_000, 4_000]);
  });

  it('a loss hangs to the left of zero and stays within the picture', () => {
    const { x, steps } = plotScale([line(-87_568n, -80_000n), line(-47_567n, -55_135n)], 2, narrowFrame);
    expect(x(-87_568n)).toBe(narrowFrame.left);
    expect(x(0n)).toBe(narrowFrame.width - narrowFrame.right);
    expect(steps.map(({ value }) => value)).toContain(0);
  });
});
