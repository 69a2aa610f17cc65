// How a contribution's row and its JSON for set-based writes look. One table of columns serves reading, inserting
// and updating, so that a column cannot be forgotten in one of them.
import type { ContributionKind, Treatment } from '@habitat/events';
import type { Decimal, LocalDate } from '@habitat/kernel';
import { expectAccepted, formatDecimal, normalizeDecimal, parseDecimal } from '@habitat/kernel';
import type { PeerState } from '../peer/peer.ts';
import type { Unit } from '../valuation/quantity.ts';
import type { Contribution, ContributionStatus, EvidenceLink } from './contribution.ts';

/** A row as pg returns it: int8 as bigint, numeric and date as text. */
export interface ContributionRow {
  readonly contribution_id: string;
  readonly number: number;
  readonly member_id: string;
  readonly logged_by_member_id: string | null;
  readonly logged_by_login_id: string | null;
  readonly logged_for_reason: string | null;
  readonly kind: ContributionKind;
  readonly category: string;
  readonly unit: Unit;
  readonly quantity: string;
  readonly minutes: string | null;
  readonly original_quantity: string | null;
  readonly original_value_minor: bigint | null;
  readonly worked_on: LocalDate;
  readonly period_id: string | null;
  readonly description: string;
  readonly evidence: readonly EvidenceLink[];
  readonly declared_value_minor: bigint | null;
  readonly cost_basis_minor: bigint | null;
  readonly revenue_transaction_id: string | null;
  readonly source_verified: boolean;
  readonly late: boolean;
  readonly late_reason: string | null;
  readonly late_override_by: string | null;
  readonly status: ContributionStatus;
  readonly rule_id: string | null;
  readonly rule_version: number | null;
  readonly rate: string | null;
  readonly value_minor: bigint | null;
  readonly tax_minor: bigint | null;
  readonly treatment: Treatment;
  readonly patronage_category: string | null;
  readonly signatures_needed: 0 | 1 | 2;
  readonly round: number;
  readonly auto_approved: boolean;
  readonly peer_state: PeerState | null;
  readonly peers_until: LocalDate | null;
  readonly peers_ended_at: Date | null;
  readonly submitted_at: Date | null;
  readonly valued_at: Date | null;
  readonly posted_at: Date | null;
  readonly transaction_id: string | null;
  readonly posting_problem: string | null;
  readonly step_count: number;
  readonly created_at: Date;
  readonly changed_at: Date;
}

/** A numeric column as an exact decimal without trailing zeros. */
export function decimalOf(text: string): Decimal {
  return normalizeDecimal(expectAccepted(parseDecimal(text)));
}

function decimalOrNull(text: string | null): Decimal | null {
  return text === null ? null : decimalOf(text);
}

export function toContribution(row: ContributionRow): Contribution {
  return {
    contributionId: row.contribution_id,
    number: row.number,
    memberId: row.member_id,
    loggedByMemberId: row.logged_by_member_id,
    loggedByLoginId: row.logged_by_login_id,
    loggedForReason: row.logged_for_reason,
    kind: row.kind,
    category: row.category,
    quantity: { unit: row.unit, amount: decimalOf(row.quantity), minutes: decimalOrNull(row.minutes) },
    originalQuantity: decimalOrNull(row.original_quantity),
    originalValueMinor: row.original_value_minor,
    workedOn: row.worked_on,
    periodId: row.period_id,
    description: row.description,
    evidence: row.evidence,
    declaredValueMinor: row.declared_value_minor,
    costBasisMinor: row.cost_basis_minor,
    revenueTransactionId: row.revenue_transaction_id,
    sourceVerified: row.source_verified,
    late: row.late,
    lateReason: row.late_reason,
    lateOverrideBy: row.late_override_by,
    status: row.status,
    valueMinor: row.value_minor,
    taxMinor: row.tax_minor,
    treatment: row.treatment,
    patronageCategory: row.patronage_category,
    ruleId: row.rule_id,
    ruleVersion: row.rule_version,
    rate: decimalOrNull(row.rate),
    signaturesNeeded: row.signatures_needed,
    round: row.round,
    autoApproved: row.auto_approved,
    peerState: row.peer_state,
    peersUntil: row.peers_until,
    peersEndedAt: row.peers_ended_at,
    submittedAt: row.submitted_at,
    valuedAt: row.valued_at,
    postedAt: row.posted_at,
    transactionId: row.transaction_id,
    postingProblem: row.posting_problem,
    stepCount: row.step_count,
    createdAt: row.created_at,
    changedAt: row.changed_at,
  };
}

/** One column: its type in the JSON record, its value, and whether it is written once only. */
interface Column {
  readonly name: string;
  readonly type: string;
  readonly once?: true;
  readonly of: (contribution: Contribution) => unknown;
}

