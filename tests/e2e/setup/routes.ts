// Every page there is, with who opens it, and whether one reads there or fills in a form. The tests of size, speed,
// requests, accessibility and width walk this list; a page without an entry fails `routes.test.ts`.
import type { Person } from './browser.ts';

export interface Route {
  /** Its folder, as Next.js names it: `/members/[id]`. */
  readonly path: string;
  /** Nobody: a page for whoever isn't signed in. */
  readonly by: Person | null;
  readonly use: 'read' | 'form';
  /** The page whose first such link leads there, where the address holds an id. */
  readonly via?: string;
  /** An address of it that opens nothing any more: one that does is mailed, see `identity.ts`. */
  readonly spent?: string;
  /** Questions to the API, where it isn't one. */
  readonly asks?: number;
}

const read = (by: Person, ...paths: string[]): Route[] => paths.map((path) => ({ path, by, use: 'read' }));
const form = (by: Person, ...paths: string[]): Route[] => paths.map((path) => ({ path, by, use: 'form' }));
const behind = (via: string, route: Route): Route => ({ ...route, via });
const one = (route: readonly Route[]): Route => route[0] as Route;

export const routes: readonly Route[] = [
  { path: '/sign-in', by: null, use: 'form' },
  { path: '/forgotten', by: null, use: 'form' },
  { path: '/invitation/[token]', by: null, use: 'form', spent: '/invitation/nothing' },
  { path: '/reset/[token]', by: null, use: 'form', spent: '/reset/nothing' },
  { path: '/email-undo/[token]', by: null, use: 'form', spent: '/email-undo/nothing' },
  { path: '/unsubscribe/[token]', by: null, use: 'form', spent: '/unsubscribe/nothing', asks: 0 },
  { path: '/confirm', by: 'alice', use: 'form' },
  { path: '/email/[token]', by: 'alice', use: 'form', spent: '/email/nothing' },
  ...read('alice', '/', '/notifications', '/contributions', '/allocation', '/statements'),
  ...form('alice', '/contributions/new', '/contributions/week', '/peers'),
  behind('/contributions', one(form('alice', '/contributions/[id]'))),
  behind('/contributions/[id]', one(form('alice', '/contributions/[id]/edit'))),
  behind('/statements', one(read('alice', '/statements/[id]'))),
  ...read('carol', '/close'),
  ...form('carol', '/approvals', '/settings/approval/away', '/distributions', '/what-if'),
  ...read('ed', '/treasury', '/treasury/journal', '/treasury/accounts'),
  ...form('ed', '/treasury/journal/new', '/settings/books', '/settings/waiting'),
  behind('/treasury', one(form('ed', '/treasury/accounts/[id]'))),
  ...read('noor', '/treasury/balance-sheet', '/treasury/income-statement'),
  ...read('noor', '/treasury/cash-flow', '/treasury/divergence'),
  ...read('noor', '/treasury/capital', '/treasury/trends', '/audit', '/audit/duties'),
  behind('/treasury/capital', one(read('noor', '/treasury/capital/[id]'))),
  ...read('dev', '/members', '/settings', '/settings/rates', '/settings/weights', '/settings/allocation'),
  ...read('dev', '/settings/approval', '/settings/contributions', '/operations'),
  ...form('dev', '/settings/api-keys', '/settings/webhooks', '/settings/privacy'),
  ...form('dev', '/members/new', '/settings/classes', '/settings/cooperative', '/settings/me', '/design'),
  ...form('alice', '/settings/me/notifications', '/settings/me/privacy', '/settings/me/payout'),
  ...form('dev', '/settings/me/security'),
  ...form('dev', '/settings/rates/change', '/settings/weights/change', '/settings/allocation/change'),
  ...form('dev', '/settings/approval/change', '/settings/contributions/change'),
  behind('/members', one(form('dev', '/members/[id]'))),
];

/** The routes by the person who opens them, in their order: one session walks them all. */
export const routesByPerson: readonly (readonly [Person | null, readonly Route[]])[] = [
  ...new Set(routes.map(({ by }) => by)),
].map((person) => [person, routes.filter(({ by }) => by === person)]);

/** Whether an address leads to a route: `/members/abc` to `/members/[id]`, never to one that is an address itself. */
export function leadsTo(address: string, path: string): boolean {
  const pattern = new RegExp(`^${path.replaceAll(/\[[^\]]+\]/g, '[^/?#]+')}$`);
  return pattern.test(address) && !routes.some((route) => route.path === address);
}
