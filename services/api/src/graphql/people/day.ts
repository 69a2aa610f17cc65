// The viewer's today as the civil date the packages take.
import type { LocalDate } from '@habitat/kernel';
import { expectAccepted, parseLocalDate } from '@habitat/kernel';
import type { ApiContext } from '../context.ts';

/** The day it is now where the cooperative lives. */
export function localDay(context: ApiContext): LocalDate {
  return expectAccepted(parseLocalDate(context.today()));
}
