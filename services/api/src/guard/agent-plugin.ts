// What agents may ask for: fields that name an act their key was given, and the few below that are open to everybody. One
// act in a request; one that moves more value than the key may move alone is written down for its supervisor.
import type { ApolloServerPlugin } from '@apollo/server';
import { queueAct } from '@habitat/platform';
import type { Act, JsonValue } from '@habitat/kernel';
import { may } from '@habitat/kernel';
import type {
  FieldNode,
  FragmentDefinitionNode,
  GraphQLField,
  GraphQLObjectType,
  SelectionSetNode,
} from 'graphql';
import { getArgumentValues, GraphQLError, Kind } from 'graphql';
import type { ApiContext } from '../graphql/context.ts';
import { ApiError, forbidden } from '../graphql/error.ts';
import { encodeGlobalId } from '../graphql/global-id.ts';
import { refusalError } from '../graphql/refusal.ts';
import { movedBy } from './moved-value.ts';

/** Fields for anybody signed in that a key may ask for, with the acts of which it needs one; with none, any key may. */
export const OPEN_TO_AGENTS: Readonly<Record<string, readonly Act[]>> = {
  me: [],
  cooperative: [],
  currentPeriod: [],
  periods: [],
  memberClasses: [],
  contributionCategories: [],
  pendingAct: [],
  contribution: ['contribution.view_own', 'contribution.view_all'],
  editContribution: ['contribution.log_own', 'contribution.log_for_another'],
  submitContribution: ['contribution.log_own', 'contribution.log_for_another'],
  withdrawContribution: ['contribution.log_own', 'contribution.log_for_another'],
};

type Root = GraphQLField<unknown, unknown>;

/** The acts of which a root field asks for one; null where it does not say: then what it asks is its own business. */
export function actsOf(field: Root): readonly Act[] | null {
  const { authScopes } = (field.extensions['pothosOptions'] ?? {}) as {
    readonly authScopes?: { readonly act?: Act; readonly anyAct?: readonly Act[]; readonly signedIn?: true };
  };
  if (typeof authScopes !== 'object') return null;
  if (authScopes.act !== undefined) return [authScopes.act];
  if (authScopes.anyAct !== undefined) return authScopes.anyAct;
  return authScopes.signedIn === true ? (OPEN_TO_AGENTS[field.name] ?? null) : null;
}

/** True for fields that ask only for a person who is signed in: whoever that is, it is no agent. */
export function isForPeople(field: Root): boolean {
  const { authScopes } = (field.extensions['pothosOptions'] ?? {}) as { readonly authScopes?: object };
  const asks = typeof authScopes === 'object' ? Object.keys(authScopes) : [];
  return asks.includes('signedIn') && OPEN_TO_AGENTS[field.name] === undefined;
}

function rootFields(
  selections: SelectionSetNode,
  fragments: readonly FragmentDefinitionNode[],
): readonly FieldNode[] {
  return selections.selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, fragments);
    const named = fragments.find(({ name }) => name.value === selection.name.value);
    return named === undefined ? [] : rootFields(named.selectionSet, fragments);
  });
}

function isAllowed(context: ApiContext, field: Root): boolean {
  if (isForPeople(field)) return false;
  const acts = actsOf(field);
  return acts === null || acts.length === 0 || acts.some((act) => may(context.signedIn().actor, act));
}

/** The arguments as they will be read; null where they cannot be, which is refused when they are. */
function readArguments(
  field: Root,
  node: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Readonly<Record<string, unknown>> | null {
  try {
    return getArgumentValues(field, node, variables);
  } catch (error) {
    if (error instanceof GraphQLError) return null;
    throw error;
  }
}

/** An act above the key's ceiling is not done: it waits for the supervisor, and the agent is told where. */
async function waitWhereNeeded(
  context: ApiContext,
  field: Root,
  node: FieldNode,
  variables: Readonly<Record<string, unknown>>,
): Promise<void> {
  const agent = context.signedIn().agent;
  const acts = actsOf(field);
  if (agent === null || acts === null) return;
  const args = readArguments(field, node, variables);
  if (args === null) return;
  const { idempotencyKey = null, ...input } = (args['input'] ?? {}) as Record<string, unknown>;
  const moved = await movedBy(field, acts, input, context);
  if (moved !== 'unknown' && moved <= agent.ceilingMinor) return;
  const amountMinor = moved === 'unknown' ? null : moved;
  const act = { keyId: agent.keyId, mutation: field.name, amountMinor, input: input as JsonValue };
  const queued = await queueAct(context.database, context.command(idempotencyKey as string | null), act);
  if (!queued.ok) throw refusalError(queued.refusal, context.money);
  throw new ApiError('FORBIDDEN', 'This moves more than the key may move alone: its supervisor was asked.', {
    reason: 'NEEDS_CONFIRMATION',
    pendingActId: encodeGlobalId('PendingAct', queued.value.pendingActId),
    ceiling: context.money(agent.ceilingMinor),
    amount: amountMinor === null ? null : context.money(amountMinor),
  });
}

async function checkAgent(
  context: ApiContext,
  root: GraphQLObjectType,
  nodes: readonly FieldNode[],
  variables: Readonly<Record<string, unknown>>,
  isMutation: boolean,
): Promise<void> {
  const asked = nodes.flatMap((node) => {
    const field = root.getFields()[node.name.value];
    return field === undefined ? [] : [{ node, field }];
  });
  for (const { field } of asked)
    if (!isAllowed(context, field)) throw forbidden('This key was not given that.');
  if (!isMutation) return;
  const [only, second] = asked;
  if (second !== undefined)
    throw new ApiError('VALIDATION_ERROR', 'A program sends one act in a request.', {
      reason: 'ONE_ACT_PER_REQUEST',
    });
  if (only !== undefined) await waitWhereNeeded(context, only.field, only.node, variables);
}

/** The Apollo plugin; it looks at nobody but agents. */
export function agentPlugin(): ApolloServerPlugin<ApiContext> {
  return {
    requestDidStart: () =>
      Promise.resolve({
        async didResolveOperation({ schema, document, operation, request, contextValue }) {
          if (operation === undefined || contextValue.viewer?.actor.kind !== 'agent') return;
          const isMutation = operation.operation === 'mutation';
          const root = isMutation ? schema.getMutationType() : schema.getQueryType();
          if (root == null) return;
          const fragments = document.definitions.filter(
            (definition): definition is FragmentDefinitionNode =>
              definition.kind === Kind.FRAGMENT_DEFINITION,
          );
          const nodes = rootFields(operation.selectionSet, fragments);
          await checkAgent(contextValue, root, nodes, request.variables ?? {}, isMutation);
        },
      }),
  };
}
