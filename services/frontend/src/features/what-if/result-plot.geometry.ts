// Where the marks of a tried result stand. Only here does an amount become a number, because a pixel has no cents.
import { formatMinor } from '@habitat/kernel';
import { gridSteps, highestOf } from '../../components/plot/step-plot.geometry.ts';
import type { Line } from './outcome.ts';

export type PlotFrame = {
  width: number;
  /** Where the amounts begin and end. */
  left: number;
  right: number;
  top: number;
  /** The height of a member's row, and where in it the marks stand. */
  row: number;
  mark: number;
  /** A name ends beside its row, or begins above it. */
  nameX: number;
  nameY: number;
  nameEnd: 'start' | 'end';
};

export const wideFrame: PlotFrame = {
  width: 660,
  left: 124,
  right: 60,
  top: 26,
  row: 54,
  mark: 24,
  nameX: 112,
  nameY: 4,
  nameEnd: 'end',
};
/** On a phone a name stands above its line, so that the line has the whole width. */
export const narrowFrame: PlotFrame = {
  width: 318,
  left: 12,
  right: 66,
  top: 14,
  row: 74,
  mark: 50,
  nameX: 18,
  nameY: -32,
  nameEnd: 'start',
};

/** More than these are only in the table. */
export const mostLines = 12;

export const shownName = (name: string): string => (name.length > 17 ? `${name.slice(0, 16)}…` : name);

/** The place of an amount, and the axis: from zero (or the deepest loss) to the largest amount, at round steps. */
export function plotScale(lines: readonly Line[], digits: number, { width, left, right }: PlotFrame) {
  const units = (minor: bigint) => Number(formatMinor(minor, digits));
  const amounts = lines.flatMap(({ now, next }) => [units(now), units(next)]);
  const low = Math.min(0, ...amounts);
  const high = highestOf(amounts);
  const at = (value: number) =>
    Math.round((left + ((value - low) / (high - low)) * (width - left - right)) * 10) / 10;
  return {
    x: (minor: bigint) => at(units(minor)),
    steps: gridSteps(low, high).map((value) => ({ value, at: at(value) })),
  };
}
