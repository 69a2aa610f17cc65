// Saying that one is away, and that one is back. A reviewer or a peer says it of themselves; an administrator of any of them,
// for whoever falls ill. Only a reviewer stands in, and only for one: an absence gives nobody a right they do not hold.
import type { CommandContext, Database, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { LocalDate, Result } from '@habitat/kernel';
import { accept, isLocalDate, may, newId, refuse } from '@habitat/kernel';
import { isUuid } from '../contribution/command-facts.ts';
import { getCooperative } from '../cooperative/cooperative.store.ts';
import { lockCooperative } from '../member/member.store.ts';
import { findAssignments } from '../role/role.store.ts';
import { isInForce } from '../role/role.ts';
import { isAskedAsPeer } from '../peer/peer.ts';
import { findPolicyOn } from '../policy/policy.store.ts';
import type { Absence } from './absence.ts';
import { endAbsenceRow, findAbsences, insertAbsence } from './absence.store.ts';

export interface AbsenceInput {
  /** Who is away; oneself when left out. */
  readonly memberId?: string | null | undefined;
  readonly startsOn: string;
  /** The last day away. */
  readonly endsOn: string;
  readonly backupMemberId?: string | null | undefined;
}

type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: string };
type Answer = { readonly absenceId: string };

export type AbsenceRefusal =
  | Forbidden
  | { readonly code: 'NOT_A_DATE'; readonly field: 'startsOn' | 'endsOn' }
  | { readonly code: 'ENDS_BEFORE_IT_STARTS' | 'PAST_DATE'; readonly field: 'endsOn' }
  | { readonly code: 'NOT_ASKED'; readonly field: 'memberId' }
  | { readonly code: 'NOT_A_REVIEWER'; readonly field: 'backupMemberId' }
  | { readonly code: 'BACKUP_IS_AWAY'; readonly field: 'backupMemberId' }
  | { readonly code: 'AWAY_ALREADY'; readonly field: 'startsOn' };

/** True for oneself as somebody who decides or validates, and for administrators. */
function maySpeakFor({ actor }: Transaction, memberId: string): boolean {
  const decides = may(actor, 'contribution.approve') || may(actor, 'contribution.validate');
  return (memberId === actor.memberId && decides) || may(actor, 'role.assign');
}

interface Days {
  readonly startsOn: LocalDate;
  readonly endsOn: LocalDate;
}

function readDays(input: AbsenceInput, today: LocalDate): Result<Days, AbsenceRefusal> {
  const { startsOn, endsOn } = input;
  if (!isLocalDate(startsOn)) return refuse({ code: 'NOT_A_DATE', field: 'startsOn' });
  if (!isLocalDate(endsOn)) return refuse({ code: 'NOT_A_DATE', field: 'endsOn' });
  if (endsOn < startsOn) return refuse({ code: 'ENDS_BEFORE_IT_STARTS', field: 'endsOn' });
  return endsOn < today ? refuse({ code: 'PAST_DATE', field: 'endsOn' }) : accept({ startsOn, endsOn });
}

const overlap = (left: Days, right: Days) => left.startsOn <= right.endsOn && right.startsOn <= left.endsOn;

/** Somebody who is asked, a reviewer in place of a reviewer, and nobody away in place of somebody away. */
async function peopleRefusal(
  tx: Transaction,
  absence: Absence,
  today: LocalDate,
): Promise<AbsenceRefusal | null> {
  const { memberId, backupMemberId } = absence;
  const named = [memberId, ...(backupMemberId === null ? [] : [backupMemberId])];
  const known = named.every(isUuid) ? await findAssignments(tx, tx.cooperativeId, named) : [];
  const rolesOf = (id: string) =>
    known.filter((one) => one.memberId === id && isInForce(one, today)).map(({ role }) => role);
  const reviews = (id: string) => rolesOf(id).includes('reviewer');
  const policy = await findPolicyOn(tx, 'approval', today);
  if (!reviews(memberId) && !isAskedAsPeer(rolesOf(memberId), policy))
    return { code: 'NOT_ASKED', field: 'memberId' };
  const standsIn = backupMemberId === null || (reviews(memberId) && reviews(backupMemberId));
  if (!standsIn || backupMemberId === memberId) return { code: 'NOT_A_REVIEWER', field: 'backupMemberId' };
  const others = (await findAbsences(tx, tx.cooperativeId, today)).filter((one) => overlap(one, absence));
  if (others.some((one) => one.memberId === backupMemberId))
    return { code: 'BACKUP_IS_AWAY', field: 'backupMemberId' };
  return others.some((one) => one.memberId === memberId) ? { code: 'AWAY_ALREADY', field: 'startsOn' } : null;
}

/**
 * Announces that a reviewer or a peer is away, and who decides for a reviewer meanwhile. Refusals in order: FORBIDDEN,
 * NOT_A_DATE, ENDS_BEFORE_IT_STARTS, PAST_DATE, NOT_ASKED (neither reviewer nor peer), NOT_A_REVIEWER (the backup, or
 * whoever it is for), BACKUP_IS_AWAY, AWAY_ALREADY.
 */
export async function announceAbsence(database: Database, context: CommandContext, input: AbsenceInput) {
  return runCommand<Answer, AbsenceRefusal>(
    database,
    'people',
    context,
    { name: 'announceAbsence', input },
    async (tx) => {
      const memberId = (input.memberId ?? tx.actor.memberId ?? '').toLowerCase();
      if (!maySpeakFor(tx, memberId)) return refuse({ code: 'FORBIDDEN', act: 'contribution.approve' });
      await lockCooperative(tx);
      const { today } = await getCooperative(tx);
      const days = readDays(input, today);
      if (!days.ok) return days;
      const backupMemberId = input.backupMemberId?.toLowerCase() ?? null;
      const absence = { absenceId: newId(), memberId, backupMemberId, ...days.value };
      const refusal = await peopleRefusal(tx, absence, today);
      if (refusal !== null) return refuse(refusal);
      await insertAbsence(tx, absence);
      return accept({ absenceId: absence.absenceId });
    },
  );
}

export type EndAbsenceRefusal = Forbidden | { readonly code: 'ABSENCE_NOT_FOUND' };

/** Ends an absence at once, one that has not begun as well. Refusals in order: ABSENCE_NOT_FOUND, FORBIDDEN. */
export async function endAbsence(
  database: Database,
  context: CommandContext,
  input: { readonly absenceId: string },
) {
  return runCommand<Answer, EndAbsenceRefusal>(
    database,
    'people',
    context,
    { name: 'endAbsence', input },
    async (tx) => {
      await lockCooperative(tx);
      const { today } = await getCooperative(tx);
      const open = await findAbsences(tx, tx.cooperativeId, today);
      const found = open.find(({ absenceId }) => absenceId === input.absenceId.toLowerCase());
      if (found === undefined) return refuse({ code: 'ABSENCE_NOT_FOUND' });
      if (!maySpeakFor(tx, found.memberId)) return refuse({ code: 'FORBIDDEN', act: 'contribution.approve' });
      await endAbsenceRow(tx, found.absenceId);
      return accept({ absenceId: found.absenceId });
    },
  );
}

/** Absences that are not over on a day, the next first. */
export async function listAbsences(
  database: Database,
  cooperativeId: string,
  from: LocalDate,
): Promise<Absence[]> {
  return database.transaction('people', { cooperativeId }, (client) =>
    findAbsences(client, cooperativeId, from),
  );
}
