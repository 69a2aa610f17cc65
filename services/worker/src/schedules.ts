// What is due by the clock rather than by an event. Every run is harmless to repeat, so several workers need no
// agreement about who does it.
import { setTimeout as sleep } from 'node:timers/promises';
import { listUnansweredCloses, resumeClose } from '@habitat/agreements';
import type { Database } from '@habitat/database';
import { newId, systemActor } from '@habitat/kernel';
import { recordScheduleRun, sealAuditTrail } from '@habitat/messaging';
import type { CooperativeListing } from '@habitat/platform';
import { daysBefore, KEPT_DAYS, listCooperatives, tellRefusedSignIns } from '@habitat/platform';
import { endPeerReviews } from '@habitat/people';
import { ensureCurrentPeriod } from '@habitat/treasury';

export interface Schedule {
  readonly name: string;
  readonly everyMs: number;
  run(database: Database, now: Date): Promise<void>;
}

const HOUR = 3_600_000;
const PURGE_BATCH = 5_000;

/** Looks after one cooperative after the other; one that fails does not stop the others. */
async function forEachCooperative(
  database: Database,
  lookAfter: (cooperative: CooperativeListing) => Promise<unknown>,
): Promise<void> {
  const faults: unknown[] = [];
  for (const cooperative of await listCooperatives(database))
    await lookAfter(cooperative).catch((error: unknown) => faults.push(error));
  if (faults.length > 0)
    throw new AggregateError(faults, `${faults.length} cooperatives could not be looked after`);
}

/** Opens the period that contains today in each cooperative's time zone. */
const openCurrentPeriods: Schedule = {
  name: 'open-current-periods',
  everyMs: HOUR / 4,
  async run(database, now) {
    await forEachCooperative(database, ({ cooperativeId }) => {
      const actor = systemActor(cooperativeId);
      return ensureCurrentPeriod(database, {
        cooperativeId,
        actor,
        now,
        correlationId: `schedule-${newId()}`,
      });
    });
  },
};

/** Peers who said nothing in their days, or of whom too few are left: the rule says what follows, once per item. */
export const endSilentPeers: Schedule = {
  name: 'end-peer-reviews',
  everyMs: HOUR / 4,
  async run(database, now) {
    await forEachCooperative(database, ({ cooperativeId }) =>
      endPeerReviews(database, { cooperativeId, now, correlationId: `schedule-${newId()}` }),
    );
  },
};

/** A close whose question to the ledger got lost asks again; the ledger answers from what it has done already. */
const askForCloses: Schedule = {
  name: 'ask-for-closes',
  everyMs: HOUR / 12,
  async run(database, now) {
    const before = new Date(now.getTime() - HOUR / 12);
    for (const { cooperativeId } of await listCooperatives(database)) {
      const context = {
        cooperativeId,
        actor: systemActor(cooperativeId),
        now,
        correlationId: `schedule-${newId()}`,
      };
      for (const closeId of await listUnansweredCloses(database, cooperativeId, before)) {
        await resumeClose(database, context, { closeId });
      }
    }
  },
};

/** A repeated request comes within minutes; after a week its first answer is of no use to anyone. */
const purgeIdempotencyKeys: Schedule = {
  name: 'purge-idempotency-keys',
  everyMs: HOUR,
  async run(database, now) {
    const before = daysBefore(now, KEPT_DAYS.answers);
    for (;;) {
      const gone = await database.single(
        'relay',
        `delete from platform.idempotency_key where ctid = any (array(
           select ctid from platform.idempotency_key where created_at < $1 limit ${PURGE_BATCH})) returning 1`,
        [before],
      );
      if (gone.length < PURGE_BATCH) return;
    }
  },
};

/**
 * What was done is sealed within seconds, behind the commands and never in their way: of a long stretch (an import) no
 * more in one run than takes a few hundredths of the time between two.
 */
export const sealAudit: Schedule = {
  name: 'seal-audit-trail',
  everyMs: HOUR / 720,
  run: (database, now) => sealAuditTrail(database, now, 1_000),
};

/** Who failed to sign in stands in the trail within seconds, told apart from the answer they got. */
const tellRefusals: Schedule = {
  name: 'tell-refused-sign-ins',
  everyMs: HOUR / 720,
  run: tellRefusedSignIns,
};

export const schedules: readonly Schedule[] = [
  openCurrentPeriods,
  endSilentPeers,
  askForCloses,
  purgeIdempotencyKeys,
  sealAudit,
  tellRefusals,
];

/** Runs each schedule at once and then at its interval, one run at a time, until stopped. */
export function startSchedules(options: {
  readonly database: Database;
  readonly schedules: readonly Schedule[];
  readonly clock: () => Date;
  readonly onRun: (schedule: string, fault: unknown) => void;
}): { stop(): Promise<void> } {
  const ending = new AbortController();
  const { signal } = ending;

  async function repeat(schedule: Schedule): Promise<void> {
    while (!signal.aborted) {
      const startedAt = options.clock();
      const fault = await schedule.run(options.database, startedAt).then(
        () => null,
        (thrown: unknown) => thrown ?? new Error('a schedule failed without saying why'),
      );
      options.onRun(schedule.name, fault);
      const run = { name: schedule.name, startedAt, finishedAt: options.clock(), fault };
      // Not written down when the database is away: the metric and the log have told already.
      await recordScheduleRun(options.database, run).catch(() => undefined);
      await sleep(schedule.everyMs, undefined, { signal }).catch(() => undefined);
    }
  }

  const running = Promise.all(options.schedules.map(repeat));
  return {
    async stop() {
      ending.abort();
      await running;
    },
  };
}
