// One look over everything a request's variables hold before any of it is done: wrong scalars, missing and unknown
// fields, damaged ids, texts that are too long, amounts with too many decimals. All of it is told in one error, so
// that a form is corrected once and not once per field.
import { parseMoney } from '@habitat/kernel';
import type { DocumentNode, GraphQLInputField, GraphQLInputType, GraphQLSchema, GraphQLError } from 'graphql';
import {
  coerceInputValue,
  getNamedType,
  getNullableType,
  isInputObjectType,
  isInputType,
  isListType,
  Kind,
  typeFromAST,
} from 'graphql';
import type { InputFault } from '../graphql/error.ts';
import { ApiError, invalidInput, moneyFault, withoutHint } from '../graphql/error.ts';
import { decodeGlobalId } from '../graphql/global-id.ts';

type Path = readonly (string | number)[];

interface Found extends InputFault {
  readonly reason: string;
  /** graphql-js finds these by itself and words a single one as clients know it. */
  readonly coercion: boolean;
}

/** The part of a Standard Schema (zod) that is asked here. */
interface FormSchema {
  readonly '~standard': { validate(value: unknown): unknown };
}

interface FormIssue {
  readonly message: string;
  readonly path?: readonly (PropertyKey | { readonly key: PropertyKey })[];
}

const FORM = '@pothos/plugin-validation';

function schemasOf(of: { readonly extensions: Readonly<Record<string, unknown>> }): readonly FormSchema[] {
  const form = of.extensions[FORM] as { readonly schemas?: readonly FormSchema[] } | undefined;
  return form?.schemas ?? [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);
}

/** Issues of the form schemas at one place; a schema that answers later is left to the field's own check. */
function formFaults(schemas: readonly FormSchema[], value: unknown, path: Path): Found[] {
  return schemas.flatMap((schema) => {
    const result = schema['~standard'].validate(value);
    const issues = isObject(result) ? ((result['issues'] as readonly FormIssue[] | undefined) ?? []) : [];
    return issues.map((issue): Found => {
      const inside = (issue.path ?? []).map((part) => {
        const key = typeof part === 'object' ? part.key : part;
        return typeof key === 'number' ? key : String(key);
      });
      return { path: [...path, ...inside], message: issue.message, reason: 'INVALID_INPUT', coercion: false };
    });
  });
}

/** A refusal of one of our own readers, at its place in the input. */
function ownFault(error: ApiError, path: Path): Found {
  const [fault] = (error.extensions['faults'] ?? []) as readonly InputFault[];
  const reason = String(error.extensions['reason']);
  return { path, message: fault?.message ?? error.message, reason, coercion: false };
}

function idFaults(value: unknown, path: Path): Found[] {
  if (Array.isArray(value)) return value.flatMap((item, index) => idFaults(item, [...path, index]));
  if (value === null || value === undefined) return [];
  try {
    decodeGlobalId(String(value));
    return [];
  } catch (error) {
    if (!(error instanceof ApiError)) throw error;
    return [ownFault(error, path)];
  }
}

function moneyFaults(value: unknown, path: Path, digits: number): Found[] {
  if (Array.isArray(value))
    return value.flatMap((item, index) => moneyFaults(item, [...path, index], digits));
  if (typeof value !== 'string') return [];
  const parsed = parseMoney(value, digits);
  if (parsed.ok) return [];
  const { code } = parsed.refusal;
  return [{ path, message: moneyFault(code), reason: code, coercion: false }];
}

/** Faults of one field's value beyond its type. */
function fieldFaults(field: GraphQLInputField, value: unknown, path: Path, digits: number | null): Found[] {
  if (value === null || value === undefined) return [];
  if (field.extensions['isRelayGlobalID'] === true) return idFaults(value, path);
  const money = digits !== null && getNamedType(field.type).name === 'Money';
  return [...formFaults(schemasOf(field), value, path), ...(money ? moneyFaults(value, path, digits) : [])];
}

/** Walks an input that graphql-js has read; what it could not read is absent in it. */
function insideFaults(type: GraphQLInputType, value: unknown, path: Path, digits: number | null): Found[] {
  const plain = getNullableType(type) as GraphQLInputType;
  if (isListType(plain)) {
    const items = Array.isArray(value) ? (value as unknown[]) : [];
    return items.flatMap((item, index) => insideFaults(plain.ofType, item, [...path, index], digits));
  }
  if (!isInputObjectType(plain) || !isObject(value)) return [];
  const inFields = Object.values(plain.getFields()).flatMap((field) => [
    ...fieldFaults(field, value[field.name], [...path, field.name], digits),
    ...insideFaults(field.type, value[field.name], [...path, field.name], digits),
  ]);
  return [...inFields, ...formFaults(schemasOf(plain), value, path)];
}

/** "Expected type "LocalDate". “x” is not a day" and the like, without hints at names that exist. */
function coercionFault(path: Path, error: GraphQLError): Found {
  const origin = error instanceof ApiError ? error : error.originalError;
  if (origin instanceof ApiError) return { ...ownFault(origin, path), coercion: true };
  const message = withoutHint(error.message);
  const missing = /^Field "([^"]+)" of required type/.exec(message)?.[1];
  const unknown = /^Field "([^"]+)" is not defined/.exec(message)?.[1];
  const name = missing ?? unknown;
  return {
    path: name === undefined ? path : [...path, name],
    message,
    reason: 'BAD_USER_INPUT',
    coercion: true,
  };
}

function beneath(path: Path, other: Path): boolean {
  return path.every((part, index) => other[index] === part);
}

function variableFaults(
  type: GraphQLInputType,
  name: string,
  value: unknown,
  digits: number | null,
): readonly Found[] {
  const found: Found[] = [];
  const read: unknown = coerceInputValue(value, type, (path, _invalid, error) => {
    found.push(coercionFault([name, ...path], error));
  });
  const known = [...found];
  for (const fault of insideFaults(type, read, [name], digits)) {
    // A form that misses what could not be read would tell the same place twice.
    if (!known.some(({ path }) => beneath(fault.path, path) || beneath(path, fault.path))) found.push(fault);
  }
  return found.filter(
    (fault, index) =>
      found.findIndex(
        ({ path, message }) => message === fault.message && path.join('.') === fault.path.join('.'),
      ) === index,
  );
}

/**
 * Every fault in the variables of an operation as one VALIDATION_ERROR, or null when there is none to tell here.
 * `digits` are the decimals of the viewer's currency, null when nobody is signed in. A path begins with the name of the
 * variable. A single fault of type is left to graphql-js.
 */
export function inputFaults(
  schema: GraphQLSchema,
  document: DocumentNode,
  operationName: string | null | undefined,
  variables: Readonly<Record<string, unknown>>,
  digits: number | null,
): ApiError | null {
  const operation = document.definitions.find(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      (operationName == null || definition.name?.value === operationName),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return null;
  const faults = (operation.variableDefinitions ?? []).flatMap((definition) => {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type as never) as unknown as GraphQLInputType | undefined;
    if (type === undefined || !isInputType(type) || variables[name] === undefined) return [];
    return variableFaults(type, name, variables[name], digits);
  });
  const [first] = faults;
  if (first === undefined || (faults.length === 1 && first.coercion)) return null;
  const same = faults.every(({ reason }) => reason === first.reason);
  return invalidInput(
    faults.map(({ path, message }) => ({ path, message })),
    same ? first.reason : 'INVALID_INPUT',
  );
}
