// Reads of §704(c) layers.
import type { Database } from '@habitat/database';
import type { Layer704c } from './layer.store.ts';
import { selectLayers } from './layer.store.ts';

/** Built-in gains still recorded, of one member or of all, oldest first. */
export async function listLayers(
  database: Database,
  cooperativeId: string,
  memberId: string | null = null,
): Promise<Layer704c[]> {
  return database.read('treasury', { cooperativeId }, (client) =>
    selectLayers(client, cooperativeId, memberId),
  );
}

/** Layers recorded with these transactions. */
export async function listLayersOf(
  database: Database,
  cooperativeId: string,
  transactionIds: readonly string[],
): Promise<Layer704c[]> {
  const wanted = [...transactionIds];
  return database.read('treasury', { cooperativeId }, (client) =>
    selectLayers(client, cooperativeId, null, wanted),
  );
}
