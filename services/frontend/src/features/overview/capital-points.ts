// What the capital plot is drawn from: one point per day, and the one fall worth a note.
import { differenceOf, largestOf } from '../../lib/amount.ts';

export type Point = { on: string; book: string; tax: string; cause: string };

/** A day with several postings stands at where it ended. */
export function pointPerDay<P extends Point>(points: readonly P[]): P[] {
  return points.filter((point, index) => points[index + 1]?.on !== point.on);
}

/** The largest loss shared among members: the day it came and by how much capital fell; null when there was none. */
export function largestLoss(points: readonly Point[]): { on: string; amount: string } | null {
  const losses = points.flatMap((point, index) => {
    const before = points[index - 1];
    const change = before ? differenceOf(point.book, before.book) : '0';
    return point.cause === 'surplus' && change.startsWith('-') ? [{ on: point.on, amount: change }] : [];
  });
  const largest = largestOf(losses.map(({ amount }) => amount.slice(1)));
  return losses.find(({ amount }) => amount === `-${largest}`) ?? null;
}
