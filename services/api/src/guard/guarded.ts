// Nothing is open by default: the schema is walked when it is built, and a root field or an object type that does not
// say who may see it stops the start.
import type { GraphQLObjectType, GraphQLSchema } from 'graphql';
import { isInputObjectType, isInterfaceType, isEnumType, isObjectType } from 'graphql';

interface PothosOptions {
  readonly authScopes?: unknown;
}

function hasScopes(extensions: Readonly<Record<string, unknown>>): boolean {
  const options = extensions['pothosOptions'] as PothosOptions | undefined;
  return options?.authScopes !== undefined;
}

function rootTypes(schema: GraphQLSchema): GraphQLObjectType[] {
  return [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()].filter(
    (type) => type != null,
  );
}

/** Names of root fields and object types without authScopes; there must be none. PageInfo has nothing to hide. */
export function unguarded(schema: GraphQLSchema): string[] {
  const roots = rootTypes(schema);
  const missing = roots.flatMap((root) =>
    Object.values(root.getFields())
      .filter((field) => !hasScopes(field.extensions))
      .map((field) => `${root.name}.${field.name}`),
  );
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) || roots.includes(type) || type.name.startsWith('__') || type.name === 'PageInfo')
      continue;
    if (!hasScopes(type.extensions)) missing.push(type.name);
  }
  return missing;
}

/** Fields below the root with a guard of their own, narrower than their type's, as "Type.field". */
export function guardedFields(schema: GraphQLSchema): string[] {
  const roots = rootTypes(schema);
  return Object.values(schema.getTypeMap()).flatMap((type) =>
    isObjectType(type) && !roots.includes(type) && !type.name.startsWith('__')
      ? Object.values(type.getFields())
          .filter((field) => hasScopes(field.extensions))
          .map((field) => `${type.name}.${field.name}`)
      : [],
  );
}

/** Names of types, fields, arguments, input fields and enum values without a description; there must be none. */
export function undescribed(schema: GraphQLSchema): string[] {
  const missing: string[] = [];
  const look = (name: string, described: { readonly description?: string | null | undefined }) => {
    if (!described.description?.trim()) missing.push(name);
  };
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    look(type.name, type);
    if (isEnumType(type)) for (const value of type.getValues()) look(`${type.name}.${value.name}`, value);
    if (isInputObjectType(type))
      for (const field of Object.values(type.getFields())) look(`${type.name}.${field.name}`, field);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      look(`${type.name}.${field.name}`, field);
      for (const argument of field.args) look(`${type.name}.${field.name}(${argument.name})`, argument);
    }
  }
  return missing;
}
