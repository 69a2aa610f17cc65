// The log form begins where the person left off, unless they said where it should.
import { describe, expect, it } from 'vitest';
import { startOf } from './log-start.ts';

type Data = Parameters<typeof startOf>[0];

function data(defaultKind: string | null): Data {
  const kinds = [
    { kind: 'LABOR', categories: [{ category: 'engineering' }, { category: 'fields' }] },
    { kind: 'CASH', categories: [] },
  ];
  const options = { kinds, lastKind: 'LABOR', lastCategory: 'fields', last: null };
  return {
    contributionOptions: options,
    cooperative: { today: '2026-10-05' },
    me: { preferences: { defaultKind } },
  } as unknown as Data;
}

describe('the log form begins with', () => {
  it('the last used kind and its category', () => {
    expect(startOf(data(null), false)).toMatchObject({
      kind: 'LABOR',
      category: 'fields',
      workedOn: '2026-10-05',
    });
  });

  it('the kind the person prefers, when this cooperative takes it', () => {
    expect(startOf(data('CASH'), false)).toMatchObject({ kind: 'CASH', category: '' });
    expect(startOf(data('IN_KIND'), false).kind).toBe('LABOR');
  });
});
