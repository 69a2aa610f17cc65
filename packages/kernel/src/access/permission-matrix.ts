/**
 * The permission matrix of the cooperative as one table: who may do what, what it takes besides the
 * role, and when a second, different person has to agree. Everything not in this table is nobody's.
 */
import type { Role } from './actor.ts';

/** What must come with the act besides the role. */
export type Requirement = 'reason' | 'rationale' | 'justification';

/** When a second person is needed: never, always, or from an amount on (major units, configurable per cooperative). */
export type DualControl =
  | 'never'
  | 'always'
  | { readonly fromMajor: string; readonly fromMajorByKind?: Readonly<Record<string, string>> };

export interface Grant {
  readonly who: readonly Role[];
  readonly dual: DualControl;
  /** Roles the second person may hold; defaults to `who`. */
  readonly second?: readonly Role[];
  /** The actor's own contribution, entry or payment is off limits. */
  readonly notOwn?: true;
  readonly requires?: readonly Requirement[];
  /** Every use stands in the audit trail, also where it only reads. */
  readonly logged?: true;
  /** Programmatic agents never do this, whatever their roles: a human being decides. */
  readonly humanOnly?: true;
}

const STAFF = ['reviewer', 'treasurer', 'allocator', 'administrator'] as const;
const MEMBER = ['member'] as const;
const REVIEWER = ['reviewer'] as const;
const TREASURER = ['treasurer'] as const;
const ALLOCATOR = ['allocator'] as const;
const ADMINISTRATOR = ['administrator'] as const;
const SEES_THE_BOOKS = ['treasurer', 'allocator', 'administrator', 'auditor'] as const;
const PREPARES_TAXES = ['allocator', 'auditor'] as const;

/** Contributions of 2,500 and more need two approvers; in kind the line is 5,000. */
const CONTRIBUTION_DUAL = { fromMajor: '2500', fromMajorByKind: { in_kind: '5000' } } as const;

// What a member's work is worth, a colleague decides and no program.
const decideContribution = { who: REVIEWER, dual: 'never', notOwn: true, humanOnly: true } as const;

