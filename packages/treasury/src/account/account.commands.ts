// Editing the chart of accounts: new accounts below existing groups, and retiring those no longer used. What carries
// entries keeps its code, place and type for good.
import type { CommandContext, Database, IdempotencyConflict } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, newId, refuse } from '@habitat/kernel';
import { loadAccounts } from './account.store.ts';
import { CODE, normalSideOf } from './template.ts';

export type AccountRefusal =
  | { readonly code: 'FORBIDDEN' }
  | { readonly code: 'BAD_ACCOUNT_CODE'; readonly path: string }
  | { readonly code: 'NAME_REQUIRED'; readonly path: string }
  | { readonly code: 'ACCOUNT_CODE_TAKEN'; readonly path: string }
  | { readonly code: 'UNKNOWN_PARENT'; readonly path: string }
  | { readonly code: 'PARENT_IS_A_LEAF'; readonly path: string }
  | { readonly code: 'MEMBER_CAPITAL_BY_JOINING'; readonly path: string }
  | { readonly code: 'ACCOUNT_NOT_FOUND' }
  | { readonly code: 'ACCOUNT_IN_USE'; readonly usedBy: 'balance' | 'posting_rule' | 'member' | 'close' }
  | IdempotencyConflict;

export interface NewAccount {
  readonly code: string;
  readonly name: string;
  readonly parentCode: string;
  /** A group takes no entries but has accounts below it. */
  readonly isGroup?: boolean;
  /** Stands on the other side than its type does (accumulated depreciation). */
  readonly contra?: boolean;
}

/** Adds an account below a group; type and cash come from the group. Refuses as AccountRefusal lists. */
export async function createAccount(
  database: Database,
  context: CommandContext,
  input: NewAccount,
): Promise<Result<{ accountId: string }, AccountRefusal>> {
  return runCommand<{ accountId: string }, AccountRefusal>(
    database,
    'treasury',
    context,
    { name: 'createAccount', input },
    async (tx) => {
      if (!may(tx.actor, 'account.manage')) return refuse({ code: 'FORBIDDEN' });
      if (!/^[0-9A-Za-z][0-9A-Za-z.-]{0,31}$/.test(input.code))
        return refuse({ code: 'BAD_ACCOUNT_CODE', path: 'code' });
      const name = input.name.trim();
      if (name === '' || name.length > 200) return refuse({ code: 'NAME_REQUIRED', path: 'name' });
      const found = await loadAccounts(tx, tx.cooperativeId, [
        { accountCode: input.code },
        { accountCode: input.parentCode },
      ]);
      if (found.some(({ code }) => code === input.code))
        return refuse({ code: 'ACCOUNT_CODE_TAKEN', path: 'code' });
      const parent = found.find(({ code }) => code === input.parentCode);
      if (parent === undefined) return refuse({ code: 'UNKNOWN_PARENT', path: 'parentCode' });
      if (parent.isLeaf) return refuse({ code: 'PARENT_IS_A_LEAF', path: 'parentCode' });
      if (parent.code === CODE.memberCapital)
        return refuse({ code: 'MEMBER_CAPITAL_BY_JOINING', path: 'parentCode' });
      const accountId = newId();
      const inserted = await tx.query(
        `insert into treasury.account (cooperative_id, id, code, name, type, normal_side, parent_id, is_leaf, is_cash)
       values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict do nothing returning id`,
        [
          tx.cooperativeId,
          accountId,
          input.code,
          name,
          parent.type,
          normalSideOf(parent.type, input.contra),
          parent.id,
          input.isGroup !== true,
          parent.isCash,
        ],
      );
      return inserted.length === 0
        ? refuse({ code: 'ACCOUNT_CODE_TAKEN', path: 'code' })
        : accept({ accountId });
    },
  );
}

const NEEDED: ReadonlySet<string> = new Set(Object.values(CODE));

/** Retires a leaf at zero that nothing posts to by rule; its history stays. Refuses ACCOUNT_NOT_FOUND, ACCOUNT_IN_USE. */
export async function deactivateAccount(
  database: Database,
  context: CommandContext,
  input: { readonly accountId: string },
): Promise<Result<{ accountId: string }, AccountRefusal>> {
  return runCommand<{ accountId: string }, AccountRefusal>(
    database,
    'treasury',
    context,
    { name: 'deactivateAccount', input },
    async (tx) => {
      if (!may(tx.actor, 'account.manage')) return refuse({ code: 'FORBIDDEN' });
      const [account] = await loadAccounts(tx, tx.cooperativeId, [{ accountId: input.accountId }]);
      if (account === undefined) return refuse({ code: 'ACCOUNT_NOT_FOUND' });
      if (account.memberId !== null) return refuse({ code: 'ACCOUNT_IN_USE', usedBy: 'member' });
      if (NEEDED.has(account.code)) return refuse({ code: 'ACCOUNT_IN_USE', usedBy: 'close' });
      const [use] = await tx.query<{ ruled: boolean; standing: boolean }>(
        `select exists (select from treasury.posting_rule r where r.cooperative_id = $1 and r.account_id = $2) as ruled,
         coalesce((select sum(e.book_minor) <> 0 or sum(e.tax_minor) <> 0 from treasury.entry e
           where e.cooperative_id = $1 and e.account_id = $2), false) as standing`,
        [tx.cooperativeId, account.id],
      );
      if (use?.ruled === true) return refuse({ code: 'ACCOUNT_IN_USE', usedBy: 'posting_rule' });
      if (use?.standing === true) return refuse({ code: 'ACCOUNT_IN_USE', usedBy: 'balance' });
      await tx.query('update treasury.account set active = false where cooperative_id = $1 and id = $2', [
        tx.cooperativeId,
        account.id,
      ]);
      return accept({ accountId: account.id });
    },
  );
}
