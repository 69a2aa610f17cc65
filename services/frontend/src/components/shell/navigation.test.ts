import { describe, expect, it } from 'vitest';
import { mainRole } from '../../features/session/main-role.ts';
import { isWithinPlace, ownPlaces, sharedPlaces } from './navigation.ts';

const keys = (acts: string[]) => sharedPlaces(acts).map(({ key }) => key);

describe('the ways in', () => {
  it('a member without another role is offered none of the cooperative’s places', () => {
    expect(keys(['capital.view_own', 'contribution.log_own', 'allocation.draft_own'])).toEqual([]);
  });

  it('each act opens its own place and no other', () => {
    expect(keys(['contribution.approve'])).toEqual(['approvals']);
    expect(keys(['close.run'])).toEqual(['close']);
    expect(keys(['distribution.view_all', 'journal.view'])).toEqual(['distributions', 'treasury']);
  });

  it('what peers are asked is offered to whoever is asked', () => {
    expect(ownPlaces(false).map(({ key }) => key)).not.toContain('peers');
    expect(ownPlaces(true).at(-1)).toMatchObject({ key: 'peers', countOf: 'peers' });
  });

  it('the overview is only itself, another place is all below it', () => {
    expect(isWithinPlace('/contributions', '/')).toBe(false);
    expect(isWithinPlace('/contributions/new', '/contributions')).toBe(true);
    expect(isWithinPlace('/contributionsx', '/contributions')).toBe(false);
    expect(isWithinPlace('/audit/duties', '/settings')).toBe(true);
    expect(isWithinPlace('/audit', '/treasury')).toBe(false);
  });

  it('a person is named by the widest role they hold', () => {
    expect(mainRole(['member', 'contributor'])).toBe('contributor');
    expect(mainRole(['member', 'reviewer', 'allocator'])).toBe('allocator');
    expect(mainRole([])).toBe('member');
  });
});
