// The demo cooperative: Riverbend in mid-year, made once through the same commands and events people use. Running it
// again finds it there. Its people's password is printed: it is for trying things out.
import { listDistributions } from '@habitat/agreements';
import type { Database } from '@habitat/database';
import type { LocalDate } from '@habitat/kernel';
import { addDays, dayOfWeek, partsOf, systemActor } from '@habitat/kernel';
import { holdRelay } from '@habitat/messaging';
import { listCooperatives } from '@habitat/platform';
import { ensureCurrentPeriod } from '@habitat/treasury';
import { ClearError } from '../clear-error.ts';
import type { ImportKind } from '../import/plan.ts';
import { describeFault } from '../import/fault.ts';
import { importFile } from '../import/import.ts';
import { bookkeeping, correcting, giving } from './acts.ts';
import type { DemoCalendar, QuarterNumber } from './calendar.ts';
import { demoCalendar, instantOf } from './calendar.ts';
import { CAST, DEMO_PASSWORD, emailOf } from './cast.ts';
import { calculatePayment, closeQuarter, schedulePayment } from './closing.ts';
import { agreeing, DEMO_SLUG, found, join, joining, openAccounts, settingRates } from './founding.ts';
import { openingBalancesFile, retainedFile } from './year/opening.ts';
import { beginQuarter, presentActs, readUntilLately } from './present.ts';
import { firstQuarterEntries, firstQuarterGifts } from './year/quarter-1.ts';
import { secondQuarterEntries, secondQuarterGifts } from './year/quarter-2.ts';
import { feedMistake, thirdQuarterEntries, thirdQuarterGifts } from './year/quarter-3.ts';
import { fourthQuarterEntries, postedGifts } from './year/quarter-4.ts';
import type { Act, Place, Stage } from './stage.ts';

export interface DemoLogin {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly role: string;
}

export interface Demo {
  /** False when it was there already. */
  readonly created: boolean;
  readonly slug: string;
  readonly logins: readonly DemoLogin[];
}

export interface DemoOptions {
  readonly now: Date;
  /** Told before each part, which takes a second or two. */
  readonly onProgress?: (part: string) => void;
}

const logins: readonly DemoLogin[] = CAST.flatMap(({ key, displayName, signsInAs }) =>
  signsInAs === null
    ? []
    : [{ email: emailOf(key), password: DEMO_PASSWORD, name: displayName, role: signsInAs }],
);

async function importText(stage: Stage, kind: ImportKind, text: string): Promise<void> {
  const outcome = await importFile(stage.database, await stage.as('ed'), {
    kind,
    text,
    fileName: `${kind}.csv`,
    digits: 2,
  });
  if (outcome.state !== 'refused') return;
  throw new Error(`the demo's ${kind} were refused: ${outcome.faults.map(describeFault).join('; ')}`);
}

/** The years before: who joined, what was agreed, and what the old books said. */
async function playBeginnings(stage: Stage): Promise<void> {
  const { calendar } = stage;
  const [first] = [calendar.quarters[1].from];
  await stage.play([
    ...joining(calendar),
    ...settingRates(calendar).filter((act) => act.at < instantOf(first, '00:00')),
  ]);
  const before = agreeing(calendar).slice(0, 1);
  await stage.play(before);
  stage.moveTo(instantOf(first, '08:00'));
  await openAccounts(stage);
  await importText(stage, 'opening-balances', openingBalancesFile(first));
  await importText(stage, 'retained-patronage', retainedFile(partsOf(first).year));
  await stage.drain();
}

/** What is announced or agreed during a quarter for the one after it. */
function lookingAhead(calendar: DemoCalendar, quarter: QuarterNumber): Act[] {
  const { from, to } = calendar.quarters[quarter];
  const [begins, ends] = [instantOf(from, '00:00'), instantOf(to, '23:59')];
  return [...settingRates(calendar), ...agreeing(calendar)].filter(
    (act) => act.at >= begins && act.at <= ends,
  );
}

async function openQuarter(stage: Stage, quarter: QuarterNumber): Promise<void> {
  stage.moveTo(instantOf(stage.calendar.quarters[quarter].from, '00:30'));
  await ensureCurrentPeriod(stage.database, stage.asActor(systemActor(stage.cooperativeId)));
  await stage.drain();
}

/** Acts of the days before, and of those after: a close lies in the weeks of the next quarter. */
function split(acts: readonly Act[], day: LocalDate): { before: Act[]; after: Act[] } {
  const instant = instantOf(day, '09:00');
  return { before: acts.filter((act) => act.at < instant), after: acts.filter((act) => act.at >= instant) };
}

