// Runs agreements' own checks of schema/checks over a test database, as `habitat verify` does.
import { readdir, readFile } from 'node:fs/promises';
import type { TestDatabase } from '@habitat/database/testing';

const folder = new URL('../../../../schema/checks/', import.meta.url);

/** Every fault the agreements checks find; none is expected. */
export async function faults(test: TestDatabase): Promise<Record<string, unknown>[]> {
  const names = (await readdir(folder)).filter((name) => name.startsWith('agreements_'));
  const found: Record<string, unknown>[] = [];
  for (const name of names) {
    const sql = await readFile(new URL(name, folder), 'utf8');
    found.push(...(await test.asOwner(sql.replace(/;\s*$/, ''))));
  }
  return found;
}
