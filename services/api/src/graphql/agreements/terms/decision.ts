// The second signature under terms that reach into a running period: who gave it, whether the viewer may, and why nobody
// can any more.
import type { TermsVersion } from '@habitat/agreements';
import { isAnotherPerson } from '@habitat/agreements';
import type { Actor } from '@habitat/kernel';
import { hasRole } from '@habitat/kernel';
import type { Types } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { isOver } from '../../platform/waiting/second-person-days.ts';

/** in_force (once its day has come), waiting for a second person, declined or expired. */
export async function statusOf(version: TermsVersion, context: ApiContext): Promise<string> {
  if (version.outcome === 'declined' || version.outcome === 'expired') return version.outcome;
  if (!version.needsSecond || version.outcome !== null) return 'in_force';
  return (await isOver(context, version.recordedAt)) ? 'expired' : 'waiting';
}

const isOwn = (version: TermsVersion, actor: Actor) =>
  !isAnotherPerson(actor, { loginId: version.byLoginId, memberId: version.byMemberId });

/** Asks what the command will ask: an administrator or board member decides, and whoever set it takes it back. */
async function mayDecide(version: TermsVersion, context: ApiContext, approve: boolean): Promise<boolean> {
  const { actor } = context.signedIn();
  const may = isOwn(version, actor) ? !approve : hasRole(actor, 'administrator', 'board_member');
  if (!may || (approve && version.closedPeriod !== null)) return false;
  return (await statusOf(version, context)) === 'waiting';
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
    closedPeriod: t.string({
      nullable: true,
      description: 'The closed period a waiting version would reach into: nobody can approve it any more.',
      resolve: async (version, _args, context) =>
        (await statusOf(version, context)) === 'waiting' ? version.closedPeriod : null,
    }),
    own: t.boolean({
      description: 'True when you set it yourself.',
      resolve: (version, _args, context) => isOwn(version, context.signedIn().actor),
    }),
    viewerMayDecide: t.boolean({
      description: 'True when it waits for a second person and you may be that person.',
      resolve: (version, _args, context) => mayDecide(version, context, true),
    }),
    viewerMayDecline: t.boolean({
      description: 'True when it waits and you may say no, or take back what you set yourself.',
      resolve: (version, _args, context) => mayDecide(version, context, false),
    }),
  };
}
