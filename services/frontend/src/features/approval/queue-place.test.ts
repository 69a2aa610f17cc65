import { describe, expect, it } from 'vitest';
import { nextHref, queueHref } from './queue-place.ts';

const rows = [11, 12, 15].map((number) => ({ id: `c${number}`, number }));
const only = { after: null, endCursor: null };

describe('the place in the queue', () => {
  it('is kept on the page it is on', () => {
    expect(queueHref({ item: 'c12', after: 'k=' })).toBe('/approvals?after=k%3D&item=c12');
    expect(queueHref({})).toBe('/approvals');
  });

  it('goes on to the one after, not back to the oldest', () => {
    expect(nextHref(rows, { id: 'c12', number: 12 }, only)).toBe('/approvals?item=c15');
  });

  it('goes on behind one that somebody else has decided', () => {
    expect(nextHref(rows, { id: 'c13', number: 13 }, only)).toBe('/approvals?item=c15');
  });

  it('goes on to the next page at the end of this one', () => {
    const page = { after: 'a', endCursor: 'b' };
    expect(nextHref(rows, { id: 'c15', number: 15 }, page)).toBe('/approvals?after=b');
  });

  it('comes back to what was passed over at the very end, and to the clear queue when nothing is left', () => {
    expect(nextHref(rows, { id: 'c15', number: 15 }, only)).toBe('/approvals?item=c11');
    expect(nextHref(rows.slice(2), { id: 'c15', number: 15 }, only)).toBe('/approvals');
  });
});
