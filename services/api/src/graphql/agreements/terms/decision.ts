// The second signature under terms that reach into a running period: who gave it, or whether the viewer may.
import type { TermsVersion } from '@habitat/agreements';
import { hasRole } from '@habitat/kernel';
import type { Types } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { MemberRef } from '../../people/member.ref.ts';

/** in_force (once its day has come), waiting for a second person, declined or expired. */
export function statusOf(version: TermsVersion): string {
  if (version.outcome === 'declined' || version.outcome === 'expired') return version.outcome;
  return version.needsSecond && version.outcome === null ? 'waiting' : 'in_force';
}

/** Asks what the command will ask: an administrator or board member who did not set it. */
function mayDecide(version: TermsVersion, context: ApiContext): boolean {
  const { actor } = context.signedIn();
  const own =
    version.byLoginId === actor.loginId ||
    (version.byMemberId !== null && version.byMemberId === actor.memberId);
  return statusOf(version) === 'waiting' && !own && hasRole(actor, 'administrator', 'board_member');
}

/** Fields of any version of terms on its second signature. */
export function decisionFields<Version extends TermsVersion>(
  t: PothosSchemaTypes.ObjectFieldBuilder<Types, Version>,
) {
  return {
    needsSecond: t.boolean({
      description: 'True when it reaches into a period already begun, so that two people sign.',
      resolve: (version) => version.needsSecond,
    }),
    decidedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'The second person; null while nobody has decided.',
      resolve: (version) => version.decidedByMemberId,
    }),
    decidedAt: t.field({
      type: 'DateTime',
      nullable: true,
      description: 'When the second person decided.',
      resolve: (version) => version.decidedAt,
    }),
    decisionReason: t.string({
      nullable: true,
      description: 'What the second person wrote; why it was declined.',
      resolve: (version) => version.reason,
    }),
    viewerMayDecide: t.boolean({
      description: 'True when it waits for a second person and you may be that person.',
      resolve: (version, _args, context) => mayDecide(version, context),
    }),
  };
}
