// Typed documents: a query's shape is inferred from the API's schema, so a page cannot ask for a field that is not there.
// Fragments are plain (not masked): a screen asks once and hands its parts down.
import { initGraphQLTada } from 'gql.tada';
import type { introspection_types } from './schema-types.d.ts';

type Introspection = {
  name: never;
  query: 'Query';
  mutation: 'Mutation';
  subscription: never;
  types: introspection_types;
};

export const graphql = initGraphQLTada<{
  introspection: Introspection;
  disableMasking: true;
  scalars: {
    ID: string;
    /** Major units of the cooperative's currency as text, never a number. */
    Money: string;
    Decimal: string;
    LocalDate: string;
    DateTime: string;
  };
}>();

export type { FragmentOf, ResultOf, TadaDocumentNode, VariablesOf } from 'gql.tada';
