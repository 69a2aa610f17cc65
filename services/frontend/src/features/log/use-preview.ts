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
  asking: boolean;
};

const nothing: PreviewState = { preview: null, problem: null, reason: null, asking: false };

const settleMs = 250;

export function usePreview(entry: LogEntry, askable: boolean): PreviewState {
  const [state, setState] = useState<PreviewState>(nothing);
  const { kind, category, quantity, workedOn, declaredValue, costBasis } = entry;
  useEffect(() => {
    if (!askable) {
      setState(nothing);
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      const query = new URLSearchParams({ kind, category, quantity, workedOn });
      if (declaredValue) query.set('declaredValue', declaredValue.replaceAll(',', ''));
      if (costBasis) query.set('costBasis', costBasis.replaceAll(',', ''));
      setState((current) => ({ ...current, asking: true }));
      fetch(`/contributions/preview?${query.toString()}`, { signal: abort.signal })
        .then(
          async (response) =>
            (await response.json()) as {
              preview?: ContributionPreview;
              problem?: string | null;
              reason?: string | null;
            },
        )

        .then(({ preview = null, problem = null, reason = null }) =>
          setState({ preview, problem, reason, asking: false }),
        )
        .catch(() => {
          if (!abort.signal.aborted) setState(nothing);
        });
    }, settleMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [askable, kind, category, quantity, workedOn, declaredValue, costBasis]);
  return state;
}
