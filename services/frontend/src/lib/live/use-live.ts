'use client';
// Listens to live news while the tab is looked at. A lost stream is opened again after a growing pause; whatever may have
// been missed meanwhile (a pause, a hidden tab) is told as an empty list, so that the page asks again once.
import { useEffect, useEffectEvent } from 'react';
import { retryDelayMs } from './retry.ts';
import type { LiveNews, LiveTopic } from './topic.ts';

const gatherMs = 250;
const steadyMs = 10_000;

/** Calls `onChange` with what was heard within a quarter of a second; with nothing when something may have been missed. */
export function useLive(topics: readonly LiveTopic[], onChange: (news: readonly LiveNews[]) => void): void {
  const tell = useEffectEvent(onChange);
  const wanted = topics.join(',');
  useEffect(() => {
    let source: EventSource | null = null;
    let gathered: LiveNews[] = [];
    let gathering: ReturnType<typeof setTimeout> | undefined;
    let retrying: ReturnType<typeof setTimeout> | undefined;
    let steady: ReturnType<typeof setTimeout> | undefined;
    let failures = 0;
    let wasAway = false;

    const gather = (news: LiveNews | null) => {
      if (news) gathered.push(news);
      gathering ??= setTimeout(() => {
        const told = gathered;
        gathered = [];
        gathering = undefined;
        tell(told);
      }, gatherMs);
    };

    const close = () => {
      clearTimeout(retrying);
      clearTimeout(steady);
      source?.close();
      source = null;
    };

    const open = () => {
      if (source || document.visibilityState !== 'visible') return;
      const opened = new EventSource(`/live?topics=${wanted}`);
      source = opened;
      opened.addEventListener('open', () => {
        if (wasAway) gather(null);
        wasAway = false;
        steady = setTimeout(() => (failures = 0), steadyMs);
      });
      opened.addEventListener('news', (event) => gather(JSON.parse(String(event.data)) as LiveNews));
      opened.addEventListener('error', () => {
        close();
        wasAway = true;
        retrying = setTimeout(open, retryDelayMs(failures, Math.random()));
        failures += 1;
      });
    };

    const follow = () => {
      if (document.visibilityState === 'visible') return open();
      wasAway = true;
      close();
    };

    open();
    document.addEventListener('visibilitychange', follow);
    return () => {
      document.removeEventListener('visibilitychange', follow);
      clearTimeout(gathering);
      close();
    };
  }, [wanted]);
}
