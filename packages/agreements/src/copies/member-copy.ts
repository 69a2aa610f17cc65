// Members as agreements knows them: class, status and joining day decide eligibility, the deficit restoration
// obligation (DRO) decides how much of a loss someone can bear.
import type { Transaction } from '@habitat/database';
import type { Envelope } from '@habitat/events';
import { encodePayload, memberChanged, memberJoined, readPayload } from '@habitat/events';

/** Takes over people.member.joined and .changed; the last event of a member in the batch counts. */
export async function copyMembers(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  const latest = new Map<string, unknown>();
  for (const event of events) {
    const facts =
      event.type === memberJoined.type ? readPayload(memberJoined, event) : readPayload(memberChanged, event);
    latest.set(facts.memberId, {
      id: facts.memberId,
      number: facts.number,
      class: facts.class,
      status: facts.status,
      joined_on: facts.joinedOn,
      dro_minor: facts.droMinor,
    });
  }
  await tx.query(
    `insert into agreements.member (cooperative_id, id, number, class, status, joined_on, dro_minor)
     select $1, m.id, m.number, m.class, m.status, m.joined_on, m.dro_minor
     from jsonb_to_recordset($2::jsonb)
       as m(id uuid, number int, class text, status text, joined_on date, dro_minor bigint)
     on conflict (cooperative_id, id) do update set number = excluded.number, class = excluded.class,
       status = excluded.status, joined_on = excluded.joined_on, dro_minor = excluded.dro_minor`,
    [tx.cooperativeId, encodePayload([...latest.values()])],
  );
}
