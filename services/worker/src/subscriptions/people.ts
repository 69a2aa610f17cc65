// What people does with other contexts' events; the handlers themselves live with the nouns they change.
import type { EventHandler } from '@habitat/messaging';
import { peopleHandlers as handlers } from '@habitat/people';

export const peopleHandlers: readonly EventHandler[] = handlers;
