// Reference to accounts of the ledger, apart from their fields, so that other modules can import it.
import type { Account } from '@habitat/treasury';
import { findAccounts } from '@habitat/treasury';
import { defineEntity } from '../entity.ts';

export const AccountRef = defineEntity<Account>('Account', {
  idOf: (account) => account.id,
  load: (ids, context) => findAccounts(context.database, context.cooperativeId(), ids),
});
