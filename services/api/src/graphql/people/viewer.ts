// What the shell of every page asks: who I am as a member, and how much waits for me.
import { countUnapprovedDistributions, countWaitingCloses } from '@habitat/agreements';
import { may } from '@habitat/kernel';
import { countApprovalQueue } from '@habitat/people';
import { builder } from '../builder.ts';
import type { Viewer } from '../context.ts';
import { ViewerRef } from '../platform/viewer.ts';
import { countWaitingForPeer } from './contribution/peers.ts';
import { MemberRef } from './member.ref.ts';

const ViewerCountsRef = builder.objectRef<Viewer>('ViewerCounts').implement({
  description: 'How much waits for the viewer; zero where they could do nothing about it.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    approvals: t.int({
      description: 'Contributions that wait for a reviewer.',
      resolve: async ({ actor }, _args, context) => {
        if (!may(actor, 'contribution.approve')) return 0;
        const place = { cooperativeId: context.cooperativeId(), now: context.now };
        return (await countApprovalQueue(context.database, place)).total;
      },
    }),
    peers: t.int({
      description: 'Contributions of colleagues that wait for the viewer’s word as a peer.',
      resolve: (_viewer, _args, context) => countWaitingForPeer(context),
    }),
    close: t.int({
      description: 'Closes that wait for a step or a signature.',
      resolve: ({ actor }, _args, context) =>
        may(actor, 'close.run') || may(actor, 'allocation.approve')
          ? countWaitingCloses(context.database, context.cooperativeId())
          : 0,
    }),
    distributions: t.int({
      description: 'Distributions that wait for approval.',
      resolve: ({ actor }, _args, context) =>
        may(actor, 'distribution.approve')
          ? countUnapprovedDistributions(context.database, context.cooperativeId())
          : 0,
    }),
  }),
});

builder.objectField(ViewerRef, 'member', (t) =>
  t.field({
    type: MemberRef,
    nullable: true,
    description: 'The viewer as a member.',
    resolve: ({ actor }) => actor.memberId,
  }),
);

builder.objectField(ViewerRef, 'counts', (t) =>
  t.field({
    type: ViewerCountsRef,
    description: 'How much waits for the viewer.',
    resolve: (viewer) => viewer,
  }),
);
