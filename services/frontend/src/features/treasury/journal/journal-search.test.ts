import { describe, expect, it } from 'vitest';
import { capitalHref, journalFilter, journalHref } from './journal-search.ts';

describe('a part of the journal', () => {
  it('is asked for by an amount as people type it, and never by what is none', () => {
    expect(journalFilter({ amount: '$1,200.50' }).amount).toBe('1200.50');
    expect(journalFilter({ amount: '-40' }).amount).toBe('-40');
    expect(journalFilter({ amount: 'twelve' }).amount).toBeNull();
    expect(journalHref(journalFilter({ amount: '40', source: 'manual' }))).toBe(
      '/treasury/journal?source=manual&amount=40',
    );
  });

  it('is what is behind a figure of a member’s capital', () => {
    expect(capitalHref('m1', { cause: 'work', to: '2026-09-30' })).toBe(
      '/treasury/journal?member=m1&source=contribution&to=2026-09-30',
    );
    expect(capitalHref('m1', { cause: 'other' })).toBe('/treasury/journal?member=m1');
  });
});
