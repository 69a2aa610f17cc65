// Reads of cooperatives: one's own profile, and the list schedules and operators go through.
import type { Database } from '@habitat/database';
import type { CooperativeProfile } from './cooperative.ts';
import { OVERVIEW_ROLE, selectCooperative } from './cooperative.store.ts';

/** The profile of one cooperative; null for an unknown id. */
export async function findCooperative(
  database: Database,
  cooperativeId: string,
): Promise<CooperativeProfile | null> {
  return database.read('platform', { cooperativeId }, (client) => selectCooperative(client, cooperativeId));
}

/** A cooperative as the operator's command and schedules see it. */
export interface CooperativeListing {
  readonly cooperativeId: string;
  readonly slug: string;
  readonly name: string;
  readonly timeZone: string;
}

/** Every cooperative of the installation, oldest first. For schedules and operators, never for a member. */
export async function listCooperatives(database: Database): Promise<CooperativeListing[]> {
  return database.single<CooperativeListing & Record<string, unknown>>(
    OVERVIEW_ROLE,
    `select cooperative_id as "cooperativeId", slug, name, time_zone as "timeZone"
     from platform.cooperative order by created_at, cooperative_id`,
  );
}