const decimalText = (value: Decimal | null) => (value === null ? null : formatDecimal(value));

export const CONTRIBUTION_COLUMNS: readonly Column[] = [
  { name: 'contribution_id', type: 'uuid', once: true, of: (c) => c.contributionId },
  { name: 'member_id', type: 'uuid', once: true, of: (c) => c.memberId },
  { name: 'logged_by_member_id', type: 'uuid', once: true, of: (c) => c.loggedByMemberId },
  { name: 'logged_by_login_id', type: 'uuid', once: true, of: (c) => c.loggedByLoginId },
  { name: 'logged_for_reason', type: 'text', once: true, of: (c) => c.loggedForReason },
  { name: 'source_verified', type: 'boolean', once: true, of: (c) => c.sourceVerified },
  { name: 'created_at', type: 'timestamptz', once: true, of: (c) => c.createdAt },
  { name: 'kind', type: 'text', of: (c) => c.kind },
  { name: 'category', type: 'text', of: (c) => c.category },
  { name: 'unit', type: 'text', of: (c) => c.quantity.unit },
  { name: 'quantity', type: 'numeric', of: (c) => formatDecimal(c.quantity.amount) },
  { name: 'minutes', type: 'numeric', of: (c) => decimalText(c.quantity.minutes) },
  { name: 'original_quantity', type: 'numeric', of: (c) => decimalText(c.originalQuantity) },
  { name: 'original_value_minor', type: 'bigint', of: (c) => c.originalValueMinor },
  { name: 'worked_on', type: 'date', of: (c) => c.workedOn },
  { name: 'period_id', type: 'uuid', of: (c) => c.periodId },
  { name: 'description', type: 'text', of: (c) => c.description },
  { name: 'evidence', type: 'jsonb', of: (c) => c.evidence },
  { name: 'declared_value_minor', type: 'bigint', of: (c) => c.declaredValueMinor },
  { name: 'cost_basis_minor', type: 'bigint', of: (c) => c.costBasisMinor },
  { name: 'revenue_transaction_id', type: 'uuid', of: (c) => c.revenueTransactionId },
  { name: 'late', type: 'boolean', of: (c) => c.late },
  { name: 'late_reason', type: 'text', of: (c) => c.lateReason },
  { name: 'late_override_by', type: 'uuid', of: (c) => c.lateOverrideBy },
  { name: 'status', type: 'text', of: (c) => c.status },
  { name: 'rule_id', type: 'uuid', of: (c) => c.ruleId },
  { name: 'rule_version', type: 'integer', of: (c) => c.ruleVersion },
  { name: 'rate', type: 'numeric', of: (c) => decimalText(c.rate) },
  { name: 'value_minor', type: 'bigint', of: (c) => c.valueMinor },
  { name: 'tax_minor', type: 'bigint', of: (c) => c.taxMinor },
  { name: 'treatment', type: 'text', of: (c) => c.treatment },
  { name: 'patronage_category', type: 'text', of: (c) => c.patronageCategory },
  { name: 'signatures_needed', type: 'smallint', of: (c) => c.signaturesNeeded },
  { name: 'round', type: 'smallint', of: (c) => c.round },
  { name: 'auto_approved', type: 'boolean', of: (c) => c.autoApproved },
  { name: 'peer_state', type: 'text', of: (c) => c.peerState },
  { name: 'peers_until', type: 'date', of: (c) => c.peersUntil },
  { name: 'peers_ended_at', type: 'timestamptz', of: (c) => c.peersEndedAt },
  { name: 'submitted_at', type: 'timestamptz', of: (c) => c.submittedAt },
  { name: 'valued_at', type: 'timestamptz', of: (c) => c.valuedAt },
  { name: 'posted_at', type: 'timestamptz', of: (c) => c.postedAt },
  { name: 'transaction_id', type: 'uuid', of: (c) => c.transactionId },
  { name: 'posting_problem', type: 'text', of: (c) => c.postingProblem },
  { name: 'step_count', type: 'integer', of: (c) => c.stepCount },
  { name: 'changed_at', type: 'timestamptz', of: (c) => c.changedAt },
];

/** Every column of the row, for select lists, with a table alias. */
export function contributionColumns(alias: string): string {
  return ['number', ...CONTRIBUTION_COLUMNS.map((column) => column.name)]
    .map((name) => `${alias}.${name}`)
    .join(', ');
}

/** The row as a JSON record for `jsonb_to_recordset`. */
export function toRecord(contribution: Contribution): Record<string, unknown> {
  return Object.fromEntries(CONTRIBUTION_COLUMNS.map((column) => [column.name, column.of(contribution)]));
}
