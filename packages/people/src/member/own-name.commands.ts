// A member's own name as others see it: the one fact about themselves that needs nobody's leave.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import { accept, may, refuse } from '@habitat/kernel';
import { lockMember, updateMember } from './member.store.ts';

export type ChangeOwnNameRefusal =
  | { readonly code: 'FORBIDDEN'; readonly act: string }
  | { readonly code: 'NAME_REQUIRED'; readonly field: 'displayName' }
  | { readonly code: 'NAME_TOO_LONG'; readonly field: 'displayName'; readonly most: number };

const MAX_NAME = 200;

/** Changes one's own name in this cooperative. Refusals in order: FORBIDDEN, NAME_REQUIRED, NAME_TOO_LONG. */
export async function changeOwnName(
  database: Database,
  context: CommandContext,
  input: { readonly displayName: string },
) {
  return runCommand<{ readonly memberId: string }, ChangeOwnNameRefusal>(
    database,
    'people',
    context,
    { name: 'changeOwnName', input },
    async (tx) => {
      const { actor } = tx;
      if (actor.memberId === null || !may(actor, 'capital.view_own'))
        return refuse({ code: 'FORBIDDEN', act: 'capital.view_own' });
      const displayName = input.displayName.trim();
      if (displayName === '') return refuse({ code: 'NAME_REQUIRED', field: 'displayName' });
      if (displayName.length > MAX_NAME)
        return refuse({ code: 'NAME_TOO_LONG', field: 'displayName', most: MAX_NAME });
      const member = await lockMember(tx, actor.memberId);
      if (member === null) return refuse({ code: 'FORBIDDEN', act: 'capital.view_own' });
      if (member.displayName !== displayName) {
        const step = {
          act: 'changed',
          from: member.status,
          reason: null,
          facts: { fields: 'displayName' },
        } as const;
        await updateMember(tx, { ...member, displayName }, step);
      }
      return accept({ memberId: member.memberId });
    },
  );
}
