// Writes schema.graphql as the modules make it; commit the result.
import { writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { printedSchema } from './graphql/schema.ts';

const file = fileURLToPath(new URL('../schema.graphql', import.meta.url));
writeFileSync(file, printedSchema());
process.stdout.write(`wrote ${file}\n`);
