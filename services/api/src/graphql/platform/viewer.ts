// The person signed in: what the shell of every page needs to know, and nothing about anybody else.
import { ACTS, may } from '@habitat/kernel';
import { listMemberships } from '@habitat/platform';
import type { Membership } from '@habitat/platform';
import { builder } from '../builder.ts';
import type { Viewer } from '../context.ts';
import { CooperativeRef } from './cooperative.ts';

export const ViewerRef = builder.objectRef<Viewer>('Viewer');

const MembershipRef = builder.objectRef<Membership>('Membership').implement({
  description: 'A cooperative this person may sign in to.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    slug: t.exposeString('slug', { description: 'Short name, for signing in.' }),
    name: t.exposeString('name', { description: 'Name of the cooperative.' }),
    current: t.boolean({
      description: 'True for the one signed in to now.',
      resolve: (membership, _args, context) => membership.cooperativeId === context.cooperativeId(),
    }),
  }),
});

ViewerRef.implement({
  description: 'The person signed in.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the sign-in account.',
      resolve: (viewer) => ({ type: 'Viewer', id: viewer.actor.loginId }),
    }),
    email: t.exposeString('email', { description: 'Email of the account.' }),
    displayName: t.exposeString('displayName', { description: 'Name of the person.' }),
    roles: t.stringList({
      description: 'Base roles in force now.',
      resolve: (viewer) => [...viewer.actor.roles],
    }),
    acts: t.stringList({
      description: 'Everything these roles allow, as in "contribution.approve".',
      resolve: (viewer) => ACTS.filter((act) => may(viewer.actor, act)),
    }),
    cooperative: t.field({
      type: CooperativeRef,
      description: 'The cooperative signed in to.',
      resolve: (viewer) => viewer.cooperative,
    }),
    memberships: t.field({
      type: [MembershipRef],
      description: 'Every cooperative this person may sign in to.',
      resolve: (viewer, _args, context) => listMemberships(context.database, viewer.actor.loginId),
    }),
  }),
});

builder.queryField('me', (t) =>
  t.field({
    type: ViewerRef,
    description: 'The person signed in.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, context) => context.signedIn(),
  }),
);
