// Batches other than by id: one DataLoader per request and purpose, made on first use.
import DataLoader from 'dataloader';
import type { ApiContext } from './context.ts';

/**
 * Declares a loader: `const stepsOf = requestLoader((ids, context) => …)`, then `stepsOf(context).load(id)`.
 * `load` answers with one value per key, in the order of the keys.
 */
export function requestLoader<Key extends string, Value>(
  load: (keys: readonly Key[], context: ApiContext) => Promise<readonly (Value | Error)[]>,
): (context: ApiContext) => DataLoader<Key, Value> {
  const perRequest = new WeakMap<ApiContext, DataLoader<Key, Value>>();
  return (context) => {
    const known = perRequest.get(context);
    if (known !== undefined) return known;
    const loader = new DataLoader<Key, Value>((keys) => load(keys, context));
    perRequest.set(context, loader);
    return loader;
  };
}

/** Groups rows by key for a loader that answers with lists. */
export function grouped<Row>(
  keys: readonly string[],
  rows: readonly Row[],
  keyOf: (row: Row) => string,
): Row[][] {
  const groups = new Map<string, Row[]>(keys.map((key) => [key, []]));
  for (const row of rows) groups.get(keyOf(row))?.push(row);
  return keys.map((key) => groups.get(key) ?? []);
}
