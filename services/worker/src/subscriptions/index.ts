// Every handler of every context, in the order they are tried: copies of others' facts come before what decides
// with them.
import type { EventHandler } from '@habitat/messaging';
import { agreementsHandlers } from './agreements.ts';
import { peopleHandlers } from './people.ts';
import { platformHandlers } from './platform.ts';
import { treasuryHandlers } from './treasury.ts';

export const allHandlers: readonly EventHandler[] = [
  ...treasuryHandlers,
  ...peopleHandlers,
  ...agreementsHandlers,
  ...platformHandlers,
];
