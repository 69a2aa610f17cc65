// Acts an agent asked for and its supervisor has to confirm, because they move more value than the key may move alone.
import type { JsonValue } from '@habitat/kernel';

/** Days a supervisor has; nobody confirms what was meant for another week. */
export const PENDING_DAYS = 7;

export interface PendingAct {
  readonly pendingActId: string;
  readonly keyId: string;
  readonly keyName: string;
  readonly supervisorLoginId: string;
  /** The mutation and its input, as they came. */
  readonly mutation: string;
  readonly input: JsonValue;
  /** What it moves; null where that is not known before it is done. */
  readonly amountMinor: bigint | null;
  readonly askedAt: Date;
  readonly expiresAt: Date;
  readonly status: 'waiting' | 'done' | 'declined';
}

/** Whether it still waits for somebody at `now`. */
export function pendingStatus(
  act: Pick<PendingAct, 'status' | 'expiresAt'>,
  now: Date,
): PendingAct['status'] | 'expired' {
  return act.status === 'waiting' && act.expiresAt.getTime() <= now.getTime() ? 'expired' : act.status;
}
