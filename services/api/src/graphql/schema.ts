// The whole schema: every context's module, then the checks no module may escape.
import type { GraphQLSchema } from 'graphql';
import { builder } from './builder.ts';
import './scalar.ts';
import './platform/index.ts';

/** Builds the schema from the modules imported above. */
export function buildSchema(): GraphQLSchema {
  return builder.toSchema();
}
