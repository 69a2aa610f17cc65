// Who is in the demo cooperative. Three members of class cooperative share in its surplus; the others are neighbours,
// desk holders and an investor who belong without sharing. The order gives the member numbers.
import type { Role } from '@habitat/kernel';
import type { DemoCalendar } from './calendar.ts';

export type PersonKey =
  | 'alice'
  | 'bob'
  | 'carol'
  | 'dana'
  | 'ed'
  | 'dev'
  | 'noor'
  | 'mateo'
  | 'june'
  | 'tomas'
  | 'harbor'
  | 'willa';

export interface Person {
  readonly key: PersonKey;
  readonly displayName: string;
  readonly class: 'community' | 'coworking' | 'cooperative' | 'investor';
  /** Joined in January of the year so many years before the demo's first quarter; null joins during it. */
  readonly yearsBefore: number | null;
  /** Day of the month of joining. */
  readonly joinedDay: number;
  readonly roles: readonly Role[];
  /** What they do, for the list of logins; only these people can sign in. */
  readonly signsInAs: string | null;
}

const person = (
  key: PersonKey,
  displayName: string,
  memberClass: Person['class'],
  joined: readonly [yearsBefore: number | null, day: number],
  roles: readonly Role[] = ['member', 'contributor'],
  signsInAs: string | null = null,
): Person => ({
  key,
  displayName,
  class: memberClass,
  yearsBefore: joined[0],
  joinedDay: joined[1],
  roles,
  signsInAs,
});

/** The founder comes first; she hands the administration over to Dev when everybody has joined. */
export const CAST: readonly Person[] = [
  person('alice', 'Alice Moreno', 'cooperative', [2, 15], ['member', 'contributor'], 'Member'),
  person(
    'bob',
    'Bob Okafor',
    'cooperative',
    [2, 15],
    ['member', 'contributor', 'reviewer'],
    'Member, stands in for the steward',
  ),
  person(
    'carol',
    'Carol Lindqvist',
    'cooperative',
    [2, 15],
    ['member', 'contributor', 'reviewer', 'allocator', 'board_member'],
    'Steward, allocator and board member',
  ),
  person('dana', 'Dana Whitfield', 'community', [null, 4], ['member', 'contributor'], 'New member'),
  person(
    'ed',
    'Ed Tanaka',
    'community',
    [2, 15],
    ['member', 'contributor', 'reviewer', 'treasurer', 'allocator'],
    'Treasurer',
  ),
  person(
    'dev',
    'Dev Rao',
    'community',
    [2, 15],
    ['member', 'contributor', 'administrator', 'board_member'],
    'Administrator and board member',
  ),
  person('noor', 'Noor Haddad', 'community', [1, 12], ['member', 'auditor'], 'Auditor'),
  person('mateo', 'Mateo Silva', 'coworking', [1, 20]),
  person('june', 'June Park', 'coworking', [1, 20]),
  person('tomas', 'Tomas Berg', 'coworking', [0, 8]),
  person('harbor', 'Harbor Seed Fund', 'investor', [0, 8], ['member', 'contributor']),
  person('willa', 'Willa Stone', 'community', [null, 18]),
];

export function personOf(key: PersonKey): Person {
  const found = CAST.find((one) => one.key === key);
  if (found === undefined) throw new Error(`nobody in the demo is called ${key}`);
  return found;
}

/** The first name at the cooperative's example domain (RFC 2606). */
export function emailOf(key: PersonKey): string {
  return `${key}@riverbend.example`;
}

/** The one password of every demo login; printed, and worth nothing outside a demo. */
export const DEMO_PASSWORD = 'north field irrigation';

/** Day a person joined; those who came during the demo joined in the third quarter's last month. */
export function joinedOn(one: Person, calendar: DemoCalendar): string {
  if (one.yearsBefore === null) return calendar.day(3, 3, one.joinedDay);
  const [year = ''] = calendar.quarters[1].from.split('-');
  return `${String(Number(year) - one.yearsBefore).padStart(4, '0')}-01-${String(one.joinedDay).padStart(2, '0')}`;
}
