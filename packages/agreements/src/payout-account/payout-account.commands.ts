// Giving, replacing and taking away one's own payout account: nobody does it for another, and no program for anybody.
import type { CommandContext, Database, IdempotencyConflict, Transaction } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { newEvent, payoutAccountChanged } from '@habitat/events';
import type { Result } from '@habitat/kernel';
import { accept, may, refuse } from '@habitat/kernel';
import type { Secrets } from '@habitat/platform';
import type { PayoutAccountInput, PayoutDetailsRefusal } from './payout-account.ts';
import { readPayoutAccount } from './payout-account.ts';
import { endAccount, insertAccount, lockMember } from './payout-account.store.ts';

/** In the order checked. NOT_READY: agreements does not know the member yet. */
export type PayoutAccountRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: 'distribution.view_own' }
  | PayoutDetailsRefusal
  | { readonly code: 'NOT_READY' }
  | { readonly code: 'PAYOUT_ACCOUNT_NOT_FOUND' };

export type PayoutAccountDone = { readonly memberId: string };

type Outcome = Promise<Result<PayoutAccountDone, PayoutAccountRefusal | IdempotencyConflict>>;

const FORBIDDEN = { code: 'FORBIDDEN', act: 'distribution.view_own' } as const;

/** The member who acts, when it is a person who may be paid. */
function ownerOf({ actor }: Pick<CommandContext, 'actor'>): string | null {
  return actor.kind === 'person' && may(actor, 'distribution.view_own') ? actor.memberId : null;
}

function note(tx: Transaction, memberId: string, change: 'set' | 'removed'): void {
  tx.append(newEvent(payoutAccountChanged, memberId, { memberId, change }));
}

/**
 * Gives the account one is paid to from now on; the one before is forgotten. Refuses, in order: FORBIDDEN, what
 * readPayoutAccount refuses, NOT_READY.
 */
export async function setPayoutAccount(
  database: Database,
  secrets: Secrets,
  context: CommandContext,
  input: PayoutAccountInput,
): Outcome {
  const memberId = ownerOf(context);
  if (memberId === null) return refuse(FORBIDDEN);
  const read = readPayoutAccount(input);
  if (!read.ok) return read;
  // A repeated request is told by its key alone: a fingerprint of so short a number could be guessed back.
  const command = { name: 'setPayoutAccount', input: null } as const;
  return runCommand<PayoutAccountDone, PayoutAccountRefusal>(
    database,
    'agreements',
    context,
    command,
    async (tx) => {
      if (!(await lockMember(tx, memberId))) return refuse({ code: 'NOT_READY' });
      await endAccount(tx, memberId);
      await insertAccount(tx, secrets, memberId, read.value);
      note(tx, memberId, 'set');
      return accept({ memberId });
    },
  );
}

/** Takes one's account away. Refuses, in order: FORBIDDEN, NOT_READY, PAYOUT_ACCOUNT_NOT_FOUND. */
export async function removePayoutAccount(database: Database, context: CommandContext): Outcome {
  const memberId = ownerOf(context);
  if (memberId === null) return refuse(FORBIDDEN);
  const command = { name: 'removePayoutAccount', input: null } as const;
  return runCommand<PayoutAccountDone, PayoutAccountRefusal>(
    database,
    'agreements',
    context,
    command,
    async (tx) => {
      if (!(await lockMember(tx, memberId))) return refuse({ code: 'NOT_READY' });
      if (!(await endAccount(tx, memberId))) return refuse({ code: 'PAYOUT_ACCOUNT_NOT_FOUND' });
      note(tx, memberId, 'removed');
      return accept({ memberId });
    },
  );
}
