'use client';
// Keeps a half-filled form on this device until it is sent, whatever happens to the page, the network or the session.
import { useCallback, useEffect, useRef, useState } from 'react';
import type { LogEntry } from './log-entry.ts';

type Kept = {
  entry: LogEntry;
  setEntry: (change: Partial<LogEntry>) => void;
  saved: boolean;
  forget: () => void;
};

/**
 * An entry that survives a reload. `place` names the form and the member, so that two people on one device do not meet
 * each other's words; what is kept there wins over `start`.
 */
export function useKeptEntry(place: string | null, start: LogEntry): Kept {
  const [entry, setWhole] = useState(start);
  const [saved, setSaved] = useState(false);
  const forgotten = useRef(false);

  useEffect(() => {
    if (!place) return;
    const kept = readKept(place);
    // Read after the first paint, because the server cannot know what is kept on the device.
    if (kept) setWhole((current) => ({ ...current, ...kept }));
  }, [place]);

  const setEntry = useCallback(
    (change: Partial<LogEntry>) => {
      setWhole((current) => {
        const next = { ...current, ...change };
        if (place && !forgotten.current) keep(place, next);
        return next;
      });
      setSaved(place !== null);
    },
    [place],
  );

  const forget = useCallback(() => {
    forgotten.current = true;
    if (place) window.localStorage.removeItem(place);
  }, [place]);

  return { entry, setEntry, saved, forget };
}

function readKept(place: string): Partial<LogEntry> | null {
  try {
    const text = window.localStorage.getItem(place);
    return text ? (JSON.parse(text) as Partial<LogEntry>) : null;
  } catch {
    return null;
  }
}

function keep(place: string, entry: LogEntry): void {
  try {
    window.localStorage.setItem(place, JSON.stringify(entry));
  } catch {
    // A device that keeps nothing (private mode, full storage) still lets people log.
  }
}
