// Whose turn it is to decide a contribution, and why it came to them: the route's approver, a backup, whoever stands in
// for somebody away, the fallback the policy names. What nobody named can decide is open to every reviewer in scope, so
// that a route never makes work undecidable.
import type { LocalDate } from '@habitat/kernel';
import { daysBetween, todayIn } from '@habitat/kernel';
import type { Absence } from '../absence/absence.ts';
import { absenceOf } from '../absence/absence.ts';
import type { Contribution } from '../contribution/contribution.ts';
import type { ApprovalPolicy, ApprovalRoute } from '../policy/policy.ts';
import { routeFor } from '../policy/policy.ts';
import type { Hindrance, Reviewer } from './reviewer.ts';
import { hindranceOf } from './reviewer.ts';

/** What a turn depends on besides the contribution and its signatures. */
export interface TurnSetting {
  readonly now: Date;
  readonly timeZone: string;
  readonly policy: ApprovalPolicy;
  readonly reviewers: readonly Reviewer[];
  /** Absences that have not ended. */
  readonly absences: readonly Absence[];
}

export interface GivenSignature {
  readonly round: number;
  readonly approverMemberId: string;
  readonly approverLoginId: string | null;
}

/** In which place somebody decides. */
export type Standing = 'reviewer' | 'approver' | 'backup' | 'stand_in' | 'fallback';
/** Why it is not with whoever would decide it first: what hinders them, how long they let it wait, how its peers ended. */
export type TurnCause = Hindrance | 'late' | 'stale' | 'objected' | 'timed_out' | 'no_eligible';

export interface Seat {
  readonly reviewer: Reviewer;
  readonly standing: Standing;
}

export interface Turn {
  /** Who may sign now, in the order they are asked. */
  readonly seats: readonly Seat[];
  /** Null while it is with those who decide it first. */
  readonly because: TurnCause | null;
}

const todayAt = (setting: Pick<TurnSetting, 'now' | 'timeZone'>) => todayIn(setting.timeZone, setting.now);

/** Whole days a submission has waited for its reviewers, by the cooperative's calendar; those of its peers do not count. */
export function ageInDays(contribution: Contribution, timeZone: string, today: LocalDate): number {
  const since = contribution.peersEndedAt ?? contribution.submittedAt;
  return since === null ? 0 : Math.max(0, daysBetween(todayIn(timeZone, since), today));
}

/** True when a submission has waited longer than the policy's days. */
export function isStale(
  contribution: Contribution,
  setting: Pick<TurnSetting, 'now' | 'timeZone' | 'policy'>,
): boolean {
  if (contribution.status !== 'submitted' && contribution.status !== 'clarification') return false;
  if (contribution.peerState === 'open') return false;
  return ageInDays(contribution, setting.timeZone, todayAt(setting)) > setting.policy.staleDays;
}

/** Adds a seat unless its reviewer sits already. */
function seat(seats: Seat[], standing: Standing, reviewer: Reviewer | undefined): void {
  if (reviewer !== undefined && !seats.some((one) => one.reviewer === reviewer))
    seats.push({ reviewer, standing });
}

/** The questions about people that one contribution raises on one day. */
function peopleFor(contribution: Contribution, setting: TurnSetting) {
  const { reviewers, absences } = setting;
  const today = todayAt(setting);
  const hindrance = (memberId: string) => hindranceOf(memberId, contribution, { reviewers, absences, today });
  const among = (memberId: string | null | undefined) =>
    reviewers.find((one) => one.memberId === memberId && hindrance(one.memberId) === null);
  const hindered = reviewers.map((one) => hindrance(one.memberId));
  const able = reviewers.filter((_one, index) => hindered[index] === null);
  return {
    hindrance,
    among,
    hindered,
    /** Those away come last: their absence keeps nothing from being decided when there is nobody else. */
    anybody: able.length > 0 ? able : reviewers.filter((_one, index) => hindered[index] === 'absent'),
    standInOf: (memberId: string) => among(absenceOf(absences, memberId, today)?.backupMemberId),
  };
}

type People = ReturnType<typeof peopleFor>;

