// Changing where contributions post and from which amount two people post; each change is a version with its reason.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { appendDeclined, appendExpired, runCommand } from '@habitat/database';
import type { ContributionKind } from '@habitat/events';
import type { Actor, Refused, Result, SecondPersonDays } from '@habitat/kernel';
import { accept, isId, isPastItsTime, isSamePerson, may, refuse } from '@habitat/kernel';
import { loadAccounts } from '../account/account.store.ts';
import { needCooperative } from '../cooperative/cooperative.store.ts';
import type { SettingRefusal } from './setting.ts';
import { LONGEST_CATEGORY, postsNothing, setterOf, settingDecisionsOpenTo, unfitAccount } from './setting.ts';
import { thresholdInForce } from './setting.queries.ts';
import type { PostingRule } from './setting.store.ts';
import {
  expireSettings,
  findVersion,
  findWaiting,
  insertDecision,
  insertVersion,
  listRules,
  putRule,
  putThreshold,
  removeRule,
  takeTurns,
} from './setting.store.ts';

export type SettingSet = { readonly settingId: string; readonly needsSecond: boolean };
type Outcome = Promise<Result<SettingSet, SettingRefusal | IdempotencyConflict>>;

const reasonless = { code: 'RATIONALE_REQUIRED', path: 'rationale' } as const;

/**
 * Sets the amount from which a journal entry needs two people. Lowering it takes effect at once; raising it above the
 * present one waits for a second administrator; what waited too long ends. Refuses, in order: FORBIDDEN,
 * RATIONALE_REQUIRED, NEGATIVE, CHANGE_WAITING.
 */
export async function setJournalThreshold(
  database: Database,
  context: CommandContext,
  input: { readonly amountMinor: bigint; readonly rationale: string } & SecondPersonDays,
): Outcome {
  const { secondPersonDays, ...asked } = input;
  return runCommand<SettingSet, SettingRefusal>(
    database,
    'treasury',
    context,
    { name: 'setJournalThreshold', input: asked },
    async (tx) => {
      if (!may(tx.actor, 'policy.manage')) return refuse({ code: 'FORBIDDEN' });
      const rationale = input.rationale.trim();
      if (rationale === '') return refuse(reasonless);
      if (input.amountMinor < 0n) return refuse({ code: 'NEGATIVE', path: 'amount' });
      await takeTurns(tx);
      const cooperative = await needCooperative(tx, tx.cooperativeId);
      const waiting = await findWaiting(tx);
      if (waiting !== null) {
        if (!isPastItsTime(waiting.recordedAt, secondPersonDays, tx.now))
          return refuse({ code: 'CHANGE_WAITING', settingId: waiting.id });
        await expireSettings(tx, [waiting.id]);
        const { id, recordedAt: requestedAt, setByMemberId: byMemberId } = waiting;
        const over = { id, act: 'setJournalThreshold', byMemberId, requestedAt } as const;
        appendExpired(tx, [over], { days: secondPersonDays, timeZone: cooperative.timeZone });
      }
      const before = thresholdInForce(cooperative);
      const needsSecond = input.amountMinor > before;
      const body = { beforeMinor: before.toString(), amountMinor: input.amountMinor.toString() };
      const settingId = await insertVersion(tx, { topic: 'dual_threshold', body, rationale, needsSecond });
      if (!needsSecond) await putThreshold(tx, input.amountMinor);
      return accept({ settingId, needsSecond });
    },
  );
}

/**
 * A second administrator's word on a raised threshold; who asked may take it back by declining. Refuses, in order:
 * SETTING_NOT_FOUND, NOTHING_TO_DECIDE, SAME_PERSON, FORBIDDEN, REASON_REQUIRED.
 */
export async function decideSetting(
  database: Database,
  context: CommandContext,
  input: {
    readonly settingId: string;
    readonly approve: boolean;
    readonly reason?: string | null;
  } & SecondPersonDays,
): Outcome {
  const { secondPersonDays, ...asked } = input;
  return runCommand<SettingSet, SettingRefusal>(
    database,
    'treasury',
    context,
    { name: 'decideSetting', input: asked },
    async (tx) => {
      await takeTurns(tx);
      const version = isId(input.settingId) ? await findVersion(tx, input.settingId) : null;
      if (version === null) return refuse({ code: 'SETTING_NOT_FOUND', path: 'settingId' });
      const late = input.approve && isPastItsTime(version.recordedAt, secondPersonDays, tx.now);
      if (!version.needsSecond || version.outcome !== null || late)
        return refuse({ code: 'NOTHING_TO_DECIDE' });
      if (!settingDecisionsOpenTo(tx.actor, version).includes(input.approve ? 'approve' : 'decline')) {
        const own = isSamePerson(tx.actor, setterOf(version, tx.cooperativeId));
        return refuse({ code: own ? 'SAME_PERSON' : 'FORBIDDEN' });
      }
      const reason = input.reason?.trim() ?? '';
      if (!input.approve && reason === '') return refuse({ code: 'REASON_REQUIRED', path: 'reason' });
      await insertDecision(tx, version.id, input.approve ? 'approved' : 'declined', reason || null);
      const { id: requestId, setByMemberId: askedBy } = version;
      if (!input.approve) appendDeclined(tx, { requestId, asked: 'setJournalThreshold', askedBy, reason });
      if (input.approve) await putThreshold(tx, BigInt(version.body['amountMinor'] ?? '0'));
      return accept({ settingId: version.id, needsSecond: false });
    },
  );
}

