// Writes an operation for any root field of the schema: every argument filled in, everything below selected that needs
// no argument. For tests that walk the whole schema.
import type {
  GraphQLArgument,
  GraphQLField,
  GraphQLInputType,
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

/** A value for an input type; required parts and everything that takes an id are filled in. */
function valueOf(type: GraphQLInputType, name: string, field: string, idFor: IdFor): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, name, field, idFor);
  if (isListType(type)) return [valueOf(type.ofType, name.replace(/s$/, ''), field, idFor)];
  if (isEnumType(type)) return type.getValues()[0]?.name;
  if (!isInputObjectType(type)) return type.name === 'ID' ? idFor(name, field) : SAMPLES[type.name];
  const parts = Object.values(type.getFields()).filter(
    (part) => isNonNullType(part.type) || getNamedType(part.type).name === 'ID',
  );
  return Object.fromEntries(parts.map((part) => [part.name, valueOf(part.type, part.name, field, idFor)]));
}

function isWanted(argument: GraphQLArgument): boolean {
  return isNonNullType(argument.type) || getNamedType(argument.type).name === 'ID';
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
  idFor: IdFor,
  note = '',
): Operation {
  let takesIds = false;
  const noticing: IdFor = (name, of) => {
    takesIds = true;
    return idFor(name, of);
  };
  const args = field.args.filter(isWanted);
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

function withoutOptional(field: GraphQLField<unknown, unknown>): GraphQLField<unknown, unknown> {
  return { ...field, args: field.args.filter((arg) => isNonNullType(arg.type)) };
}

/** Two objects deep, or one where two would ask for more at once than the API answers. */
function queryOf(
  schema: GraphQLSchema,
  field: GraphQLField<unknown, unknown>,
  idFor: IdFor,
  note = '',
): Operation {
  const deep = operationOf('query', field, 2, idFor, note);
  const { definitions } = parse(deep.query);
  const [definition] = definitions;
  if (definition?.kind !== Kind.OPERATION_DEFINITION) throw new Error(`${deep.name} is no operation`);
  const fits = tooLarge(schema, definition, [], deep.variables) === null;
  return fits ? deep : operationOf('query', field, 1, idFor, note);
}

/** An operation for every query and mutation of the schema. */
export function everyOperation(schema: GraphQLSchema, idFor: IdFor): Operation[] {
  const queries = Object.values(schema.getQueryType()?.getFields() ?? {});
  const mutations = Object.values(schema.getMutationType()?.getFields() ?? {});
  return [
    ...queries.map((field) => queryOf(schema, field, idFor)),
    // Filters by id narrow a list; without them it must still hold nobody else's.
    ...queries
      .filter(hasOptionalId)
      .map((field) => queryOf(schema, withoutOptional(field), idFor, ' unfiltered')),
    ...mutations.map((field) => operationOf('mutation', field, 1, idFor)),
  ];
}
