// Measures an operation before it runs: how deep, how many aliases, what it may cost at most. Fragments are measured
// once and reused, so that a small document cannot make the measuring itself expensive.
import type {
  FragmentDefinitionNode,
  GraphQLOutputType,
  GraphQLSchema,
  OperationDefinitionNode,
  SelectionSetNode,
} from 'graphql';
import {
  getNamedType,
  isListType,
  isNonNullType,
  isObjectType,
  isInterfaceType,
  Kind,
  valueFromASTUntyped,
} from 'graphql';

export interface Measure {
  readonly depth: number;
  readonly aliases: number;
  /** Fields that may be resolved at most, lists counted with their page size. */
  readonly cost: number;
}

export interface Limits {
  readonly depth: number;
  readonly aliases: number;
  readonly cost: number;
}

/** A list without a page size is taken to be this long. */
const USUAL_LIST = 10;
const USUAL_PAGE = 50;
const CEILING = 1e12;

const NOTHING: Measure = { depth: 0, aliases: 0, cost: 0 };

function isList(type: GraphQLOutputType): boolean {
  return isListType(isNonNullType(type) ? type.ofType : type);
}

interface Scope {
  readonly schema: GraphQLSchema;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly variables: Readonly<Record<string, unknown>>;
  readonly known: Map<string, Measure>;
}

function measureSelections(
  set: SelectionSetNode,
  typeName: string,
  pageSize: number | null,
  scope: Scope,
): Measure {
  let { depth, aliases, cost } = NOTHING;
  for (const selection of set.selections) {
    const part = measureSelection(selection, typeName, pageSize, scope);
    depth = Math.max(depth, part.depth);
    aliases += part.aliases;
    cost = Math.min(CEILING, cost + part.cost);
  }
  return { depth, aliases, cost };
}

function measureSelection(
  selection: SelectionSetNode['selections'][number],
  typeName: string,
  pageSize: number | null,
  scope: Scope,
): Measure {
  if (selection.kind === Kind.FRAGMENT_SPREAD) {
    const fragment = scope.fragments[selection.name.value];
    if (fragment === undefined) return NOTHING;
    const key = `${selection.name.value}:${pageSize ?? ''}`;
    const known = scope.known.get(key);
    if (known !== undefined) return known;
    const measured = measureSelections(
      fragment.selectionSet,
      fragment.typeCondition.name.value,
      pageSize,
      scope,
    );
    scope.known.set(key, measured);
    return measured;
  }
  if (selection.kind === Kind.INLINE_FRAGMENT) {
    return measureSelections(
      selection.selectionSet,
      selection.typeCondition?.name.value ?? typeName,
      pageSize,
      scope,
    );
  }
  const aliases = selection.alias === undefined ? 0 : 1;
  const parent = scope.schema.getType(typeName);
  const field =
    isObjectType(parent) || isInterfaceType(parent) ? parent.getFields()[selection.name.value] : undefined;
  if (field === undefined || selection.selectionSet === undefined) return { depth: 1, aliases, cost: 1 };
  // A connection's `first` is the length of the `edges` below it.
  const asked = selection.arguments?.find((argument) => argument.name.value === 'first');
  const paged = field.args.some((argument) => argument.name === 'first');
  const given =
    asked === undefined
      ? USUAL_PAGE
      : Number(valueFromASTUntyped(asked.value, scope.variables) ?? USUAL_PAGE);
  const below = measureSelections(
    selection.selectionSet,
    getNamedType(field.type).name,
    paged && !isList(field.type) ? Math.max(1, given) : null,
    scope,
  );
  const length = isList(field.type) ? (paged ? Math.max(1, given) : (pageSize ?? USUAL_LIST)) : 1;
  return {
    depth: below.depth + 1,
    aliases: below.aliases + aliases,
    cost: Math.min(CEILING, 1 + length * below.cost),
  };
}

/** Depth, aliases and cost of a validated operation with its variables. */
export function measureOperation(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  variables: Readonly<Record<string, unknown>>,
): Measure {
  const root = schema.getRootType(operation.operation);
  if (root == null) return NOTHING;
  return measureSelections(operation.selectionSet, root.name, null, {
    schema,
    fragments,
    variables,
    known: new Map(),
  });
}
