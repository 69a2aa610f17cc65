// Settings in SQL: versions and decisions are appended, what is in force is updated beside them.
import type { Queryable, Transaction } from '@habitat/database';
import { newId } from '@habitat/kernel';
import type { SettingTopic, SettingVersion } from './setting.ts';

const columns = `v.id, v.topic, v.version, v.body, v.rationale, v.needs_second as "needsSecond",
  v.set_by_login_id as "setByLoginId", v.set_by_member_id as "setByMemberId", v.recorded_at as "recordedAt", d.outcome,
  d.by_member_id as "decidedByMemberId", d.recorded_at as "decidedAt", d.reason`;
const from = `treasury.setting_version v left join treasury.setting_decision d
  on d.cooperative_id = v.cooperative_id and d.setting_id = v.id`;

type Row = SettingVersion & Record<string, unknown>;

/** Every version of every setting, newest first. */
export async function listVersions(client: Queryable, cooperativeId: string): Promise<SettingVersion[]> {
  return client.query<Row>(
    `select ${columns} from ${from} where v.cooperative_id = $1 order by v.recorded_at desc, v.id desc`,
    [cooperativeId],
  );
}

export async function findVersion(tx: Transaction, settingId: string): Promise<SettingVersion | null> {
  const [row] = await tx.query<Row>(
    `select ${columns} from ${from} where v.cooperative_id = $1 and v.id = $2`,
    [tx.cooperativeId, settingId],
  );
  return row ?? null;
}

/** The change of a threshold that waits for a second person, if one does. */
export async function findWaiting(tx: Transaction): Promise<SettingVersion | null> {
  const [row] = await tx.query<Row>(
    `select ${columns} from ${from} where v.cooperative_id = $1 and v.needs_second and d.outcome is null limit 1`,
    [tx.cooperativeId],
  );
  return row ?? null;
}

/** Changes of settings happen one after another. */
export async function takeTurns(tx: Transaction): Promise<void> {
  await tx.query('select from treasury.cooperative where cooperative_id = $1 for update', [tx.cooperativeId]);
}

export async function insertVersion(
  tx: Transaction,
  setting: {
    readonly topic: SettingTopic;
    readonly body: Readonly<Record<string, string | null>>;
    readonly rationale: string;
    readonly needsSecond: boolean;
  },
): Promise<string> {
  const id = newId();
  await tx.query(
    `insert into treasury.setting_version (cooperative_id, id, topic, version, body, rationale, needs_second,
       set_by_login_id, set_by_member_id, recorded_at)
     select $1, $2, $3, coalesce(max(version), 0) + 1, $4::jsonb, $5, $6, $7, $8, $9
     from treasury.setting_version where cooperative_id = $1 and topic = $3`,
    [
      tx.cooperativeId,
      id,
      setting.topic,
      JSON.stringify(setting.body),
      setting.rationale,
      setting.needsSecond,
      tx.actor.loginId,
      tx.actor.memberId,
      tx.now,
    ],
  );
  return id;
}

export async function insertDecision(
  tx: Transaction,
  settingId: string,
  outcome: 'approved' | 'declined',
  reason: string | null,
): Promise<void> {
  await tx.query(
    `insert into treasury.setting_decision (cooperative_id, setting_id, outcome, reason, by_login_id, by_member_id, recorded_at)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [tx.cooperativeId, settingId, outcome, reason, tx.actor.loginId, tx.actor.memberId, tx.now],
  );
}

/** Ends changes nobody agreed to in time; returns those of them that still waited. */
export async function expireSettings(tx: Transaction, ids: readonly string[]): Promise<string[]> {
  const ended = await tx.query<{ id: string }>(
    `insert into treasury.setting_decision (cooperative_id, setting_id, outcome, recorded_at)
     select v.cooperative_id, v.id, 'expired', $3 from treasury.setting_version v
     where v.cooperative_id = $1 and v.needs_second and v.id = any($2::uuid[])
     on conflict do nothing returning setting_id as id`,
    [tx.cooperativeId, [...ids], tx.now],
  );
  return ended.map(({ id }) => id);
}

export async function putThreshold(tx: Transaction, amountMinor: bigint): Promise<void> {
  await tx.query('update treasury.cooperative set dual_threshold_minor = $2 where cooperative_id = $1', [
    tx.cooperativeId,
    amountMinor,
  ]);
}

/** Where a kind, or one category of it, posts; `category` '' is the rest. */
export interface PostingRule {
  readonly kind: string;
  readonly category: string;
  readonly accountId: string | null;
  readonly accountCode: string | null;
}

export async function listRules(client: Queryable, cooperativeId: string): Promise<PostingRule[]> {
  return client.query<PostingRule & Record<string, unknown>>(
    `select r.kind, r.category, r.account_id as "accountId", a.code as "accountCode" from treasury.posting_rule r
     left join treasury.account a on a.cooperative_id = r.cooperative_id and a.id = r.account_id
     where r.cooperative_id = $1 order by r.kind, r.category`,
    [cooperativeId],
  );
}

export async function putRule(
  tx: Transaction,
  rule: { readonly kind: string; readonly category: string; readonly accountId: string | null },
): Promise<void> {
  await tx.query(
    `insert into treasury.posting_rule (cooperative_id, kind, category, account_id) values ($1, $2, $3, $4)
     on conflict (cooperative_id, kind, category) do update set account_id = excluded.account_id`,
    [tx.cooperativeId, rule.kind, rule.category, rule.accountId],
  );
}

export async function removeRule(tx: Transaction, kind: string, category: string): Promise<void> {
  await tx.query(
    'delete from treasury.posting_rule where cooperative_id = $1 and kind = $2 and category = $3',
    [tx.cooperativeId, kind, category],
  );
}
