// Whether a member may be erased, as far as money goes: nothing of the cooperative's capital is theirs any more and no
// payment to them is under way. Asked when it is requested, and once more when it is agreed to. Once it is done, where they
// were paid is forgotten.
import type { Transaction } from '@habitat/database';
import type { Envelope, PayloadOf } from '@habitat/events';
import {
  erasureApproved,
  erasureJudged,
  erasureRequested,
  memberErased,
  newEvent,
  readPayload,
} from '@habitat/events';
import { capitalByMember } from '../copies/ledger-copy.ts';
import { deleteAccounts } from '../payout-account/payout-account.store.ts';

export const erasureQuestionTypes = [erasureRequested.type, erasureApproved.type];

type Obstacle = PayloadOf<typeof erasureJudged>['obstacle'];

async function obstacleOf(tx: Transaction, memberId: string): Promise<Obstacle> {
  const [line] = await tx.query<{ open: bigint }>(
    `select coalesce(sum(amount_minor), 0)::bigint as open from agreements.distribution_line
     where cooperative_id = $1 and member_id = $2 and state not in ('paid', 'failed', 'cancelled')`,
    [tx.cooperativeId, memberId],
  );
  if (line !== undefined && line.open > 0n) return { code: 'PAYMENT_OPEN', amountMinor: line.open };
  const capital = (await capitalByMember(tx, tx.cooperativeId, null)).get(memberId);
  const amountMinor = capital?.bookMinor || capital?.taxMinor || 0n;
  return amountMinor === 0n ? null : { code: 'CAPITAL_LEFT', amountMinor };
}

/** Answers every question with agreements.erasure.judged. */
export async function judgeErasures(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) {
    const { erasureId, memberId } =
      event.type === erasureRequested.type
        ? readPayload(erasureRequested, event)
        : readPayload(erasureApproved, event);
    const obstacle = await obstacleOf(tx, memberId);
    tx.causedBy(event).append(newEvent(erasureJudged, memberId, { erasureId, memberId, obstacle }));
  }
}

/** Takes over people.member.erased. */
export async function forgetErased(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  await deleteAccounts(
    tx,
    events.map((event) => readPayload(memberErased, event).memberId),
  );
}
