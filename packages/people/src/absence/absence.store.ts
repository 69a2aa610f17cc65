// Absences' SQL: those not over, one to be ended, a new one.
import type { Queryable, Transaction } from '@habitat/database';
import type { LocalDate } from '@habitat/kernel';
import type { Absence } from './absence.ts';

const COLUMNS = `absence_id as "absenceId", member_id as "memberId", backup_member_id as "backupMemberId",
  starts_on as "startsOn", ends_on as "endsOn"`;

/** Absences that end on this day or later and were not ended before, the next first. */
export async function findAbsences(
  client: Queryable,
  cooperativeId: string,
  from: LocalDate,
): Promise<Absence[]> {
  return client.query<Absence & Record<string, unknown>>(
    `select ${COLUMNS} from people.absence
     where cooperative_id = $1 and ended_at is null and ends_on >= $2 order by starts_on, absence_id`,
    [cooperativeId, from],
  );
}

export async function insertAbsence(tx: Transaction, absence: Absence): Promise<void> {
  await tx.query(
    `insert into people.absence (cooperative_id, absence_id, member_id, backup_member_id, starts_on, ends_on,
       recorded_by_member_id, recorded_at) values ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      tx.cooperativeId,
      absence.absenceId,
      absence.memberId,
      absence.backupMemberId,
      absence.startsOn,
      absence.endsOn,
      tx.actor.memberId,
      tx.now,
    ],
  );
}

/** Marks an absence as over from now on. */
export async function endAbsenceRow(tx: Transaction, absenceId: string): Promise<void> {
  await tx.query(
    `update people.absence set ended_at = $3, ended_by_member_id = $4 where cooperative_id = $1 and absence_id = $2`,
    [tx.cooperativeId, absenceId, tx.now, tx.actor.memberId],
  );
}
