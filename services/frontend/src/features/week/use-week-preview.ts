'use client';
// Asks what the cells are worth a moment after the typing stops: each at the rate of its own day.
import { useEffect, useState } from 'react';
import type { WeekRow } from './week-grid.ts';
import { cellName, dayOf, filledCells, partsOf, slipOf } from './week-grid.ts';

export type CellPreview = { value: string | null; problem: string | null };
export type WeekPreview = Readonly<Record<string, CellPreview>>;

const settleMs = 300;

export function useWeekPreview(rows: readonly WeekRow[], monday: string): WeekPreview {
  const [previews, setPreviews] = useState<WeekPreview>({});
  const asked = JSON.stringify(
    filledCells(rows)
      .filter(({ hours, what }) => slipOf(hours) === null && what !== '')
      .map(({ row, day, what, hours }) => ({
        name: cellName(row, day),
        entry: { ...partsOf(what), quantity: hours, workedOn: dayOf(monday, day) },
      })),
  );
  useEffect(() => {
    const cells = JSON.parse(asked) as { name: string; entry: object }[];
    if (cells.length === 0) {
      setPreviews({});
      return;
    }
    const abort = new AbortController();
    const timer = setTimeout(() => {
      fetch('/contributions/week/preview', {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(cells.map(({ entry }) => entry)),
        signal: abort.signal,
      })
        .then(async (response) => (await response.json()) as { cells: CellPreview[] })
        .then((answer) =>
          setPreviews(
            Object.fromEntries(
              cells.flatMap(({ name }, index) => {
                const preview = answer.cells[index];
                return preview ? [[name, preview]] : [];
              }),
            ),
          ),
        )
        .catch(() => undefined);
    }, settleMs);
    return () => {
      clearTimeout(timer);
      abort.abort();
    };
  }, [asked]);
  return previews;
}
