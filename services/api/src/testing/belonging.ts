// One of everything that an id can name, with its owner: for the walks that ask for another's things. An argument that
// takes an id and is not in the table is refused, so that no new one goes unwalked.
import { newId } from '@habitat/kernel';
import { encodeGlobalId } from '../graphql/global-id.ts';
import type { Served } from './served-cooperative.ts';

/** Whose things, in which cooperative. */
export interface Owner {
  readonly cooperativeId: string;
  readonly memberId: string;
  readonly loginId: string;
}

/** What an argument or input field names by its id; with the operation before it where others mean something else. */
const NAMED: Readonly<Record<string, string>> = {
  absenceId: 'Absence',
  accountId: 'Account',
  actorId: 'Member',
  apiKeyId: 'ApiKey',
  approverMemberId: 'Member',
  assignmentId: 'RoleAssignment',
  backupMemberId: 'Member',
  closeId: 'PeriodClose',
  contributionId: 'Contribution',
  deadLetterId: 'DeadLetter',
  'decideApprovalPolicyRequest.requestId': 'ApprovalPolicyRequest',
  'declineWaitingRequest.requestId': 'WaitingRequest',
  'remindOfRequest.requestId': 'WaitingRequest',
  deliveryId: 'WebhookDelivery',
  distributionId: 'Distribution',
  erasureId: 'Erasure',
  evidenceFile: 'EvidenceFile',
  fallbackMemberId: 'Member',
  identityId: 'LinkedIdentity',
  lineId: 'DistributionLine',
  memberId: 'Member',
  notificationId: 'Notification',
  passkeyId: 'Passkey',
  pendingActId: 'PendingAct',
  periodId: 'Period',
  requestId: 'JournalRequest',
  revenueTransactionId: 'Transaction',
  ruleId: 'ValuationRule',
  sessionId: 'OwnSession',
  'setAutoApprovalRule.ruleId': 'AutoApprovalRule',
  settingId: 'TreasurySettingVersion',
  statementId: 'Statement',
  termsId: 'Terms',
  transactionId: 'Transaction',
  webhookId: 'Webhook',
};

const COOPERATIVE = 'cooperative_id = of_cooperative';
const MEMBER = `${COOPERATIVE} and member_id = of_member`;
const LOGIN = 'login_id = of_login';

/** Where things are kept: table, column of the id, whose they are. */
const KEPT: Readonly<Record<string, readonly [table: string, id: string, whose: string]>> = {
  Absence: ['people.absence', 'absence_id', MEMBER],
  Account: ['treasury.account', 'id', COOPERATIVE],
  ApiKey: ['platform.api_key', 'id', COOPERATIVE],
  ApprovalPolicyRequest: ['people.policy_request', 'request_id', COOPERATIVE],
  AutoApprovalRule: ['people.auto_approval_rule', 'rule_id', COOPERATIVE],
  Contribution: ['people.contribution', 'contribution_id', MEMBER],
  DeadLetter: ['platform.dead_letter', 'id', COOPERATIVE],
  Distribution: ['agreements.distribution', 'id', COOPERATIVE],
  DistributionLine: ['agreements.distribution_line', 'id', MEMBER],
  Erasure: ['people.erasure', 'erasure_id', MEMBER],
  EvidenceFile: ['people.evidence_file', 'file_id', `${COOPERATIVE} and uploaded_by_member_id = of_member`],
  JournalRequest: ['treasury.journal_request', 'id', COOPERATIVE],
  LinkedIdentity: ['platform.provider_identity', 'id', LOGIN],
  Member: ['people.member', 'member_id', MEMBER],
  Notification: ['platform.notification', 'id', MEMBER],
  OwnSession: ['platform.session', 'id', LOGIN],
  Passkey: ['platform.passkey', 'id', LOGIN],
  PayoutAccount: ['agreements.payout_account', 'id', MEMBER],
  PendingAct: ['platform.pending_act', 'id', COOPERATIVE],
  Period: ['treasury.period', 'id', COOPERATIVE],
  PeriodClose: ['agreements.period_close', 'id', COOPERATIVE],
  RoleAssignment: ['people.role_assignment', 'assignment_id', MEMBER],
  Statement: ['agreements.statement', 'id', MEMBER],
  Terms: ['agreements.terms', 'id', COOPERATIVE],
  Transaction: ['treasury.transaction', 'id', COOPERATIVE],
  TreasurySettingVersion: ['treasury.setting_version', 'id', COOPERATIVE],
  ValuationRule: ['people.valuation_rule', 'rule_id', COOPERATIVE],
  WaitingRequest: ['treasury.journal_request', 'id', COOPERATIVE],
  Webhook: ['platform.webhook', 'id', COOPERATIVE],
  WebhookDelivery: ['platform.webhook_delivery', 'id', COOPERATIVE],
};

export const KINDS = Object.keys(KEPT);

/** UUIDs by the kind of thing; no entry where the owner has none. */
export type Belongings = Readonly<Record<string, string>>;

/** An owner's id for an argument or input field of an operation; somebody's nobody knows where they have no such thing. */
export function idAmong(belongings: Belongings, name: string, operation: string): string {
  const asked = name === 'id' ? `${operation}Id` : name;
  const kind = NAMED[`${operation}.${asked}`] ?? NAMED[asked];
  if (kind === undefined || !(kind in KEPT))
    throw new Error(`nobody said what ${name} of ${operation} names`);
  return encodeGlobalId(kind, belongings[kind] ?? newId());
}

