// What people does when agreements has looked: an erasure that was asked for goes to a second person, one that was agreed
// to is done, and one that something stands against is refused with what it is.
import type { Transaction } from '@habitat/database';
import type { Envelope, PayloadOf } from '@habitat/events';
import { erasureJudged, memberErased, newEvent, readPayload } from '@habitat/events';
import { lockMember } from '../member/member.store.ts';
import { obstacleOf } from './erasure.ts';
import { eraseMember, lockErasure, selectOpenBusiness, updateErasure } from './erasure.store.ts';

async function settle(tx: Transaction, judged: PayloadOf<typeof erasureJudged>): Promise<void> {
  const { erasureId, memberId } = judged;
  const erasure = await lockErasure(tx, erasureId);
  // Taken back, or answered already.
  if (erasure === null || (erasure.status !== 'checking' && erasure.status !== 'approved')) return;
  const member = await lockMember(tx, memberId);
  if (member === null) throw new Error(`member ${memberId} of an erasure is not there`);
  const obstacle =
    judged.obstacle ?? obstacleOf(member, await selectOpenBusiness(tx, tx.cooperativeId, memberId));
  if (obstacle !== null) {
    const { amountMinor = null } = judged.obstacle ?? {};
    await updateErasure(tx, erasureId, {
      status: 'refused',
      obstacle: obstacle.code,
      obstacleMinor: amountMinor,
    });
  } else if (erasure.status === 'checking') {
    await updateErasure(tx, erasureId, { status: 'waiting' });
  } else {
    await eraseMember(tx, memberId);
    await updateErasure(tx, erasureId, { status: 'erased' });
    tx.append(newEvent(memberErased, memberId, { memberId, number: member.number }));
  }
}

/** Takes over agreements.erasure.judged. */
export async function followErasures(tx: Transaction, events: readonly Envelope[]): Promise<void> {
  for (const event of events) await settle(tx.causedBy(event), readPayload(erasureJudged, event));
}
