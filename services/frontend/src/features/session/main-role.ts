// The one role the shell names: the one with the widest reach of those a person holds.
import type { Role } from '@habitat/kernel';

const byReach: readonly Role[] = [
  'administrator',
  'treasurer',
  'allocator',
  'auditor',
  'board_member',
  'reviewer',
  'agent',
  'contributor',
];

export function mainRole(roles: readonly string[]): Role {
  return byReach.find((role) => roles.includes(role)) ?? 'member';
}
