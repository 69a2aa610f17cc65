// Whether a code is one of an account's, and using it up: the one way a code is taken, at sign-in and before what is
// sensitive. Wrong codes are counted per account and per address, like wrong passwords.
import type { Database, Queryable } from '@habitat/database';
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { Secrets } from '../secret/sealed.ts';
import { seal, unseal } from '../secret/sealed.ts';
import type { TooManyAttempts } from '../throttle/throttle.ts';
import { secondFactorKeys } from '../throttle/throttle.ts';
import { giveAttemptBack, noteRefusal, takeAttempt } from '../throttle/throttle.store.ts';
import type { CodeRefusal } from './second-factor.ts';
import { CODE_WRONG, recoveryHash, stepOfCode } from './second-factor.ts';
import { selectFactor, takeRecoveryCode, takeStep } from './second-factor.store.ts';

export interface GivenCode {
  readonly loginId: string;
  /** Six digits of an authenticator, or a recovery code. */
  readonly code: string;
  /** Where it comes from, for throttling only. */
  readonly address: string;
}

/** Takes a code inside a transaction; two that come at once with the same one find it taken. */
export async function takeCode(
  client: Queryable,
  secrets: Secrets,
  given: Pick<GivenCode, 'loginId' | 'code'>,
  now: Date,
): Promise<boolean> {
  const { loginId, code } = given;
  const factor = await selectFactor(client, loginId, 'for update');
  if (factor === null || factor.confirmedAt === null) return false;
  const secret = unseal(secrets, 'second-factor', loginId, factor.sealedSecret);
  const step = stepOfCode(secret, code, now, factor.lastStep);
  if (step !== null) {
    await takeStep(client, loginId, step, seal(secrets, 'second-factor', loginId, secret));
    return true;
  }
  const hash = recoveryHash(code);
  return hash !== null && (await takeRecoveryCode(client, loginId, hash, now));
}

/** Lets `take` try a code unless too many were tried, and counts it unless it was right. */
export async function throttledCode<Taken>(
  database: Database,
  given: Pick<GivenCode, 'loginId' | 'address'>,
  now: Date,
  take: () => Promise<Taken | null>,
): Promise<Result<Taken, CodeRefusal | TooManyAttempts>> {
  const keys = secondFactorKeys(given.loginId, given.address);
  const attempt = await takeAttempt(database, keys, now);
  if (!attempt.ok) return attempt;
  const taken = await take();
  if (taken === null) {
    const { loginId } = given;
    await noteRefusal(database, { loginId, factor: 'code', locks: attempt.value.isLast }, now);
    return refuse(CODE_WRONG);
  }
  await giveAttemptBack(database, keys);
  return accept(taken);
}
