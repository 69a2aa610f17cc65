/**
 * The front door of the kernel: pure, browser-safe building blocks every other package stands on.
 */
export { accept, expectAccepted, refuse, refuseAll } from './result.ts';
export type { Accepted, Refused, Result } from './result.ts';

export {
  absolute,
  currencyDigits,
  formatMinor,
  isCurrencyCode,
  isWithinMoneyBound,
  parseMoney,
  sum,
} from './exact/money.ts';
export type { CurrencyCode, MoneyRefusal } from './exact/money.ts';

export {
  addDecimal,
  coefficientAtScale,
  decimalToRational,
  formatDecimal,
  isPositive,
  multiplyDecimal,
  normalizeDecimal,
  parseDecimal,
  valueAtRate,
} from './exact/decimal.ts';
export type { Decimal, DecimalRefusal } from './exact/decimal.ts';

export {
  addRational,
  compareRational,
  divideRational,
  floorRational,
  multiplyRational,
  rational,
  roundHalfUp,
  subtractRational,
  toDecimalString,
  ZERO,
} from './exact/rational.ts';
export type { Rational } from './exact/rational.ts';

export { apportion, apportionResidualToLargest, compareIds } from './exact/apportion.ts';
export type {
  Apportionment,
  ApportionmentLine,
  ApportionRefusal,
  ExtraUnitReason,
  Weighted,
} from './exact/apportion.ts';

export {
  addDays,
  addMonths,
  dayOfWeek,
  daysBetween,
  daysInMonth,
  endOfMonth,
  isLocalDate,
  isWithin,
  localDate,
  parseLocalDate,
  partsOf,
  quarterOf,
  startOfMonth,
  startOfWeek,
} from './calendar/civil-date.ts';
export type { CivilParts, DateRefusal, LocalDate, Quarter } from './calendar/civil-date.ts';
export { isTimeZone, todayIn } from './calendar/time-zone.ts';
export { hoursAsDecimal, parseDuration, wholeSeconds } from './calendar/duration.ts';
export type { Duration, DurationForm, DurationRefusal } from './calendar/duration.ts';

export { createIdGenerator, isId, newId } from './id.ts';
export type { IdSource } from './id.ts';

export { canonicalHash, canonicalJson, sha256Hex } from './canonical-json.ts';
export type { JsonValue } from './canonical-json.ts';

export {
  COMPOSITE_ROLES,
  expandRoles,
  hasRole,
  isOwn,
  isRole,
  isSamePerson,
  ROLES,
  systemActor,
} from './access/actor.ts';
export type { Actor, ActorKind, CompositeRole, Role } from './access/actor.ts';
export { ACTS, grantOf } from './access/permission-matrix.ts';
export type { Act, DualControl, Grant, Requirement } from './access/permission-matrix.ts';
export { conflictingDuties, conflictsOf, dutyCommands } from './access/duty.ts';
export type { Deed, DutyConflict, DutyPair } from './access/duty.ts';
export type { OverRoleLimit } from './access/permission.ts';
export { dualThresholdMinor, may, maySecond, needsSecondPerson, overRoleLimit } from './access/permission.ts';
export type { DualFacts } from './access/permission.ts';
export { COMMANDS } from './access/command-name.ts';
export type { CommandName } from './access/command-name.ts';
export { isPastItsTime, requestExpiresAt, SECOND_PERSON_DAYS } from './access/waiting-request.ts';
export type {
  SecondPersonDays,
  RemindableAct,
  WaitingAct,
  WaitingRequest,
} from './access/waiting-request.ts';

export { conventionsOf, firstLanguage, isLanguage, languages, wantedLanguage } from './language/language.ts';
export type { Language } from './language/language.ts';
export { MONTHS, periodNameIn } from './language/period-name.ts';
export { spreadsheetText } from './spreadsheet-text.ts';
