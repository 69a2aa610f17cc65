// Refusals in the reader's language. The API's sentence stands in where the catalogue has none for a reason.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { factsNamedIn } from './facts-named.ts';
import { getFormat } from '../language/get-format.ts';
import type { RefusalWords } from './action-state.ts';
import type { ReaderFormat } from '../format.ts';
import type { Fault } from './fault.ts';

export async function refusalWords(): Promise<RefusalWords> {
  const format = await getFormat();
  const t = await getTranslations('refusal');
  return (fault: Fault) => {
    const key = fault.reason as Parameters<typeof t>[0];
    if (!/^[A-Z0-9_]+$/.test(fault.reason) || !t.has(key)) return fault.message;
    // A sentence that names facts is only told when the API sent all of them.
    return factsNamedIn(t.raw(key)).every((name) => name in fault.facts)
      ? t(key, factsForReading(fault.facts, format))
      : fault.message;
  };
}

/** Dates and periods among the facts of a refusal are told as the reader names them. */
function factsForReading(
  facts: Fault['facts'],
  { dateLong, periodName }: ReaderFormat,
): Record<string, string> {
  const read = (name: string, value: string) => {
    if (/^\d{4}-\d{2}-\d{2}$/.test(value)) return dateLong(value);
    return name === 'period' || name === 'periodName' ? periodName(value) : value;
  };
  return Object.fromEntries(Object.entries(facts).map(([name, value]) => [name, read(name, value)]));
}

/** The sentence of a bare code, such as why somebody may not sign; null for none. */
export async function reasonText(code: string | null): Promise<string | null> {
  if (code === null) return null;
  const words = await refusalWords();
  return words({ kind: 'refused', reason: code, message: code, field: null, correlationId: null, facts: {} });
}
