// Values asked to be overridden that wait for a second person: what they would be, and who asked for them.
import type { Database, Queryable } from '@habitat/database';
import type { Actor } from '@habitat/kernel';

export interface OpenOverride {
  readonly overrideId: string;
  readonly contributionId: string;
  readonly valueMinor: bigint;
  readonly justification: string;
  readonly byMemberId: string;
  readonly byLoginId: string | null;
  readonly requestedAt: Date;
}

export async function selectOpenOverrides(
  client: Queryable,
  cooperativeId: string,
  contributionIds: readonly string[],
): Promise<OpenOverride[]> {
  return client.query<OpenOverride & Record<string, unknown>>(
    `select o.override_id as "overrideId", o.contribution_id as "contributionId", o.value_minor as "valueMinor",
       people.unseal(c.member_id, o.justification) as justification, o.requested_by_member_id as "byMemberId",
       o.requested_by_login_id as "byLoginId", o.requested_at as "requestedAt"
     from people.valuation_override o
     join people.contribution c on c.cooperative_id = o.cooperative_id and c.contribution_id = o.contribution_id
     where o.cooperative_id = $1 and o.contribution_id = any($2::uuid[])
       and o.confirmed_at is null and o.ended_at is null`,
    [cooperativeId, contributionIds],
  );
}

/** What waits for these contributions, at most one each; also what is past its time and not ended yet. */
export async function findOpenOverrides(
  database: Database,
  cooperativeId: string,
  contributionIds: readonly string[],
): Promise<OpenOverride[]> {
  return database.read('people', { cooperativeId }, (client) =>
    selectOpenOverrides(client, cooperativeId, contributionIds),
  );
}

/** Who asked, as the rules of a second person compare people; only an administrator could. */
export function whoAsked({ byLoginId, byMemberId }: OpenOverride, cooperativeId: string): Actor {
  return {
    kind: 'person',
    cooperativeId,
    loginId: byLoginId,
    memberId: byMemberId,
    roles: ['administrator'],
  };
}
