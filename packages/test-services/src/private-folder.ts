// A folder of its own for one server of one test run; the server that runs in it removes it at the end.
import { chownSync, mkdtempSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Makes the folder; `owner` hands it to the unprivileged user that root runs PostgreSQL as. */
export function makePrivateFolder(name: string, owner?: { uid: number; gid: number }): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), `habitat-${name}-`)));
  if (owner) chownSync(folder, owner.uid, owner.gid);
  return folder;
}