const PERMISSION_MATRIX = {
  // Seeing
  'capital.view_own': { who: MEMBER, dual: 'never' },
  'contribution.view_own': { who: ['member', 'contributor'], dual: 'never' },
  'allocation.view_own': { who: MEMBER, dual: 'never' },
  'statement.view_own': { who: MEMBER, dual: 'never' },
  'distribution.view_own': { who: MEMBER, dual: 'never' },
  'capital.view_all': { who: SEES_THE_BOOKS, dual: 'never', logged: true },
  'journal.view': { who: SEES_THE_BOOKS, dual: 'never' },
  'report.view': { who: SEES_THE_BOOKS, dual: 'never' },
  'member.view_all': { who: [...SEES_THE_BOOKS, 'reviewer'], dual: 'never' },
  'contribution.view_all': { who: [...SEES_THE_BOOKS, 'reviewer'], dual: 'never' },
  // Whoever approves an allocation or a distribution must see what is approved.
  'allocation.view_all': { who: [...SEES_THE_BOOKS, 'board_member'], dual: 'never' },
  'distribution.view_all': { who: SEES_THE_BOOKS, dual: 'never' },
  'statement.view_all': { who: PREPARES_TAXES, dual: 'never', logged: true },
  'tax_package.view': { who: PREPARES_TAXES, dual: 'never', logged: true },
  'audit.view': { who: ['auditor', 'administrator'], dual: 'never' },
  'data.export': { who: ['treasurer', 'auditor'], dual: 'never', logged: true },

  // Treasury
  'transaction.post': {
    who: TREASURER,
    dual: { fromMajor: '5000' },
    second: ['treasurer', 'administrator'],
  },
  'transaction.reverse': {
    who: TREASURER,
    dual: 'always',
    second: ['treasurer', 'administrator'],
    requires: ['reason'],
  },
  'account.manage': { who: ADMINISTRATOR, dual: 'never' },
  'period.open': { who: ALLOCATOR, dual: 'never' },
  'period.lock': { who: ADMINISTRATOR, dual: 'always', humanOnly: true },
  'period.reopen': {
    who: ADMINISTRATOR,
    dual: 'always',
    second: ['board_member'],
    requires: ['reason'],
    humanOnly: true,
  },

  // People
  'member.manage': { who: ADMINISTRATOR, dual: 'never' },
  // What is gone is gone: never on one person's word. A member may always ask for their own.
  'member.erase': { who: ADMINISTRATOR, dual: 'always', notOwn: true, humanOnly: true },
  'role.assign': { who: ADMINISTRATOR, dual: 'never', requires: ['reason'], humanOnly: true },
  'policy.manage': { who: ADMINISTRATOR, dual: 'never', requires: ['rationale'] },
  'template.manage': { who: ADMINISTRATOR, dual: 'never' },
  'contribution.log_own': { who: ['contributor'], dual: 'never' },
  'contribution.log_for_another': { who: REVIEWER, dual: 'never', requires: ['reason'] },
  'contribution.override_late': { who: REVIEWER, dual: 'never', notOwn: true, requires: ['reason'] },
  'contribution.approve': { ...decideContribution, dual: CONTRIBUTION_DUAL },
  'contribution.adjust': { ...decideContribution, dual: CONTRIBUTION_DUAL, requires: ['reason'] },
  'contribution.ask': decideContribution,
  'contribution.reject': { ...decideContribution, requires: ['reason'] },
  // Peers: every member, about another's work, where the approval rules ask them.
  'contribution.validate': { who: MEMBER, dual: 'never', notOwn: true, humanOnly: true },
  'contribution.dispute': { who: ['member', 'contributor'], dual: 'never', requires: ['reason'] },
  'contribution.resolve_dispute': { ...decideContribution, requires: ['reason'] },
  'rate.set': { who: ADMINISTRATOR, dual: 'never', requires: ['rationale'] },
  // A steward judges what work is worth: theirs is as good a second word as another administrator's.
  'valuation.override': {
    who: ADMINISTRATOR,
    dual: 'always',
    second: ['administrator', 'reviewer'],
    notOwn: true,
    requires: ['justification'],
  },

  // Agreements
  'weight.set': { who: ADMINISTRATOR, dual: 'never', requires: ['rationale'] },
  'allocation.draft_own': { who: MEMBER, dual: 'never' },
  'allocation.draft': { who: ALLOCATOR, dual: 'never' },
  'close.run': { who: ALLOCATOR, dual: 'never' },
  // Proposing is the first half of a dual act: the second is allocation.approve by somebody else.
  'allocation.propose': { who: ALLOCATOR, dual: 'always', second: ['administrator', 'board_member'] },
  'allocation.approve': { who: ['administrator', 'board_member'], dual: 'never', humanOnly: true },
  'distribution.calculate': { who: TREASURER, dual: 'always', second: ALLOCATOR },
  'distribution.approve': { who: ALLOCATOR, dual: 'never', humanOnly: true },
  // Whoever pays reads where to.
  'distribution.pay': { who: TREASURER, dual: 'never', logged: true },

  // Operations
  'data.import': { who: ['treasurer', 'administrator'], dual: 'never', logged: true, humanOnly: true },
  'system.operate': { who: ADMINISTRATOR, dual: 'never' },
  // A key acts in the name of whoever makes it and carries a part of what they may do.
  'api_key.create': { who: STAFF, dual: 'never', humanOnly: true },
  'api_key.manage': { who: ADMINISTRATOR, dual: 'never', humanOnly: true },
  // Where the cooperative's own news are sent: out of the house, so a human being decides.
  'webhook.manage': { who: ADMINISTRATOR, dual: 'never', humanOnly: true },
} as const satisfies Readonly<Record<string, Grant>>;

/** Everything anybody can be allowed to do, as noun.verb. */
export type Act = keyof typeof PERMISSION_MATRIX;

/** Every act in the order of the table, for screens and documentation. */
export const ACTS = Object.keys(PERMISSION_MATRIX) as readonly Act[];

/** The row of the table for an act. */
export function grantOf(act: Act): Grant {
  return PERMISSION_MATRIX[act];
}
