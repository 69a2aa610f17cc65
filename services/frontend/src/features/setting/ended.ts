// How an act of the settings ends: refused with what was typed, or on its room's page, which says what was done.
import 'server-only';
import { revalidatePath } from 'next/cache';
import { redirect } from 'next/navigation';
import type { ActionState } from '../../lib/api/action-state.ts';
import { endedBadly } from '../../lib/api/action-state.ts';
import type { Answer, Fault } from '../../lib/api/fault.ts';
import { text, typedOf } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';

/**
 * Leads to the room when it is done, with the key of the sentence it then says. `place` finds the field of a fault whose
 * own place is not one of the form.
 */
export async function endedIn<Data>(
  answer: Answer<Data>,
  form: FormData,
  room: string,
  said: string | null | ((data: Data) => string),
  place: (fault: Fault) => string | null = ({ field }) => field,
): Promise<ActionState> {
  if (!answer.ok) {
    const [first, ...rest] = answer.faults;
    const placed = (fault: Fault): Fault => ({ ...fault, field: place(fault) });
    const refused = { ok: false, faults: [placed(first), ...rest.map(placed)] } as const;
    return { ...endedBadly(refused, await refusalWords()), typed: typedOf(form) } as ActionState;
  }
  revalidatePath('/', 'layout');
  const word = typeof said === 'function' ? said(answer.data) : said;
  redirect(`/settings/${room}${word === null ? '' : `?said=${word}`}`);
}

export const keyOf = (form: FormData) => ({ idempotencyKey: text(form, 'idempotencyKey') });

/** The rows of a table of fields named "name.0.column", in order, while any of their columns is there. */
export function rowsOf(form: FormData, name: string): { index: number; get: (column: string) => string }[] {
  const indexes = new Set<number>();
  for (const key of form.keys()) {
    const match = new RegExp(`^${name}\\.(\\d+)\\.`).exec(key);
    if (match) indexes.add(Number(match[1]));
  }
  return [...indexes]
    .toSorted((a, b) => a - b)
    .map((index) => ({ index, get: (column) => text(form, `${name}.${index}.${column}`) }));
}
