import { describe, expect, it } from 'vitest';
import { filtersSet, nextHref, queueHref, readQueueFilter } from './queue-place.ts';

const rows = [11, 12, 15].map((number) => ({ id: `c${number}`, number }));
const all = readQueueFilter({});
const only = { after: null, endCursor: null, filter: all };

describe('the place in the queue', () => {
  it('is kept on the page it is on', () => {
    expect(queueHref({ item: 'c12', after: 'k=' })).toBe('/approvals?after=k%3D&item=c12');
    expect(queueHref({})).toBe('/approvals');
  });

  it('keeps what of it is wanted, and leaves out what it does not understand', () => {
    const filter = readQueueFilter({
      kind: 'LABOR',
      from: '1,000',
      stale: '1',
      search: ' ',
      category: 'Field',
    });
    expect(filter).toEqual({ search: null, kind: 'LABOR', category: 'Field', from: '1000', stale: '1' });
    expect(filtersSet(filter)).toBe(4);
    const page = { ...only, filter };
    const narrowed = '/approvals?kind=LABOR&category=Field&from=1000&stale=1';
    expect(nextHref(rows, { id: 'c12', number: 12 }, page)).toBe(`${narrowed}&item=c15`);
    expect(nextHref([], { id: 'c12', number: 12 }, page)).toBe(narrowed);
    expect(filtersSet(readQueueFilter({ kind: 'gold', from: 'much', stale: 'no' }))).toBe(0);
  });

  it('goes on to the one after, not back to the oldest', () => {
    expect(nextHref(rows, { id: 'c12', number: 12 }, only)).toBe('/approvals?item=c15');
  });

  it('passes over what the viewer may not decide, such as their own', () => {
    const mixed = [
      { id: 'c1', number: 1, viewerMay: ['approve'] },
      { id: 'c2', number: 2, viewerMay: ['edit', 'withdraw'] },
      { id: 'c3', number: 3, viewerMay: ['approve'] },
    ];
    expect(nextHref(mixed, { id: 'c1', number: 1 }, only)).toBe('/approvals?item=c3');
    expect(nextHref(mixed, { id: 'c3', number: 3 }, only)).toBe('/approvals?item=c1');
    expect(nextHref(mixed.slice(1, 2), { id: 'c1', number: 1 }, only)).toBe('/approvals?item=c2');
  });

  it('goes on behind one that somebody else has decided', () => {
    expect(nextHref(rows, { id: 'c13', number: 13 }, only)).toBe('/approvals?item=c15');
  });

  it('goes on to the next page at the end of this one', () => {
    const page = { after: 'a', endCursor: 'b', filter: all };
    expect(nextHref(rows, { id: 'c15', number: 15 }, page)).toBe('/approvals?after=b');
  });

  it('comes back to what was passed over at the very end, and to the clear queue when nothing is left', () => {
    expect(nextHref(rows, { id: 'c15', number: 15 }, only)).toBe('/approvals?item=c11');
    expect(nextHref(rows.slice(2), { id: 'c15', number: 15 }, only)).toBe('/approvals');
  });
});
