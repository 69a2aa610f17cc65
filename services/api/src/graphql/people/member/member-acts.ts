// Acts on members and their roles.
import { addMember, assignRole, changeMember, changeMemberStatus, revokeRole } from '@habitat/people';
import { z } from 'zod';
import type { Types } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { MemberStatusEnum } from '../enums.ts';
import { MemberRef } from '../member.ref.ts';

const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, { readonly memberId: string }>) => ({
  member: t.field({
    type: MemberRef,
    description: 'The member as they are now.',
    resolve: ({ memberId }) => memberId,
  }),
});

const reason = { required: true, description: 'Why.', validate: z.string().max(500) } as const;
const MEMBER = { required: true, description: 'The member.' } as const;

defineMutation('addMember', {
  description: 'Adds a member, with the roles of a full member unless others are given.',
  allow: 'member.manage',
  input: (t) => ({
    displayName: t.string({ required: true, description: 'Name as others see it.' }),
    legalName: t.string({ description: 'Name in law.' }),
    email: t.string({ required: true, description: 'Email, one member each.' }),
    class: t.string({ description: 'Class of membership; the first one configured when left out.' }),
    joinedOn: t.field({ type: 'LocalDate', description: 'Day of joining; today when left out.' }),
    droAmount: t.field({ type: 'Money', description: 'Deficit restoration obligation.' }),
    pending: t.boolean({ description: 'True when somebody still has to admit them.' }),
    roles: t.stringList({ description: 'Base or composite roles to start with.' }),
  }),
  run: ({ pending, ...input }, context, command) =>
    addMember(context.database, command, { ...input, status: pending ? 'pending' : 'active' }),
  payload,
});

defineMutation('changeMember', {
  description: 'Changes a member’s fields; what is left out stays.',
  allow: 'member.manage',
  input: (t) => ({
    memberId: t.globalID(MEMBER),
    displayName: t.string({ description: 'Name as others see it.' }),
    legalName: t.string({ description: 'Name in law.' }),
    email: t.string({ description: 'Email.' }),
    class: t.string({ description: 'Class of membership.' }),
    joinedOn: t.field({ type: 'LocalDate', description: 'Day of joining.' }),
    droAmount: t.field({ type: 'Money', description: 'Deficit restoration obligation.' }),
  }),
  run: ({ memberId, displayName, email, ...input }, context, command) =>
    changeMember(context.database, command, {
      ...input,
      memberId: memberId.id,
      ...(displayName == null ? {} : { displayName }),
      ...(email == null ? {} : { email }),
      ...(input.legalName === undefined ? {} : { legalName: input.legalName }),
    }),
  payload,
});

defineMutation('changeMemberStatus', {
  description: 'Changes a member’s standing, within what may follow what.',
  allow: 'member.manage',
  input: (t) => ({
    memberId: t.globalID(MEMBER),
    status: t.field({ type: MemberStatusEnum, required: true, description: 'The standing from now on.' }),
    reason: t.string(reason),
  }),
  run: ({ memberId, ...input }, context, command) =>
    changeMemberStatus(context.database, command, { ...input, memberId: memberId.id }),
  payload,
});

defineMutation('assignRole', {
  description: 'Grants a member a role. Nobody grants themselves one.',
  allow: 'role.assign',
  input: (t) => ({
    memberId: t.globalID(MEMBER),
    role: t.string({ required: true, description: 'Base role, or a bundle such as operations_steward.' }),
    reason: t.string(reason),
    expiresOn: t.field({ type: 'LocalDate', description: 'Its last day.' }),
    kinds: t.stringList({ description: 'Contribution kinds it covers; all when left out.' }),
    categories: t.stringList({ description: 'Categories it covers; all when left out.' }),
    limit: t.field({ type: 'Money', description: 'The most one act may be worth.' }),
  }),
  run: ({ memberId, ...input }, context, command) =>
    assignRole(context.database, command, { ...input, memberId: memberId.id }),
  payload,
});

defineMutation('revokeRole', {
  description: 'Takes a role away. The last administrator stays.',
  allow: 'role.assign',
  input: (t) => ({
    assignmentId: t.globalID({ required: true, description: 'The assignment.' }),
    reason: t.string(reason),
  }),
  run: ({ assignmentId, ...input }, context, command) =>
    revokeRole(context.database, command, { ...input, assignmentId: assignmentId.id }),
  payload,
});
