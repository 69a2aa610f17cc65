// Accounting periods as agreements knows them. Treasury alone decides their status; here it only follows.
import type { Queryable, Transaction } from '@habitat/database';
import type { Envelope, PeriodStatus } from '@habitat/events';
import {
  encodePayload,
  periodClosed,
  periodClosing,
  periodLocked,
  periodOpened,
  periodReopened,
  readPayload,
} from '@habitat/events';

export interface PeriodCopy {
  readonly id: string;
  readonly name: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly status: PeriodStatus;
}

const contracts = new Map(
  [periodOpened, periodClosing, periodClosed, periodLocked, periodReopened].map((contract) => [
    contract.type as string,
    contract,
  ]),
);

/** The event types of a period's life. */
export const periodTypes: readonly string[] = [...contracts.keys()];

/** A period event's facts, whichever of the five it is. */
export function periodFacts(event: Envelope): PeriodCopy {
  const contract = contracts.get(event.type);
  if (contract === undefined) throw new Error(`${event.type} is not a period event`);
  const { periodId, ...facts } = readPayload(contract, event);
  return { id: periodId, ...facts };
}

/** Takes over treasury.period.*; the last event of a period in the batch counts. */
export async function copyPeriods(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  const latest = new Map(events.map(periodFacts).map((period) => [period.id, period]));
  await tx.query(
    `insert into agreements.period (cooperative_id, id, name, starts_on, ends_on, status)
     select $1, p.id, p.name, p."startsOn", p."endsOn", p.status
     from jsonb_to_recordset($2::jsonb) as p(id uuid, name text, "startsOn" date, "endsOn" date, status text)
     on conflict (cooperative_id, id) do update set name = excluded.name, starts_on = excluded.starts_on,
       ends_on = excluded.ends_on, status = excluded.status`,
    [tx.cooperativeId, encodePayload([...latest.values()])],
  );
}

const columns = 'id, name, starts_on as "startsOn", ends_on as "endsOn", status';

/** One period, or null. */
export async function findPeriod(
  db: Queryable,
  cooperativeId: string,
  periodId: string,
): Promise<PeriodCopy | null> {
  const [row] = await db.query<PeriodCopy & Record<string, unknown>>(
    `select ${columns} from agreements.period where cooperative_id = $1 and id = $2`,
    [cooperativeId, periodId],
  );
  return row ?? null;
}
