import { describe, expect, it } from 'vitest';
import { axisText, buildStepPlot, gridSteps, noteAt, stepPath } from './step-plot.geometry.ts';

const frame = { width: 600, height: 280, right: 160, top: 30 };

describe('the capital plot', () => {
  it('a balance stays level until something is posted, then steps', () => {
    expect(
      stepPath(
        [
          [0, 100],
          [50, 80],
        ],
        90,
      ),
    ).toBe('M0 100H50V80H90');
  });

  it('has at most four gridlines at round amounts, and zero among them', () => {
    expect(gridSteps(0, 35_266)).toEqual([0, 10_000, 20_000, 30_000]);
    expect(gridSteps(0, 9_400)).toEqual([0, 2_500, 5_000, 7_500]);
    expect(gridSteps(0, 30_012)).toEqual([0, 10_000, 20_000, 30_000]);
    expect(gridSteps(-900, 900)).toContain(0);
    expect(axisText(30_000)).toBe('30k');
    expect(axisText(-500)).toBe('\u2212500');
  });

  it('a member with no capital yet gets an empty plot, not a broken one', () => {
    const plot = buildStepPlot({ points: [], until: '2026-10-01', draftBook: null, noteOn: null }, frame);
    expect(plot.bookPath).not.toContain('NaN');
    expect(plot.gridlines.map(({ text }) => text)).toEqual(['0', '50', '100']);
    expect(plot.years.map(({ text }) => text)).toEqual(['2026']);
  });

  it('the names of two lines that end together do not cover each other', () => {
    const points = [{ on: '2026-01-01', book: '100.00', tax: '100.00' }];
    const { labelYs } = buildStepPlot({ points, until: '2026-10-01', draftBook: null, noteOn: null }, frame);
    expect(Math.abs(labelYs[0] - labelYs[1])).toBeGreaterThanOrEqual(16);
  });

  it('the one note stands where neither line runs through its words', () => {
    const room = { top: 30, bottom: 250 };
    const book = [
      [0, 100],
      [400, 110],
    ] as const;
    expect(noteAt([400, 110], [book], room).textY).toBe(174);
    const tax = [[0, 170]] as const;
    const { textY } = noteAt([400, 110], [book, tax], room);
    expect(Math.abs(textY - 170)).toBeGreaterThan(12);
    expect(Math.abs(textY - 110)).toBeGreaterThan(12);
    const low = [[0, 240]] as const;
    expect(noteAt([400, 225], [low], room).textY).toBeLessThan(225);
  });
});