export interface PostingRuleInput {
  readonly kind: ContributionKind;
  /** One category of the kind; the rest of it when absent. */
  readonly category?: string | null;
  /** Debited from now on; null: posts nothing. */
  readonly accountId: string | null;
  readonly rationale: string;
}

async function ruleBefore(tx: Transaction, kind: string, category: string): Promise<PostingRule | null> {
  const rules = await listRules(tx, tx.cooperativeId);
  return rules.find((rule) => rule.kind === kind && rule.category === category) ?? null;
}

/** Keeps a rule's change as a version: which account it named before, and names from now on. */
async function recordRule(
  tx: Transaction,
  rule: { readonly kind: string; readonly category: string; readonly rationale: string },
  before: PostingRule | null,
  accountCode: string | null,
): Promise<SettingSet> {
  const { kind, category, rationale } = rule;
  const body = { kind, category, beforeAccountCode: before?.accountCode ?? null, accountCode };
  const settingId = await insertVersion(tx, { topic: 'posting_rule', body, rationale, needsSecond: false });
  return { settingId, needsSecond: false };
}

/** What every change of a rule needs first: the right to make it, and a reason. */
function refusedRule(actor: Actor, rationale: string): Refused<SettingRefusal> | null {
  if (!may(actor, 'account.manage')) return refuse({ code: 'FORBIDDEN' });
  return rationale === '' ? refuse(reasonless) : null;
}

/**
 * Sets the account a kind, or a category of it, is debited to; what is posted stays where it is. Refuses, in order:
 * FORBIDDEN, RATIONALE_REQUIRED, KIND_POSTS_NOTHING, CATEGORY_TOO_LONG, UNKNOWN_ACCOUNT, ACCOUNT_NOT_A_LEAF,
 * ACCOUNT_INACTIVE, ACCOUNT_TYPE_UNFIT.
 */
export async function setPostingRule(
  database: Database,
  context: CommandContext,
  input: PostingRuleInput,
): Outcome {
  return runCommand<SettingSet, SettingRefusal>(
    database,
    'treasury',
    context,
    { name: 'setPostingRule', input },
    async (tx) => {
      const rationale = input.rationale.trim();
      const refused = refusedRule(tx.actor, rationale);
      if (refused !== null) return refused;
      const { kind, accountId } = input;
      if (postsNothing(kind) && accountId !== null)
        return refuse({ code: 'KIND_POSTS_NOTHING', path: 'kind' });
      const category = input.category?.trim() ?? '';
      if (category.length > LONGEST_CATEGORY)
        return refuse({ code: 'CATEGORY_TOO_LONG', path: 'category', most: LONGEST_CATEGORY });
      await takeTurns(tx);
      const [account] = accountId === null ? [] : await loadAccounts(tx, tx.cooperativeId, [{ accountId }]);
      const unfit = accountId === null ? null : unfitAccount(account);
      if (unfit !== null) return refuse(unfit);
      const before = await ruleBefore(tx, kind, category);
      await putRule(tx, { kind, category, accountId });
      return accept(await recordRule(tx, { kind, category, rationale }, before, account?.code ?? null));
    },
  );
}

/** Takes a category's own rule away: it posts as the rest of its kind does. Refuses FORBIDDEN, RATIONALE_REQUIRED, RULE_NOT_FOUND. */
export async function removePostingRule(
  database: Database,
  context: CommandContext,
  input: { readonly kind: ContributionKind; readonly category: string; readonly rationale: string },
): Outcome {
  return runCommand<SettingSet, SettingRefusal>(
    database,
    'treasury',
    context,
    { name: 'removePostingRule', input },
    async (tx) => {
      const rationale = input.rationale.trim();
      const refused = refusedRule(tx.actor, rationale);
      if (refused !== null) return refused;
      await takeTurns(tx);
      const category = input.category.trim();
      const before = category === '' ? null : await ruleBefore(tx, input.kind, category);
      if (before === null) return refuse({ code: 'RULE_NOT_FOUND', path: 'category' });
      await removeRule(tx, input.kind, category);
      return accept(await recordRule(tx, { kind: input.kind, category, rationale }, before, null));
    },
  );
}
