// Everything deciding about work depends on, in one query: the cooperative, its policies, the periods and rules of
// the days concerned, the members, the reviewers, and signatures given so far.
import type { Transaction } from '@habitat/database';
import type { Queryable } from '@habitat/database';
import type { ContributionKind } from '@habitat/events';
import type { LocalDate } from '@habitat/kernel';
import { todayIn } from '@habitat/kernel';
import type { Absence } from '../absence/absence.ts';
import type { AutoApprovalRule } from '../approval/auto-approval.ts';
import type { Reviewer } from '../approval/reviewer.ts';
import type { GivenSignature } from '../approval/turn.ts';
import type { Peer } from '../peer/peer.ts';
import { loadPeers } from '../peer/peer.store.ts';
import type { Period } from '../period/period.ts';
import { periodOf } from '../period/period.ts';
import type { PolicyTopic } from '../policy/policy.ts';
import type {
  ApprovalPolicy,
  ContributionPolicy,
  MemberClassPolicy,
  ServicesTaxPolicy,
} from '../policy/policy.ts';
import type { ValuationMethod, ValuationRule } from '../valuation/valuation-rule.ts';
import { decimalOf } from './contribution.rows.ts';
import type { WorkFacts } from './logging.ts';

export interface CooperativeCopy {
  readonly name: string;
  readonly currency: string;
  readonly currencyDigits: number;
  readonly timeZone: string;
}

interface PolicyVersions {
  readonly contribution: ContributionPolicy;
  readonly services_tax: ServicesTaxPolicy;
  readonly approval: ApprovalPolicy;
  readonly member_class: MemberClassPolicy;
}

type StoredPolicy = { topic: PolicyTopic; from: LocalDate; version: number; body: object };

export interface Setting {
  readonly cooperative: CooperativeCopy;
  readonly today: LocalDate;
  readonly policies: readonly StoredPolicy[];
  readonly periods: readonly Period[];
  readonly rules: readonly ValuationRule[];
  readonly autoRules: readonly AutoApprovalRule[];
  readonly memberStatus: ReadonlyMap<string, string>;
  readonly reviewers: readonly Reviewer[];
  /** Not over yet. */
  readonly absences: readonly Absence[];
  readonly signatures: ReadonlyMap<string, readonly GivenSignature[]>;
  /** Who could be asked as a peer, where a rule of today's asks peers about one of the kinds. */
  readonly peers: readonly Peer[];
}

/** What the setting is needed for; the narrower, the smaller the answer. */
export interface SettingScope {
  readonly kinds: readonly ContributionKind[];
  readonly memberIds: readonly string[];
  readonly from: LocalDate;
  readonly to: LocalDate;
  /** False spares the reviewers and signatures, where nobody is about to decide (logging). */
  readonly decides?: boolean;
  /** True asks for peers also where no rule of today's does. */
  readonly peers?: boolean;
  /** Signatures of these contributions. */
  readonly contributionIds?: readonly string[];
}

const factsSql = `
  select
    (select jsonb_build_object('name', name, 'currency', currency, 'currencyDigits', currency_digits, 'timeZone', time_zone)
     from people.cooperative where cooperative_id = $1) as cooperative,
    (select jsonb_agg(jsonb_build_object('topic', topic, 'from', effective_from, 'version', version, 'body', body))
     from people.policy where cooperative_id = $1) as policies,
    (select jsonb_agg(jsonb_build_object('periodId', period_id, 'name', name, 'startsOn', starts_on, 'endsOn', ends_on, 'status', status))
     from people.period where cooperative_id = $1 and ends_on >= $4 and starts_on <= $5) as periods,
    (select jsonb_agg(jsonb_build_object('ruleId', rule_id, 'kind', kind, 'category', category, 'memberId', member_id,
       'version', version, 'effectiveFrom', effective_from, 'method', method, 'rate', rate::text,
       'fixedMinor', fixed_minor::text, 'expression', expression))
     from people.valuation_rule_in_force
     where cooperative_id = $1 and kind = any($2::text[]) and effective_from <= $5
       and (member_id is null or member_id = any($3::uuid[]))) as rules,
    (select jsonb_agg(to_jsonb(latest)) from (
       select distinct on (rule_id) rule_id, version, kind, category, max_quantity_per_week::text, verified_source_only, active
       from people.auto_approval_rule where cooperative_id = $1 and kind = any($2::text[])
       order by rule_id, version desc) latest) as auto_rules,
    (select jsonb_agg(jsonb_build_object('memberId', member_id, 'status', status))
     from people.member where cooperative_id = $1 and member_id = any($3::uuid[])) as members`;

// Only where somebody decides: without these Postgres keeps one plan of the statement and needs no new one each time.
const todaySql = `($6::timestamptz at time zone
             (select time_zone from people.cooperative where cooperative_id = $1))::date`;
const decidersSql = `,
    (select jsonb_agg(jsonb_build_object('memberId', m.member_id, 'displayName', m.display_name, 'kinds', a.kinds,
       'categories', a.categories, 'limitMinor', a.limit_minor::text) order by m.number)
     from people.role_assignment a
     join people.member m on m.cooperative_id = a.cooperative_id and m.member_id = a.member_id
     where a.cooperative_id = $1 and a.role = 'reviewer' and a.revoked_at is null
       and (a.expires_on is null or a.expires_on >= ${todaySql})
       and m.status in ('active', 'withdrawing')) as reviewers,
    (select jsonb_agg(jsonb_build_object('absenceId', absence_id, 'memberId', member_id,
       'backupMemberId', backup_member_id, 'startsOn', starts_on, 'endsOn', ends_on))
     from people.absence where cooperative_id = $1 and ended_at is null and ends_on >= ${todaySql}) as absences,
    (select jsonb_agg(jsonb_build_object('contributionId', contribution_id, 'round', round,
       'approverMemberId', approver_member_id, 'approverLoginId', approver_login_id))
     from people.approval where cooperative_id = $1 and contribution_id = any($7::uuid[])) as signatures`;

