// Prints the year: `pnpm --filter @habitat/example-fiscal-year start > output.txt`. Brings a PostgreSQL of its own and
// takes it away again.
import { createTestDatabase } from '@habitat/database/testing';
import { startPostgres } from '@habitat/test-services';
import { runFiscalYear } from './world.ts';

const server = await startPostgres();
const place = await createTestDatabase(server.ownerUrl);
try {
  process.stdout.write(await runFiscalYear(place.database, { kind: 'postgres' }));
} finally {
  await place.end();
  await server.stop();
}
