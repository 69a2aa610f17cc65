// A database of a test file's own; once the file is through, the checks of the schema find no fault in what it left.
import { afterAll, beforeAll, expect } from 'vitest';
import { faultsIn } from './checks.ts';
import { connect } from './cooperative.ts';
import type { TestDatabase } from './database.ts';

/** To be called at the top of a test file; the answer gives the database to its hooks and tests. */
export function ownDatabase(): () => TestDatabase {
  let owner: TestDatabase;
  beforeAll(async () => {
    owner = await connect();
  });
  afterAll(async () => {
    expect(await faultsIn(owner)).toEqual([]);
    await owner.end();
  });
  return () => owner;
}
