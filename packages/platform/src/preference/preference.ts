// What a person prefers on their screens. Preferences belong to the sign-in account and follow it into every
// cooperative; nobody sees or changes another's.
import type { ContributionKind } from '@habitat/events';
import { contributionKind } from '@habitat/events';

export const LOCALES = ['en', 'es'] as const;
const THEMES = ['system', 'light', 'dark'] as const;

export interface Preferences {
  /** Language of the pages; null: as the browser asks. */
  readonly locale: (typeof LOCALES)[number] | null;
  readonly theme: (typeof THEMES)[number];
  /** Keys without a modifier act as shortcuts (WCAG 2.1.4: they can be turned off). */
  readonly singleKeyShortcuts: boolean;
  /** Kind the log form begins with; null: the last one used. */
  readonly defaultKind: ContributionKind | null;
}

function oneOf<Value extends string>(values: readonly Value[], stored: unknown): Value | null {
  return values.find((value) => value === stored) ?? null;
}

/** Preferences as stored, completed by what is preferred where nothing was said. */
export function readPreferences(stored: Readonly<Record<string, unknown>>): Preferences {
  return {
    locale: oneOf(LOCALES, stored['locale']),
    theme: oneOf(THEMES, stored['theme']) ?? 'system',
    singleKeyShortcuts: stored['singleKeyShortcuts'] !== false,
    defaultKind: oneOf(contributionKind.options, stored['defaultKind']),
  };
}
