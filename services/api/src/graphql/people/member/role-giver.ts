// Whom to ask for a role: a page that is not part of one's own says their names.
import { grantOf } from '@habitat/kernel';
import { listRoleHolders } from '@habitat/people';
import { builder } from '../../builder.ts';
import { CooperativeRef } from '../../platform/cooperative.ts';
import { MemberRef } from '../member.ref.ts';

builder.objectField(CooperativeRef, 'roleGivers', (t) =>
  t.field({
    type: [MemberRef],
    description: 'Members who may give roles, whom to ask for one.',
    resolve: async (_cooperative, _args, context) => {
      const roles = grantOf('role.assign').who;
      const query = { cooperativeId: context.cooperativeId(), roles, now: context.now };
      return (await listRoleHolders(context.database, query)).map(({ memberId }) => memberId);
    },
  }),
);