/** One quarter: its first days, the close of the one before, the rest of it. */
async function playQuarter(stage: Stage, quarter: 2 | 3 | 4, acts: readonly Act[]): Promise<void> {
  const { from } = stage.calendar.quarters[quarter];
  const graceEnds = addDays(from, 7);
  const { before, after } = split(acts, graceEnds);
  await stage.play(before);
  await closeQuarter(stage, (quarter - 1) as 1 | 2 | 3, graceEnds, addDays(from, 8));
  await stage.play(after);
}

/** The first Friday after a day: payments leave on Fridays. */
function nextFriday(day: LocalDate): LocalDate {
  const ahead = (5 - dayOfWeek(day) + 7) % 7;
  return addDays(day, ahead === 0 ? 7 : ahead);
}

async function playThirdQuarter(stage: Stage): Promise<void> {
  const { calendar } = stage;
  const acts = [
    ...giving(thirdQuarterGifts(calendar)),
    ...bookkeeping(thirdQuarterEntries(calendar)),
    ...correcting(feedMistake(calendar)),
    ...lookingAhead(calendar, 3),
    ...CAST.filter((one) => one.yearsBefore === null).map((one): Act => ({
      at: instantOf(calendar.day(3, 3, one.joinedDay), '10:00'),
      run: (now) => join(now, one, 'dev', 'pending'),
    })),
    {
      at: instantOf(calendar.day(3, 2, 4), '09:02'),
      // Capital falls on this day; the cash leaves on the Friday after the demo's today.
      run: async (now: Stage) => {
        const distributionId = await calculatePayment(now, 1, calendar.day(3, 2, 4));
        await schedulePayment(now, distributionId, calendar.day(3, 2, 4), nextFriday(calendar.today));
      },
    },
  ];
  await playQuarter(stage, 3, acts);
}

/** The payment of the third quarter is calculated last: without it, the making was cut short. */
async function refuseHalfMade(database: Database, cooperativeId: string): Promise<void> {
  const payments = await listDistributions(database, cooperativeId, { limit: 2 });
  if (payments.length === 2) return;
  throw new Error(
    'The demo cooperative is only half made: an earlier run was cut short. Reset the data and make it again.',
  );
}

async function playYear(place: Place, { now, onProgress = () => undefined }: DemoOptions): Promise<void> {
  const calendar = demoCalendar(now);
  onProgress('its members and what they agreed on');
  const stage = await found(place, calendar);
  await playBeginnings(stage);
  onProgress('its first quarter');
  await openQuarter(stage, 1);
  await stage.play([
    ...giving(firstQuarterGifts(calendar)),
    ...bookkeeping(firstQuarterEntries(calendar)),
    ...lookingAhead(calendar, 1),
  ]);
  onProgress('its second quarter');
  await openQuarter(stage, 2);
  await playQuarter(stage, 2, [
    ...giving(secondQuarterGifts(calendar)),
    ...bookkeeping(secondQuarterEntries(calendar)),
    ...lookingAhead(calendar, 2),
  ]);
  onProgress('its third quarter');
  await openQuarter(stage, 3);
  await playThirdQuarter(stage);
  onProgress('this quarter, with work waiting');
  await openQuarter(stage, 4);
  await beginQuarter(stage);
  await playQuarter(stage, 4, [
    ...giving(postedGifts(calendar)),
    ...bookkeeping(fourthQuarterEntries(calendar)),
    ...presentActs(stage),
  ]);
  await calculatePayment(stage, 3, calendar.ago(1));
  await stage.drain();
  await readUntilLately(stage);
  await stage.drain();
}

/** Makes the demo cooperative, or finds it. Its figures are those of its tables, whatever the day it is made on. */
export async function makeDemo(database: Database, options: DemoOptions): Promise<Demo> {
  const known = (await listCooperatives(database)).find((one) => one.slug === DEMO_SLUG);
  if (known !== undefined) {
    await refuseHalfMade(database, known.cooperativeId);
    return { created: false, slug: DEMO_SLUG, logins };
  }
  const hold = await holdRelay(database);
  if (hold === null) {
    throw new ClearError(
      'A worker is delivering events here. The demo delivers its own, on the days it plays: stop the worker, make the demo, and start it again.',
    );
  }
  try {
    await playYear({ database, hold }, options);
  } finally {
    await hold.release();
  }
  return { created: true, slug: DEMO_SLUG, logins };
}
