// Runs people's own checks of schema/checks over a test database, as `habitat verify` does.
import { readdir, readFile } from 'node:fs/promises';
import type { TestDatabase } from './database.ts';

const folder = new URL('../../../../schema/checks/', import.meta.url);

/** Every fault the checks find; there must be none. */
export async function faultsIn(database: TestDatabase): Promise<Record<string, unknown>[]> {
  const files = (await readdir(folder)).filter((name) => name.startsWith('people_')).sort();
  const faults: Record<string, unknown>[] = [];
  for (const name of files) {
    faults.push(
      ...(await database.asOwner<Record<string, unknown>>(await readFile(new URL(name, folder), 'utf8'))),
    );
  }
  return faults;
}
