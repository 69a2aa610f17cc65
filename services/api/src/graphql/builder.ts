// The one schema builder all modules write on: scalars, global ids, guards. Nothing is open by default — a root
// field or type without authScopes stops the start (guard/guarded.ts).
import SchemaBuilder from '@pothos/core';
import DataloaderPlugin from '@pothos/plugin-dataloader';
import RelayPlugin from '@pothos/plugin-relay';
import ScopeAuthPlugin from '@pothos/plugin-scope-auth';
import ValidationPlugin from '@pothos/plugin-validation';
import type { Act, Actor } from '@habitat/kernel';
import { may } from '@habitat/kernel';
import type { ApiContext } from './context.ts';
import { forbidden, unauthenticated } from './error.ts';
import { noteAct } from '../session/readings.ts';
import { decodeGlobalId, encodeGlobalId } from './global-id.ts';

export interface ApiSchemaTypes {
  Context: ApiContext;
  DefaultFieldNullability: false;
  DefaultInputFieldRequiredness: false;
  DefaultEdgesNullability: { list: false; items: false };
  DefaultNodeNullability: false;
  AuthScopes: {
    /** Anyone, signed in or not: signing in itself. */
    public: boolean;
    /** Anyone signed in to the cooperative. */
    signedIn: boolean;
    /** Whoever the permission matrix lets do this. */
    act: Act;
    /** Whoever may do one of these. */
    anyAct: readonly Act[];
    /** The member this id names, for what is their own. */
    self: string | null;
  };
  Scalars: {
    ID: { Input: string; Output: string | number | bigint };
    Money: { Input: string; Output: string };
    Decimal: { Input: string; Output: string };
    LocalDate: { Input: string; Output: string };
    DateTime: { Input: Date; Output: Date | string };
  };
}

/** The schema types with the library's defaults filled in, for code that is generic over fields. */
export type Types = PothosSchemaTypes.ExtendDefaultTypes<ApiSchemaTypes>;

/** What is somebody's own, an agent sees only with one of the acts for it. */
function seesOwn({ kind, scopes = [] }: Actor): boolean {
  return kind !== 'agent' || scopes.some((scope) => scope.endsWith('.view_own'));
}

export const builder = new SchemaBuilder<ApiSchemaTypes>({
  // relay first: guards and validation then see decoded ids.
  plugins: [RelayPlugin, ScopeAuthPlugin, ValidationPlugin, DataloaderPlugin],
  defaultFieldNullability: false,
  relay: {
    // No node(id): a type would be reachable past the guard of the root field that leads to it.
    nodeQueryOptions: false,
    nodesQueryOptions: false,
    encodeGlobalID: (typename, id) => encodeGlobalId(typename, String(id)),
    decodeGlobalID: decodeGlobalId,
    clientMutationId: 'omit',
    cursorType: 'String',
    nodeTypeOptions: { description: 'Anything with an id of its own.' },
    idFieldOptions: { description: 'Opaque id, the same wherever this object appears.' },
    edgeCursorType: 'String',
    pageInfoCursorType: 'String',
    pageInfoTypeOptions: { description: 'Where a page stands in its list.' },
    hasNextPageFieldOptions: { description: 'True when there is more after this page.' },
    hasPreviousPageFieldOptions: { description: 'True when there is something before this page.' },
    startCursorFieldOptions: { description: 'Cursor of the first edge of this page.' },
    endCursorFieldOptions: { description: 'Cursor of the last edge: the next page comes `after` it.' },
    cursorFieldOptions: { description: 'Place of this edge in the list.' },
    nodeFieldOptions: { description: 'The object itself.', nullable: false },
    edgesFieldOptions: {
      description: 'The objects of this page, in order.',
      nullable: { list: false, items: false },
    },
    pageInfoFieldOptions: { description: 'Where this page stands in the list.' },
  },
  scopeAuth: {
    authorizeOnSubscribe: true,
    defaultStrategy: 'any',
    authScopes: ({ viewer, readNotes }) => {
      const allows = (act: Act) => {
        const allowed = viewer !== null && may(viewer.actor, act);
        if (allowed) noteAct(readNotes, act);
        return allowed;
      };
      return {
        public: true,
        signedIn: viewer !== null,
        act: allows,
        anyAct: (acts) => acts.some(allows),
        self: (memberId) => {
          const own = memberId !== null && viewer?.actor.memberId === memberId && seesOwn(viewer.actor);
          // What is not their own they get by an act or not at all.
          if (!own && memberId !== null) readNotes.members.add(memberId);
          return own;
        },
      };
    },
    unauthorizedError: (_parent, context) =>
      context.viewer === null ? unauthenticated(context.absence ?? undefined) : forbidden(),
  },
});

builder.queryType({ description: 'Everything that can be read.' });
builder.mutationType({ description: 'Everything that can be done. Every act takes an idempotency key.' });
