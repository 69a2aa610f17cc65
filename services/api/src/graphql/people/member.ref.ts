// The member type's reference, apart from its fields, so that other contexts' modules can add theirs.
import type { Member } from '@habitat/people';
import { findMembers } from '@habitat/people';
import { defineEntity } from '../entity.ts';

export const MemberRef = defineEntity<Member>('Member', {
  idOf: (member) => member.memberId,
  load: (ids, context) => findMembers(context.database, context.cooperativeId(), ids),
});
