// What a command and an event of the audit trail are called, wherever a page names one. A trail keeps codes for ever: one
// that no catalogue knows any more is said as it stands.
import { useTranslations } from 'next-intl';

type TrailWords = { command: (code: string) => string; event: (type: string) => string };

/** The words by a translator of the room `trail`, for code that is no component. */
export function trailWords(t: ReturnType<typeof useTranslations<'trail'>>): TrailWords {
  const said =
    (of: 'command' | 'event') =>
    (code: string): string => {
      const key = `${of}.${code}` as 'command.signIn';
      return t.has(key) ? t(key) : code;
    };
  return { command: said('command'), event: said('event') };
}

export const useTrailWords = (): TrailWords => trailWords(useTranslations('trail'));
