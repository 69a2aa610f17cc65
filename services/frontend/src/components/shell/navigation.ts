// What the rail and the tabs offer. A way in is shown only to who may use it; the page itself checks again.
import type { Act } from '@habitat/kernel';
import type { IconName } from '../icon.tsx';

export type PlaceKey =
  | 'overview'
  | 'contributions'
  | 'allocation'
  | 'statements'
  | 'peers'
  | 'approvals'
  | 'close'
  | 'distributions'
  | 'treasury'
  | 'whatIf'
  | 'members'
  | 'settings';

export type Place = {
  key: PlaceKey;
  href: string;
  icon: IconName;
  countOf?: 'approvals' | 'peers' | 'close' | 'distributions';
};

const mine: readonly Place[] = [
  { key: 'overview', href: '/', icon: 'overview' },
  { key: 'contributions', href: '/contributions', icon: 'contributions' },
  { key: 'allocation', href: '/allocation', icon: 'allocation' },
  { key: 'statements', href: '/statements', icon: 'statement' },
];

/** Only for whom the approval rules ask, or who is asked something. */
const peers: Place = { key: 'peers', href: '/peers', icon: 'check', countOf: 'peers' };

/** What is one's own, and what one is asked as a peer. */
export function ownPlaces(isAsked: boolean): readonly Place[] {
  return isAsked ? [...mine, peers] : mine;
}

const shared: readonly (Place & { acts: readonly Act[] })[] = [
  {
    key: 'approvals',
    href: '/approvals',
    icon: 'approvals',
    countOf: 'approvals',
    acts: ['contribution.approve'],
  },
  {
    key: 'close',
    href: '/close',
    icon: 'close',
    countOf: 'close',
    acts: ['close.run', 'allocation.approve', 'period.reopen'],
  },
  { key: 'whatIf', href: '/what-if', icon: 'filter', acts: ['allocation.draft', 'weight.set'] },
  {
    key: 'distributions',
    href: '/distributions',
    icon: 'distribution',
    countOf: 'distributions',
    acts: ['distribution.view_all'],
  },
  { key: 'treasury', href: '/treasury', icon: 'treasury', acts: ['journal.view'] },
  { key: 'members', href: '/members', icon: 'members', acts: ['member.view_all'] },
];

/** Where the rules are written down; open to everyone, and kept apart from the daily places. */
export const settings: Place = { key: 'settings', href: '/settings', icon: 'settings' };

/** The places of the cooperative open to somebody with these acts. */
export function sharedPlaces(acts: readonly string[]): readonly Place[] {
  return shared.filter((place) => place.acts.some((act) => acts.includes(act)));
}

/** Rooms of the settings whose addresses stand apart. */
const rooms = ['/operations', '/audit'];

/** True when a path lies within a place; the overview is only itself. */
export function isWithinPlace(path: string, href: string): boolean {
  if (href === settings.href && rooms.some((room) => isWithinPlace(path, room))) return true;
  return href === '/' ? path === '/' : path === href || path.startsWith(`${href}/`);
}
