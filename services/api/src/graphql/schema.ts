// The whole schema: every context's module, then the check no module may escape.
import type { GraphQLSchema } from 'graphql';
import { lexicographicSortSchema, printSchema } from 'graphql';
import { builder } from './builder.ts';
import { unguarded } from '../guard/guarded.ts';
import './scalar.ts';
import './platform/index.ts';
import './people/index.ts';
import './treasury/index.ts';
import './agreements/index.ts';
import './live/index.ts';

let built: GraphQLSchema | undefined;

/** Builds the schema from the modules imported above; throws when any part of it does not say who may see it. */
export function buildSchema(): GraphQLSchema {
  if (built !== undefined) return built;
  const schema = builder.toSchema();
  const open = unguarded(schema);
  if (open.length > 0) throw new Error(`without authScopes: ${open.join(', ')}`);
  built = schema;
  return schema;
}

/** The schema as it is committed in schema.graphql. */
export function printedSchema(): string {
  return `${printSchema(lexicographicSortSchema(buildSchema()))}\n`;
}
