// Connection types: edges with cursors, page info, and whatever else a list wants to tell (counts).
import type { FieldMap, ObjectRef } from '@pothos/core';
import type { Types } from './builder.ts';
import { builder } from './builder.ts';
import type { EntityRef } from './entity.ts';
import type { Page } from './page.ts';

/** A type that may stand in a list: an entity, or a plain object type. */
type NodeRef<Row> = EntityRef<Row> | ObjectRef<Types, Row>;

/**
 * Declares `<name>Connection` and `<name>Edge`. A field of this type answers with `readPage(…)`, plus the `Extra`
 * values that `extra` turns into fields.
 */
export function defineConnection<Row extends object, Extra extends object = object>(
  name: string,
  node: NodeRef<Row>,
  extra?: (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Page<Row> & Extra>) => FieldMap,
): ObjectRef<Types, Page<Row> & Extra> {
  const edge = builder.objectRef<{ cursor: string; node: Row }>(`${name}Edge`).implement({
    description: `One entry of a list of ${name}.`,
    authScopes: { signedIn: true },
    fields: (t) => ({
      cursor: t.exposeString('cursor', { description: 'Place of this entry in the list.' }),
      node: t.field({
        type: node as ObjectRef<Types, Row>,
        description: 'The entry.',
        resolve: (row) => row.node as never,
      }),
    }),
  });
  return builder.objectRef<Page<Row> & Extra>(`${name}Connection`).implement({
    description: `A page of a list of ${name}.`,
    authScopes: { signedIn: true },
    fields: (t) => ({
      edges: t.field({
        type: [edge],
        description: 'The entries of this page, in order.',
        resolve: (page) => page.edges,
      }),
      pageInfo: t.field({
        type: builder.pageInfoRef(),
        description: 'Where this page stands in the list.',
        resolve: (page) => page.pageInfo,
      }),
      head: t.field({
        type: node as ObjectRef<Types, Row>,
        nullable: true,
        description:
          'The first entry of this page, for a screen that shows it opened; null when it is empty.',
        resolve: (page) => (page.edges[0]?.node ?? null) as never,
      }),
      ...extra?.(t),
    }),
  });
}
