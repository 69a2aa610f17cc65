// Types with an id of their own, loaded in batches: a field may answer with an id or with the row, and the ids of
// one tick become one query.
import type { ImplementableLoadableNodeRef } from '@pothos/plugin-dataloader';
import type { Types } from './builder.ts';
import { builder } from './builder.ts';
import type { ApiContext } from './context.ts';
import { notFound } from './error.ts';

/** Reference to a loadable type: resolvers give a `Row`, or its UUID to have it loaded. */
export type EntityRef<Row> = ImplementableLoadableNodeRef<Types, string | Row, Row, string, string, string>;

/**
 * Declares a type with a global id. `load` reads many rows by UUID for the viewer's cooperative, in any order;
 * what it does not find becomes NOT_FOUND. Add fields with `ref.implement({ description, authScopes, fields })`.
 */
export function defineEntity<Row extends object>(
  name: string,
  options: {
    readonly idOf: (row: Row) => string;
    readonly load: (ids: readonly string[], context: ApiContext) => Promise<readonly Row[]>;
  },
): EntityRef<Row> {
  return builder.loadableNodeRef<Row, string, string, string, Row>(name, {
    id: { resolve: (row) => options.idOf(row) },
    load: async (ids, context): Promise<(Row | Error)[]> => {
      const found = new Map((await options.load(ids, context)).map((row) => [options.idOf(row), row]));
      return ids.map((id) => found.get(id) ?? notFound(name.toLowerCase()));
    },
  });
}