const decidingSql = factsSql + decidersSql;

interface SettingRow {
  readonly cooperative: CooperativeCopy | null;
  readonly policies: StoredPolicy[] | null;
  readonly periods: Period[] | null;
  readonly rules:
    | (Omit<ValuationRule, 'rate' | 'fixedMinor'> & {
        method: ValuationMethod;
        rate: string | null;
        fixedMinor: string | null;
      })[]
    | null;
  readonly auto_rules:
    | {
        rule_id: string;
        version: number;
        kind: ContributionKind;
        category: string | null;
        max_quantity_per_week: string;
        verified_source_only: boolean;
        active: boolean;
      }[]
    | null;
  readonly members: { memberId: string; status: string }[] | null;
  readonly reviewers?: (Omit<Reviewer, 'limitMinor'> & { limitMinor: string | null })[] | null;
  readonly absences?: Absence[] | null;
  readonly signatures?: (GivenSignature & { contributionId: string })[] | null;
}

/** Thrown when people has not yet taken up the cooperative's creation. */
class UnknownCooperative extends Error {}

/** Loads the setting as of now; the wall leaves nothing of another cooperative. */
export async function loadSetting(
  tx: Queryable & Pick<Transaction, 'cooperativeId' | 'now'>,
  scope: SettingScope,
): Promise<Setting> {
  const decides = scope.decides ?? true;
  const [row] = await tx.query<SettingRow & Record<string, unknown>>({
    name: decides ? 'people-setting-to-decide' : 'people-setting',
    text: decides ? decidingSql : factsSql,
    values: [
      tx.cooperativeId,
      [...new Set(scope.kinds)],
      [...new Set(scope.memberIds)],
      scope.from,
      scope.to,
      ...(decides ? [tx.now, scope.contributionIds ?? []] : []),
    ],
  });
  const cooperative = row?.cooperative ?? null;
  if (row === undefined || cooperative === null)
    throw new UnknownCooperative(`people knows no cooperative ${tx.cooperativeId}`);
  const setting = settingOf(row, cooperative, tx.now);
  const rules = policyOn(setting, 'approval', setting.today).peerRules ?? [];
  const asked = rules.some(({ kind }) =>
    kind === null ? scope.kinds.length > 0 : scope.kinds.includes(kind),
  );
  return asked || scope.peers === true ? { ...setting, ...(await loadPeers(tx, setting.today)) } : setting;
}

function settingOf(row: SettingRow, cooperative: CooperativeCopy, now: Date): Setting {
  const signatures = new Map<string, GivenSignature[]>();
  for (const given of row.signatures ?? []) {
    signatures.set(given.contributionId, [...(signatures.get(given.contributionId) ?? []), given]);
  }
  return {
    cooperative,
    today: todayIn(cooperative.timeZone, now),
    policies: row.policies ?? [],
    periods: row.periods ?? [],
    rules: (row.rules ?? []).map((rule) => ({
      ...rule,
      rate: rule.rate === null ? null : decimalOf(rule.rate),
      fixedMinor: rule.fixedMinor === null ? null : BigInt(rule.fixedMinor),
    })),
    autoRules: (row.auto_rules ?? []).map((rule) => ({
      ruleId: rule.rule_id,
      version: rule.version,
      kind: rule.kind,
      category: rule.category,
      maxQuantityPerWeek: decimalOf(rule.max_quantity_per_week),
      verifiedSourceOnly: rule.verified_source_only,
      active: rule.active,
    })),
    memberStatus: new Map((row.members ?? []).map((member) => [member.memberId, member.status])),
    reviewers: (row.reviewers ?? []).map((one) => ({
      ...one,
      limitMinor: one.limitMinor === null ? null : BigInt(one.limitMinor),
    })),
    absences: row.absences ?? [],
    signatures,
    peers: [],
  };
}

/** The version of a policy in force on a day: the latest start, of equal starts the later version. */
export function policyOn<Topic extends PolicyTopic>(
  setting: Pick<Setting, 'policies'>,
  topic: Topic,
  on: LocalDate,
): PolicyVersions[Topic] {
  const begun = setting.policies.filter((policy) => policy.topic === topic && policy.from <= on);
  const [latest] = begun.sort((left, right) =>
    left.from === right.from ? right.version - left.version : left.from < right.from ? 1 : -1,
  );
  if (latest === undefined) throw new Error(`no ${topic} policy is in force on ${on}`);
  return { ...latest.body, version: latest.version } as PolicyVersions[Topic];
}

/** The facts about a day of work. */
export function workFactsOn(setting: Setting, workedOn: LocalDate): WorkFacts {
  return {
    digits: setting.cooperative.currencyDigits,
    timeZone: setting.cooperative.timeZone,
    period: periodOf(setting.periods, workedOn),
    rules: setting.rules,
    policy: policyOn(setting, 'contribution', workedOn),
    servicesTax: policyOn(setting, 'services_tax', workedOn),
    approval: policyOn(setting, 'approval', setting.today),
  };
}
