// Closing a quarter as its people do: Ed looks it over, stops contributions, vouches for the books and proposes; Carol
// signs. And paying what a close allocated, up to the step the demo wants to leave open.
import {
  approveAllocation,
  approveDistribution,
  beginPeriodClose,
  calculateDistribution,
  confirmCloseStep,
  proposeAllocation,
  scheduleDistribution,
} from '@habitat/agreements';
import type { LocalDate } from '@habitat/kernel';
import { listPeriods } from '@habitat/treasury';
import { instantOf } from './calendar.ts';
import type { QuarterNumber } from './calendar.ts';
import type { Stage } from './stage.ts';
import { done } from './stage.ts';

/** The period of one of the demo's quarters. */
export async function periodOf(stage: Stage, quarter: QuarterNumber): Promise<string> {
  const { from } = stage.calendar.quarters[quarter];
  const found = (await listPeriods(stage.database, stage.cooperativeId)).find(
    ({ startsOn }) => startsOn === from,
  );
  if (found === undefined) throw new Error(`the demo has no period that starts on ${from}`);
  return found.id;
}

/** Closes a quarter, from the day its grace ends to the second signature two days later. */
export async function closeQuarter(
  stage: Stage,
  quarter: QuarterNumber,
  graceEnds: LocalDate,
  signedOn: LocalDate,
): Promise<void> {
  const { database } = stage;
  const periodId = await periodOf(stage, quarter);
  stage.moveTo(instantOf(graceEnds, '09:14'));
  const { closeId } = done('close', await beginPeriodClose(database, await stage.as('ed'), { periodId }));
  const notes = ['Looked over with Carol', 'Late entries are in', 'Bank reconciled to the cent'];
  for (const [at, note] of notes.entries()) {
    done(
      `step ${at + 1}`,
      await confirmCloseStep(database, await stage.as('ed'), { closeId, step: at + 1, note }),
    );
    await stage.drain();
  }
  const proposed = done('proposal', await proposeAllocation(database, await stage.as('ed'), { closeId }));
  await stage.drain();
  stage.moveTo(instantOf(signedOn, '10:12'));
  const { recordHash } = proposed;
  done(
    'second signature',
    await approveAllocation(database, await stage.as('carol'), { closeId, recordHash }),
  );
  await stage.drain();
}

/** Calculates the payment of a quarter's cash part as the treasurer; it waits for its second signature. */
export async function calculatePayment(stage: Stage, quarter: QuarterNumber, on: LocalDate): Promise<string> {
  stage.moveTo(instantOf(on, '09:02'));
  const input = { basis: 'allocation', periodId: await periodOf(stage, quarter) } as const;
  return done('distribution', await calculateDistribution(stage.database, await stage.as('ed'), input))
    .distributionId;
}

/** Signs it as an allocator and schedules it; capital falls on that day, the cash leaves on `payOn`. */
export async function schedulePayment(
  stage: Stage,
  distributionId: string,
  on: LocalDate,
  payOn: LocalDate,
): Promise<void> {
  stage.moveTo(instantOf(on, '11:30'));
  const { database } = stage;
  done(
    'approval of the distribution',
    await approveDistribution(database, await stage.as('carol'), { distributionId }),
  );
  done('schedule', await scheduleDistribution(database, await stage.as('ed'), { distributionId, payOn }));
  await stage.drain();
}
