// Writes src/lib/api/schema-types.d.ts from the API's committed schema.graphql, so that every document in the pages is
// checked against the schema when the types are. Another schema file can be given as the first argument.
import { readFile, writeFile } from 'node:fs/promises';
import { buildSchema, introspectionFromSchema } from 'graphql';
import { minifyIntrospection, outputIntrospectionFile } from '@gql.tada/internal';

const source = process.argv[2] ?? new URL('../../api/schema.graphql', import.meta.url);
const introspection = introspectionFromSchema(buildSchema(await readFile(source, 'utf8')), {
  descriptions: false,
});
const types = outputIntrospectionFile(minifyIntrospection(introspection), {
  fileType: '.d.ts',
  shouldPreprocess: true,
});
// As the formatter leaves it: made anew from the same schema, the file is the same.
const formatted = `${types.trimEnd().replace(/(: introspection)\n/, '$1;\n')}\n`;
await writeFile(new URL('../src/lib/api/schema-types.d.ts', import.meta.url), formatted);
