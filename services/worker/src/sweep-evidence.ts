// Takes away evidence nobody attached within a day, and bytes that belong to no row: what an upload left that ended
// between the two. What was attached is touched only when the member it is about was erased; the database refuses it too.
import type { Vault } from '@habitat/evidence';
import {
  dropUnattachedEvidence,
  listEvidenceFiles,
  listEvidenceToRemove,
  noteEvidenceRemoved,
} from '@habitat/people';
import { daysBefore, KEPT_DAYS, listCooperatives } from '@habitat/platform';
import type { Schedule } from './schedules.ts';

const HOUR = 3_600_000;

/** Harmless to repeat, and for several workers at once. */
export function sweepEvidence(vault: Vault): Schedule {
  return {
    name: 'sweep-evidence',
    everyMs: 6 * HOUR,
    async run(database, now) {
      const before = daysBefore(now, KEPT_DAYS.looseEvidence);
      for (const { cooperativeId } of await listCooperatives(database)) {
        await dropUnattachedEvidence(database, cooperativeId, before);
        // Listed before the rows are read: a file that comes in meanwhile is young, and stays.
        const stored = (await vault.list(cooperativeId)).filter(({ modifiedAt }) => modifiedAt < before);
        if (stored.length === 0) continue;
        const rows = await listEvidenceFiles(database, cooperativeId);
        const known = new Set(rows.map(({ fileId }) => fileId));
        for (const file of stored) if (!known.has(file.fileId)) await vault.remove(file);
      }
      await vault.sweep(now);
    },
  };
}

/** Removes the bytes of evidence whose member was erased; the row keeps its hash, which the log has. */
export function removeErasedEvidence(vault: Vault): Schedule {
  return {
    name: 'remove-erased-evidence',
    everyMs: HOUR / 60,
    async run(database, now) {
      for (const { cooperativeId } of await listCooperatives(database)) {
        for (const fileId of await listEvidenceToRemove(database, cooperativeId)) {
          await vault.remove({ cooperativeId, fileId });
          await noteEvidenceRemoved(database, { cooperativeId, now }, fileId);
        }
      }
    },
  };
}
