import { describe, expect, it } from 'vitest';
import { listAddress, narrowings, readListQuery, variablesOf } from './list-query.ts';

describe('the address of a list of contributions', () => {
  it('is read and written back as it was', () => {
    const query = readListQuery({
      status: 'waiting',
      kind: 'LABOR',
      from: '2026-10-01',
      search: ' pump ',
      after: 'abc',
      member: 'm1',
    });
    expect(listAddress(query, { after: 'abc' })).toBe(
      '/contributions?status=waiting&kind=LABOR&from=2026-10-01&search=pump&after=abc&member=m1',
    );
    expect(variablesOf(query)).toMatchObject({ status: ['SUBMITTED', 'CLARIFICATION'], search: 'pump' });
  });

  it('begins at the newest again when a filter changes', () => {
    expect(listAddress(readListQuery({ after: 'abc' }), { status: 'drafts' })).toBe(
      '/contributions?status=drafts',
    );
  });

  it('leaves out what it does not understand', () => {
    const query = readListQuery({ status: 'everything', kind: 'gold', from: '2026-02-31', to: 'soon' });
    expect(listAddress(query)).toBe('/contributions');
    expect(narrowings(query)).toBe(0);
  });
});
