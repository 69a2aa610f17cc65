// Taking an import back, on people's side. Nothing is deleted, because others have heard of it: members become
// withdrawn with their address set free, contributions become withdrawn. Only what nothing was built on goes back.
import type { Transaction } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, may, refuse } from '@habitat/kernel';
import { announce } from '../contribution/announce.ts';
import type { Change } from '../contribution/contribution.ts';
import { advance, isUndecided } from '../contribution/contribution.ts';
import { lockContributions, updateContributions } from '../contribution/contribution.store.ts';
import { lockCooperative, lockMember, updateMember } from './member.store.ts';

type Forbidden = { readonly code: 'FORBIDDEN'; readonly act: string };
/** What was built on an item, by the item's place in the list given. */
export type UndoObstacle = {
  readonly index: number;
  readonly code: 'HAS_CONTRIBUTIONS' | 'CAN_SIGN_IN' | 'ALREADY_LEFT' | 'ALREADY_DECIDED' | 'NOT_FOUND';
};
export type UndoRefusal =
  Forbidden | { readonly code: 'BUILT_UPON'; readonly obstacles: readonly UndoObstacle[] };

/** Members whose contributions stand, whatever became of them. */
async function withContributions(tx: Transaction, memberIds: readonly string[]): Promise<Set<string>> {
  const rows = await tx.query<{ member_id: string }>(
    `select distinct member_id from people.contribution
     where cooperative_id = $1 and member_id = any ($2::uuid[]) and status <> 'withdrawn'`,
    [tx.cooperativeId, memberIds],
  );
  return new Set(rows.map((row) => row.member_id));
}

/**
 * Withdraws imported members nobody has built on, and sets their addresses free for another import. All or none.
 * Refuses FORBIDDEN, and BUILT_UPON with every member who has contributions, an account, or has left already.
 */
export async function undoImportedMembersIn(
  tx: Transaction,
  memberIds: readonly string[],
  reason: string,
): Promise<Result<number, UndoRefusal>> {
  if (!may(tx.actor, 'data.import')) return refuse({ code: 'FORBIDDEN', act: 'data.import' });
  await lockCooperative(tx);
  const busy = await withContributions(tx, memberIds);
  const obstacles: UndoObstacle[] = [];
  const members = [];
  for (const [index, memberId] of memberIds.entries()) {
    const member = await lockMember(tx, memberId);
    if (member === null) obstacles.push({ index, code: 'NOT_FOUND' });
    else if (busy.has(memberId)) obstacles.push({ index, code: 'HAS_CONTRIBUTIONS' });
    else if (member.loginId !== null) obstacles.push({ index, code: 'CAN_SIGN_IN' });
    else if (member.status === 'withdrawn' || member.status === 'expelled')
      obstacles.push({ index, code: 'ALREADY_LEFT' });
    else members.push(member);
  }
  if (obstacles.length > 0) return refuse({ code: 'BUILT_UPON', obstacles });
  for (const member of members) {
    // RFC 2606 keeps .invalid for addresses that are nobody's.
    const next = {
      ...member,
      status: 'withdrawn' as const,
      email: `import-undone-${member.number}@habitat.invalid`,
    };
    await updateMember(tx, next, { act: 'status_changed', from: member.status, reason });
  }
  return accept(members.length);
}

/**
 * Withdraws imported contributions nobody has decided yet. All or none. Refuses FORBIDDEN, and BUILT_UPON with every
 * one that is approved, rejected or in the books: those are corrected one by one, by people.
 */
export async function undoImportedContributionsIn(
  tx: Transaction,
  contributionIds: readonly string[],
  reason: string,
): Promise<Result<number, UndoRefusal>> {
  if (!may(tx.actor, 'data.import')) return refuse({ code: 'FORBIDDEN', act: 'data.import' });
  const locked = await lockContributions(tx, contributionIds);
  const obstacles: UndoObstacle[] = [];
  const changes: Change[] = [];
  for (const [index, contributionId] of contributionIds.entries()) {
    const contribution = locked.get(contributionId);
    if (contribution === undefined) obstacles.push({ index, code: 'NOT_FOUND' });
    else if (contribution.status === 'withdrawn') continue;
    else if (!isUndecided(contribution.status)) obstacles.push({ index, code: 'ALREADY_DECIDED' });
    else {
      const told = contribution.status === 'draft' ? [] : [{ type: 'withdrawn' } as const];
      changes.push(
        advance(contribution, tx.now, {}, [{ act: 'withdrawn', to: 'withdrawn', reason }], {
          announcements: told,
        }),
      );
    }
  }
  if (obstacles.length > 0) return refuse({ code: 'BUILT_UPON', obstacles });
  for (let at = 0; at < changes.length; at += 1_000)
    await updateContributions(tx, changes.slice(at, at + 1_000));
  announce(tx, changes);
  return accept(changes.length);
}