/** The seats a route gives, and why not to its approver alone. */
function routedSeats(
  route: ApprovalRoute,
  people: People,
  contribution: Contribution,
  signatures: readonly GivenSignature[],
  setting: TurnSetting,
): { seats: Seat[]; because: TurnCause | null } {
  const seats: Seat[] = [];
  const { approverMemberId, backupMemberId } = route;
  const hindrance = people.hindrance(approverMemberId);
  const signed = signatures.some(
    (given) => given.round === contribution.round && given.approverMemberId === approverMemberId,
  );
  const waited = ageInDays(contribution, setting.timeZone, todayAt(setting)) >= route.withinDays;
  const late = waited && contribution.submittedAt !== null;
  seat(seats, 'approver', people.among(approverMemberId));
  if (hindrance === 'absent') seat(seats, 'stand_in', people.standInOf(approverMemberId));
  if (backupMemberId !== null && (hindrance !== null || signed || late)) {
    seat(seats, 'backup', people.among(backupMemberId));
    if (people.hindrance(backupMemberId) === 'absent')
      seat(seats, 'stand_in', people.standInOf(backupMemberId));
  }
  const passedOn = seats.some(({ standing }) => standing === 'backup');
  return { seats, because: hindrance ?? (late && !signed && passedOn ? 'late' : null) };
}

/**
 * Who may sign now, in the order they are asked, and why it came to them. While peers decide, nobody. With a route: its approver; their stand-in
 * while they are away; the backup once the approver may not decide, has signed already, or has let the days pass.
 * The policy's fallback joins them when nobody of these can decide or the work has gone stale. Without a route, or
 * when none of them can: every reviewer in scope.
 */
export function turnOf(
  contribution: Contribution,
  signatures: readonly GivenSignature[],
  setting: TurnSetting,
): Turn {
  if (contribution.peerState === 'open') return { seats: [], because: null };
  const { seats, because } = reviewersTurn(contribution, signatures, setting);
  return { seats, because: becauseOfPeers(contribution) ?? because };
}

/** What its peers left undecided, told before everything else. */
function becauseOfPeers({ peerState }: Contribution): TurnCause | null {
  return peerState === 'open' || peerState === 'validated' ? null : peerState;
}

function reviewersTurn(
  contribution: Contribution,
  signatures: readonly GivenSignature[],
  setting: TurnSetting,
): Turn {
  const people = peopleFor(contribution, setting);
  const route = routeFor(setting.policy, contribution.kind, contribution.category);
  const stale = isStale(contribution, setting);
  const fallback = people.among(setting.policy.fallbackMemberId);
  if (route === null) return openTurn(people, fallback, stale);
  const { seats, because } = routedSeats(route, people, contribution, signatures, setting);
  const stuck = seats.length === 0;
  if (stuck || stale) seat(seats, 'fallback', fallback);
  const alone = contribution.signaturesNeeded === 2 && people.among(route.backupMemberId) === undefined;
  if (seats.length === 0 || alone) for (const one of people.anybody) seat(seats, 'reviewer', one);
  return { seats, because: because ?? (stale ? 'stale' : null) };
}

/** Without a route everybody in scope decides; it is the fallback's when everybody else is kept from it. */
function openTurn(people: People, fallback: Reviewer | undefined, stale: boolean): Turn {
  const others = people.anybody.filter((one) => one !== fallback);
  const kept = people.hindered.filter((one) => one !== null);
  const nobody = people.anybody.length === 0 ? 'scope' : null;
  const stuck = others.length === 0 || people.anybody.every((one) => people.hindrance(one.memberId) !== null);
  const hindrance = kept.find((one) => one !== 'scope') ?? kept[0] ?? nobody;
  const because = stuck ? hindrance : stale ? 'stale' : null;
  const seats: Seat[] = [];
  if (because !== null) seat(seats, 'fallback', fallback);
  for (const one of people.anybody) seat(seats, 'reviewer', one);
  return { seats, because };
}

/** A turn without those who have signed this round: who is still waited for. */
export function waitedFor(
  turn: Turn,
  contribution: Contribution,
  signatures: readonly GivenSignature[],
): Turn {
  const signed = signatures.filter(({ round }) => round === contribution.round);
  const seats = turn.seats.filter(
    ({ reviewer }) => !signed.some((one) => one.approverMemberId === reviewer.memberId),
  );
  return { ...turn, seats };
}

/** Those who may decide now, in the order they are asked. */
export function deciders(...turn: Parameters<typeof turnOf>): Reviewer[] {
  return turnOf(...turn).seats.map(({ reviewer }) => reviewer);
}

/** The reviewer and the stand-in a member is told of. */
export function whoDecides(
  contribution: Contribution,
  setting: TurnSetting,
): { first: Reviewer | null; standIn: Reviewer | null } {
  const people = peopleFor(contribution, setting);
  const route = routeFor(setting.policy, contribution.kind, contribution.category);
  const ordered = [
    ...turnOf(contribution, [], setting).seats.map(({ reviewer }) => reviewer),
    ...[people.among(route?.backupMemberId)].flatMap((backup) => backup ?? []),
    ...people.anybody,
  ];
  const [first, standIn] = new Set(ordered);
  return { first: first ?? null, standIn: standIn ?? null };
}
