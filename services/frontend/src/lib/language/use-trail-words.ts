// What a command and an event of the audit trail are called, wherever a page names one. A trail keeps codes for ever: one
// that no catalogue knows any more is said as it stands.
import { useTranslations } from 'next-intl';

type TrailWords = {
  command: (code: string) => string;
  /** An event by its type; one that only says that an act was done is called by the act. */
  event: (type: string, command: string | null) => string;
};

const ACT_DONE = 'platform.act.done';

/** The words by a translator of the room `trail`, for code that is no component. */
export function trailWords(t: ReturnType<typeof useTranslations<'trail'>>): TrailWords {
  const said =
    (of: 'command' | 'event') =>
    (code: string): string => {
      const key = `${of}.${code}` as 'command.signIn';
      return t.has(key) ? t(key) : code;
    };
  const command = said('command');
  const event = said('event');
  return { command, event: (type, act) => (type === ACT_DONE && act !== null ? command(act) : event(type)) };
}

export const useTrailWords = (): TrailWords => trailWords(useTranslations('trail'));
