// Adding, renaming and retiring classes of membership, each a new version of the policy with its reason; and reading
// them with how many members have each.
import type { CommandContext, Database } from '@habitat/database';
import { runCommand } from '@habitat/database';
import type { CommandName, LocalDate, Result } from '@habitat/kernel';
import { accept } from '@habitat/kernel';
import type { MemberClassRefusal } from './member-class.ts';
import { addClass, classNameOf, renameClass, retireClass } from './member-class.ts';
import type { MemberClassBody } from './policy.ts';
import type { SetPolicyRefusal } from './policy.commands.ts';
import { replacePolicyIn } from './policy.commands.ts';
import { findPolicyOn } from './policy.store.ts';

export type ClassAnswer = { readonly class: string; readonly version: number };

type Decide = (body: MemberClassBody) => Result<{ body: MemberClassBody; code: string }, MemberClassRefusal>;

async function change(
  database: Database,
  context: CommandContext,
  command: { readonly name: CommandName; readonly input: { readonly rationale: string } },
  decide: Decide,
) {
  return runCommand<ClassAnswer, SetPolicyRefusal | MemberClassRefusal>(
    database,
    'people',
    context,
    command,
    async (tx) => {
      let code = '';
      const set = await replacePolicyIn(tx, 'member_class', {
        rationale: command.input.rationale,
        next: (before) => {
          const decided = decide(before);
          if (!decided.ok) return decided;
          code = decided.value.code;
          return accept(decided.value.body);
        },
      });
      return set.ok ? accept({ class: code, version: set.value.version }) : set;
    },
  );
}

/** Adds a class of membership from today on. Refusals: `setPolicy`'s, then `addClass`'s. */
export async function addMemberClass(
  database: Database,
  context: CommandContext,
  input: { readonly name: string; readonly rationale: string },
) {
  return change(database, context, { name: 'addMemberClass', input }, (body) => addClass(body, input.name));
}

/** Renames a class; its code and its members stay. Refusals: `setPolicy`'s, then `renameClass`'s. */
export async function renameMemberClass(
  database: Database,
  context: CommandContext,
  input: { readonly class: string; readonly name: string; readonly rationale: string },
) {
  return change(database, context, { name: 'renameMemberClass', input }, (body) =>
    renameClass(body, input.class, input.name),
  );
}

/** Retires a class: nobody new gets it, who has it keeps it. Refusals: `setPolicy`'s, then `retireClass`'s. */
export async function retireMemberClass(
  database: Database,
  context: CommandContext,
  input: { readonly class: string; readonly rationale: string },
) {
  return change(database, context, { name: 'retireMemberClass', input }, (body) =>
    retireClass(body, input.class),
  );
}

/** A class as a settings page lists it. */
export interface MemberClass {
  readonly class: string;
  readonly name: string;
  readonly members: number;
  readonly retired: boolean;
}

/** Classes offered on a day in their order, then those retired that have a name or members left. */
export async function listMemberClasses(
  database: Database,
  cooperativeId: string,
  on: LocalDate,
): Promise<MemberClass[]> {
  return database.transaction('people', { cooperativeId }, async (client) => {
    const policy = await findPolicyOn(client, 'member_class', on);
    const rows = await client.query<{ class: string; members: number }>(
      'select class, count(*)::int as members from people.member where cooperative_id = $1 group by class order by class',
      [cooperativeId],
    );
    const held = new Map(rows.map((row) => [row.class, row.members]));
    const codes = new Set([...policy.classes, ...Object.keys(policy.names ?? {}), ...held.keys()]);
    return [...codes].map((code) => ({
      class: code,
      name: classNameOf(policy, code),
      members: held.get(code) ?? 0,
      retired: !policy.classes.includes(code),
    }));
  });
}
