// Tells the log of a no to what waited for a second person, so that whoever asked hears of it. Every context appends the
// same event: how it ended is the context's own, that it was declined is everybody's.
import { newEvent, requestDeclined } from '@habitat/events';
import type { WaitingAct } from '@habitat/kernel';
import type { Transaction } from './transaction.ts';

export interface Declined {
  readonly requestId: string;
  readonly asked: WaitingAct;
  /** Who asked; null for a program, which reads its answers itself. */
  readonly askedBy: string | null;
  /** Whom the reason is about, when it is somebody else: it is kept under their key. */
  readonly about?: string;
  readonly reason: string;
}

/** Appends the event, unless whoever asked took it back themselves or isn't a member who could be told. */
export function appendDeclined(tx: Transaction, declined: Declined): void {
  const { askedBy, about, ...facts } = declined;
  if (askedBy === null || askedBy === tx.actor.memberId) return;
  const payload = { ...facts, memberId: askedBy, aboutMemberId: about ?? askedBy };
  tx.append(newEvent(requestDeclined, declined.requestId, payload));
}
