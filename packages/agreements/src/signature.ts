// Who did something, as it is stored: the login and the member behind an actor. Dual control compares these.
import type { Actor } from '@habitat/kernel';

/** One person's mark under an act; either part may be missing, never both for a person. */
export interface Signature {
  readonly loginId: string | null;
  readonly memberId: string | null;
}

export function signatureOf(actor: Actor): Signature {
  return { loginId: actor.loginId, memberId: actor.memberId };
}

/** True when the actor gave that signature: the same login or the same member. */
export function isSigner(actor: Actor, signature: Signature): boolean {
  const sameLogin = actor.loginId !== null && actor.loginId === signature.loginId;
  const sameMember = actor.memberId !== null && actor.memberId === signature.memberId;
  return sameLogin || sameMember;
}

/** True when the actor is a person who may stand as the second signature under the first. */
export function isAnotherPerson(actor: Actor, first: Signature): boolean {
  return (
    actor.kind === 'person' && (actor.loginId !== null || actor.memberId !== null) && !isSigner(actor, first)
  );
}
