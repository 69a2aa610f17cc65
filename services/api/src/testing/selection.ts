// Writes an operation for any root field of the schema: every argument filled in, everything below selected that needs
// no argument. For tests that walk the whole schema.
import type {
  GraphQLArgument,
  GraphQLField,
  GraphQLInputType,
  GraphQLObjectType,
  GraphQLOutputType,
  GraphQLSchema,
} from 'graphql';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  parse,
} from 'graphql';
import { tooLarge } from '../guard/limit-plugin.ts';

/** Gives a global id for an argument or input field by its name. */
export type IdFor = (name: string, field: string) => string;

const SAMPLES: Readonly<Record<string, unknown>> = {
  String: 'some text here',
  Int: 1,
  Boolean: true,
  Money: '10.00',
  Decimal: '1',
  LocalDate: '2026-11-20',
  DateTime: '2026-11-20T12:00:00Z',
};

/** How arguments and input fields are filled in. */
interface Filling {
  readonly idFor: IdFor;
  readonly isWanted: (part: Pick<GraphQLArgument, 'type'>) => boolean;
}

const isRequired: Filling['isWanted'] = ({ type }) => isNonNullType(type);
const isRequiredOrId: Filling['isWanted'] = ({ type }) =>
  isNonNullType(type) || getNamedType(type).name === 'ID';

/** A value for an input type, with the parts that are wanted. */
function valueOf(type: GraphQLInputType, name: string, field: string, filling: Filling): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, name, field, filling);
  if (isListType(type)) return [valueOf(type.ofType, name.replace(/s$/, ''), field, filling)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return type.name === 'ID' ? filling.idFor(name, field) : SAMPLES[type.name];
  const parts = Object.values(type.getFields()).filter(filling.isWanted);
  return Object.fromEntries(parts.map((part) => [part.name, valueOf(part.type, part.name, field, filling)]));
}

/** Everything below a type that can be asked for without arguments, `depth` objects deep. */
function selectionOf(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type);
  if (!isObjectType(named) && !isInterfaceType(named)) return '';
  const parts = Object.values(named.getFields()).flatMap((field) => {
    if (field.args.some((argument) => isNonNullType(argument.type))) return [];
    const below = getNamedType(field.type);
    if (!isObjectType(below) && !isInterfaceType(below)) return [field.name];
    return depth > 0 ? [`${field.name}${selectionOf(field.type, depth - 1)}`] : [];
  });
  return parts.length === 0 ? ' { __typename }' : ` { ${parts.join(' ')} }`;
}

export interface Operation {
  readonly name: string;
  readonly query: string;
  readonly variables: Readonly<Record<string, unknown>>;
  /** True when it names anything by id. */
  readonly takesIds: boolean;
}

function operationOf(
  kind: 'query' | 'mutation',
  field: GraphQLField<unknown, unknown>,
  depth: number,
  filling: Filling,
  note = '',
): Operation {
  let takesIds = false;
  const noticing: Filling = {
    ...filling,
    idFor: (name, of) => {
      takesIds = true;
      return filling.idFor(name, of);
    },
  };
  const args = field.args.filter(filling.isWanted);
  const variables = Object.fromEntries(
    args.map((arg) => [arg.name, valueOf(arg.type, arg.name, field.name, noticing)]),
  );
  const declared = args.map((arg) => `$${arg.name}: ${String(arg.type)}`).join(', ');
  const passed = args.map((arg) => `${arg.name}: $${arg.name}`).join(', ');
  const query =
    `${kind}${declared === '' ? '' : ` (${declared})`} { ` +
    `${field.name}${passed === '' ? '' : `(${passed})`}${selectionOf(field.type, depth)} }`;
  return { name: `${kind} ${field.name}${note}`, query, variables, takesIds };
}

function hasOptionalId(field: GraphQLField<unknown, unknown>): boolean {
  return field.args.some((arg) => getNamedType(arg.type).name === 'ID' && !isNonNullType(arg.type));
}

/** Two objects deep, or one where two would ask for more at once than the API answers. */
function queryOf(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  filling: Filling,
  note = '',
): Operation {
  const deep = operationOf('query', field, 2, filling, note);
  const { definitions } = parse(deep.query);
  const [definition] = definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${deep.name} is no operation`);
  const fits = tooLarge(schema, definition, [], deep.variables) === null;
  return fits ? deep : operationOf('query', field, 1, filling, note);
}

function fieldsOf(type: GraphQLObjectType | null | undefined): GraphQLField<unknown, unknown>[] {
  return Object.values(type?.getFields() ?? {});
}

/** An operation for every query and mutation of the schema, once with and once without filters by id. */
export function everyOperation(schema: GraphQLSchema, idFor: IdFor): Operation[] {
  const filled: Filling = { idFor, isWanted: isRequiredOrId };
  const bare: Filling = { idFor, isWanted: isRequired };
  const queries = fieldsOf(schema.getQueryType());
  return [
    ...queries.map((field) => queryOf(schema, field, filled)),
    // Filters by id narrow a list; without them it must still hold nobody else's.
    ...queries.filter(hasOptionalId).map((field) => queryOf(schema, field, bare, ' unfiltered')),
    ...fieldsOf(schema.getMutationType()).map((field) => operationOf('mutation', field, 1, filled)),
  ];
}

/** An operation for every query and mutation of the schema, with what they cannot do without and nothing more. */
export function barestOperations(schema: GraphQLSchema, idFor: IdFor): Operation[] {
  const bare: Filling = { idFor, isWanted: isRequired };
  return [
    ...fieldsOf(schema.getQueryType()).map((field) => queryOf(schema, field, bare)),
    ...fieldsOf(schema.getMutationType()).map((field) => operationOf('mutation', field, 0, bare)),
  ];
}
