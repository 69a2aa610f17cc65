'use client';
// Asks what the entry is worth a moment after the typing stops. An answer to an older entry is dropped.
import { useEffect, useState } from 'react';
import type { ContributionPreview } from '../contribution/contribution.documents.ts';
import type { LogEntry } from './log-entry.ts';

export type PreviewState = {
  preview: ContributionPreview | null;
  /** Why it could not be logged as it stands, in words. */
  problem: string | null;
  /** The same as its code. */
  reason: string | null;
};

const nothing: PreviewState = { preview: null, problem: null, reason: null };

const settleMs = 250;

/** What an entry's worth depends on, as the question for it. */
function questionOf({ kind, category, quantity, workedOn, declaredValue, costBasis }: LogEntry): string {
  const query = new URLSearchParams({ kind, category, quantity, workedOn });
  if (declaredValue) query.set('declaredValue', declaredValue.replaceAll(',', ''));
  if (costBasis) query.set('costBasis', costBasis.replaceAll(',', ''));
  return query.toString();
}

/** The worth of what is typed; what came with the page is not asked for again. */
export function usePreview(
  entry: LogEntry,
  askable: boolean,
  came: { entry: LogEntry; worth: PreviewState } | null,
): PreviewState {
  const question = askable ? questionOf(entry) : null;
  const known = came && question === questionOf(came.entry) ? came.worth : null;
  const [answer, setAnswer] = useState<PreviewState>(nothing);
  const asks = known === null && question !== null;
  useEffect(() => {
    if (!asks) {
      setAnswer(nothing);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      fetch(`/contributions/preview?${question}`, { signal: abort.signal })
        .then(async (response) => (await response.json()) as Partial<PreviewState>)
        .then(({ preview = null, problem = null, reason = null }) => setAnswer({ preview, problem, reason }))
        .catch(() => {
          if (!abort.signal.aborted) setAnswer(nothing);
        });
    }, settleMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asks, question]);
  return known ?? answer;
}