const WHOSE = `with owner as (select $1::uuid as of_cooperative, $2::uuid as of_member, $3::uuid as of_login)`;
const whoseOf = ({ cooperativeId, memberId, loginId }: Owner) => [cooperativeId, memberId, loginId];

export async function belongingsOf(served: Served, owner: Owner): Promise<Belongings> {
  const asked = Object.entries(KEPT).map(
    ([kind, [table, id, whose]]) =>
      `select '${kind}' as kind, (select ${id} from ${table}, owner where ${whose} limit 1) as id`,
  );
  const rows = await served.test.asOwner<{ kind: string; id: string | null }>(
    `${WHOSE} ${asked.join(' union all ')}`,
    whoseOf(owner),
  );
  return Object.fromEntries(rows.flatMap(({ kind, id }) => (id === null ? [] : [[kind, id]])));
}

/** What an owner has of every kind, row by row, to be compared with itself later. */
export async function rowsOf(served: Served, owner: Owner): Promise<unknown> {
  const asked = Object.entries(KEPT).map(
    ([kind, [table, , whose]]) =>
      `select '${kind}' as kind, (select jsonb_agg(to_jsonb(t) order by to_jsonb(t)::text)
       from ${table} t, owner where ${whose}) as rows`,
  );
  return served.test.asOwner(`${WHOSE} ${asked.join(' union all ')}`, whoseOf(owner));
}

/**
 * Puts one of each thing into the database that only another device, a provider, a schedule, a second person or a whole
 * close would bring about. Its words say `mark`.
 */
export async function putBelongings(served: Served, owner: Owner, mark: string): Promise<void> {
  const { cooperativeId, memberId, loginId } = owner;
  const [by, at] = [`'${loginId}', '${memberId}'`, `'${served.now.toISOString()}'`];
  const id = () => `'${newId()}'`;
  const [coop, member, login, distribution] = [`'${cooperativeId}'`, `'${memberId}'`, `'${loginId}'`, id()];
  // The owner of the database puts them in, past what they would refer to; the walls in front of them stand.
  await served.test.asOwner(`do $$ begin
    set local session_replication_role = replica;
    insert into platform.passkey values (${id()}, ${login}, '${newId()}', '\\x00', 0, '${mark}', ${at});
    insert into platform.provider_identity
      values (${id()}, ${login}, 'https://id.example', '${newId()}', '${mark}', ${at});
    insert into platform.notification (cooperative_id, id, member_id, kind, source, facts, at, listed, mail)
      values (${coop}, ${id()}, ${member}, 'contribution.commented', '${newId()}', '{"text": "${mark}"}', ${at}, true, 'off');
    insert into platform.pending_act
      (cooperative_id, id, key_id, supervisor_login_id, mutation, input, asked_at, expires_at)
      values (${coop}, ${id()}, ${id()}, ${login}, 'addMember', '{"displayName": "${mark}"}', ${at},
              timestamptz ${at} + interval '1 day');
    insert into platform.dead_letter values (${coop}, ${id()}, ${id()}, 'a.handler', 5, '${mark}', ${at});
    insert into people.absence
      values (${coop}, ${id()}, ${member}, null, '2026-11-01', '2026-12-31', ${member}, ${at});
    insert into people.erasure
      (cooperative_id, erasure_id, member_id, status, requested_by_member_id, requested_by_login_id, requested_at)
      values (${coop}, ${id()}, ${member}, 'waiting', ${id()}, ${id()}, ${at});
    insert into people.evidence_file (cooperative_id, file_id, name, media_type, size_bytes, sha256,
      uploaded_by_login_id, uploaded_by_member_id, uploaded_at)
      values (${coop}, ${id()}, '${mark}', 'application/pdf', 9, '${'0'.repeat(64)}', ${by}, ${at});
    insert into people.auto_approval_rule
      values (${coop}, ${id()}, 1, 'LABOR', null, 4, false, true, '${mark}', 'member', ${by}, ${at});
    insert into people.policy_request
      values (${coop}, ${id()}, 'auto_approval', ${id()}, 0, '2026-12-01',
              '{"kind": "labor", "category": null, "maxQuantityPerWeek": "4", "verifiedSourceOnly": true, "active": true}',
              'everybody there may read it', 'person', ${by}, ${at});
    insert into treasury.journal_request
      (cooperative_id, id, act, payload, reason, requested_by_login_id, requested_by_member_id, requested_at)
      values (${coop}, ${id()}, 'post', '{}', '${mark}', ${by}, ${at});
    insert into treasury.setting_version
      values (${coop}, ${id()}, 'dual_threshold', 99, '{}', '${mark}', true, ${by}, ${at});
    insert into agreements.terms
      values (${coop}, ${id()}, 'weights', 99, '2026-12-01', '{}', '${mark}', true, ${by}, ${at});
    insert into agreements.period_close
      values (${coop}, ${id()}, ${id()}, 'running', ${by}, ${at});
    insert into agreements.statement
      values (${coop}, ${id()}, ${id()}, ${id()}, ${id()}, ${member}, '{"words": "${mark}"}', ${at});
    insert into agreements.distribution
      values (${coop}, ${distribution}, 99, 'equal', null, null, 100, 100, null, 100, 0, 0, ${id()}, ${by}, ${at});
    insert into agreements.payout_account values (${coop}, ${id()}, ${member}, '${mark}', ${at});
    insert into agreements.distribution_line
      (cooperative_id, id, distribution_id, member_id, asked_minor, amount_minor, state, changed_at)
      values (${coop}, ${id()}, ${distribution}, ${member}, 100, 100, 'calculated', ${at});
  end $$`);
}
