// A member's address in the list follows their account's, in each cooperative by itself: the platform tells each of its own
// member, sealed under that member's key.
import type { Transaction } from '@habitat/database';
import type { Envelope, PayloadOf } from '@habitat/events';
import { accountEmailChanged, readPayload } from '@habitat/events';
import { followsAccount } from './member.ts';
import { lockCooperative, lockMember, takenEmails, updateMember } from './member.store.ts';

async function follow(tx: Transaction, changed: PayloadOf<typeof accountEmailChanged>): Promise<void> {
  const { memberId, previousEmail, email } = changed;
  if (previousEmail === undefined || email === undefined) return;
  await lockCooperative(tx);
  const member = await lockMember(tx, memberId);
  // The founder, for one, becomes a member by another event.
  if (member === null) throw new Error(`member ${memberId} of an account is not there`);
  const [account] = await tx.query<{ previousEmail: string; email: string }>(
    'select people.unseal($1, $2) as "previousEmail", people.unseal($1, $3) as email',
    [memberId, previousEmail, email],
  );
  if (account === undefined) throw new Error('an address could not be read');
  if (!followsAccount(member, account)) return;
  // Somebody else of the list has it: one address stays one member's, and an administrator sees to it.
  if ((await takenEmails(tx, [account.email], memberId)).size > 0) return;
  await updateMember(
    tx,
    { ...member, email: account.email },
    { act: 'email_followed', from: member.status, reason: null, facts: { fields: 'email' } },
  );
}

/** Takes over platform.account_email.changed. */
export async function followAccountEmails(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) await follow(tx.causedBy(event), readPayload(accountEmailChanged, event));
}
