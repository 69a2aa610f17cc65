// Classes of membership: listed for everybody, added, renamed and retired by administrators.
import type { MemberClass } from '@habitat/people';
import { addMemberClass, listMemberClasses, renameMemberClass, retireMemberClass } from '@habitat/people';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { requestLoader } from '../../loader.ts';
import { defineMutation } from '../../mutation.ts';
import { words } from '../contribution/logging-acts.ts';
import { localDay } from '../day.ts';
import { MemberRef } from '../member.ref.ts';

const MemberClassRef = builder.objectRef<MemberClass>('MemberClass').implement({
  description: 'A class of membership.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    class: t.exposeString('class', {
      description: 'Its code, which never changes: Member.class, class multipliers and eligibility name it.',
    }),
    name: t.exposeString('name', { description: 'What people call it.' }),
    members: t.int({
      nullable: true,
      description: 'How many members have it, whatever their standing; for those who see all members.',
      authScopes: { act: 'member.view_all' },
      resolve: ({ members }) => members,
    }),
    retired: t.exposeBoolean('retired', { description: 'True when nobody new gets it.' }),
  }),
});

function classesNow(context: ApiContext): Promise<MemberClass[]> {
  return listMemberClasses(context.database, context.cooperativeId(), localDay(context));
}

builder.queryField('memberClasses', (t) =>
  t.field({
    type: [MemberClassRef],
    description: 'The classes of membership in their order, retired ones last.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, context) => classesNow(context),
  }),
);

const nameLoader = requestLoader<string, string>(async (codes, context) => {
  const names = new Map((await classesNow(context)).map((one) => [one.class, one.name]));
  return codes.map((code) => names.get(code) ?? code);
});

builder.objectField(MemberRef, 'className', (t) =>
  t.string({
    nullable: true,
    description: 'What the class of membership is called; for the member and those who see all.',
    authScopes: ({ memberId }) => ({ self: memberId, act: 'member.view_all' }),
    resolve: (member, _args, context) => nameLoader(context).load(member.class),
  }),
);

type Answer = { readonly class: string; readonly version: number };
const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Answer>) => ({
  memberClass: t.field({
    type: MemberClassRef,
    description: 'The class as it is now.',
    resolve: async (answer, _args, context) => {
      const found = (await classesNow(context)).find((one) => one.class === answer.class);
      if (found === undefined) throw new Error(`the class ${answer.class} is not there`);
      return found;
    },
  }),
  version: t.exposeInt('version', { description: 'The version of the classes that was set.' }),
});

const CLASS = { required: true, description: 'Code of the class.' } as const;
const NAME = { required: true, description: 'What people shall call it; at most 60 characters.' } as const;

defineMutation('addMemberClass', {
  description: 'Adds a class of membership from today on.',
  allow: 'policy.manage',
  input: (t) => ({ name: t.string(NAME), rationale: t.string(words('Why.', 1_000)) }),
  run: (input, context, command) => addMemberClass(context.database, command, input),
  payload,
});

defineMutation('renameMemberClass', {
  description: 'Gives a class another name; its code, its members and what is agreed on it stay.',
  allow: 'policy.manage',
  input: (t) => ({
    class: t.string(CLASS),
    name: t.string(NAME),
    rationale: t.string(words('Why.', 1_000)),
  }),
  run: (input, context, command) => renameMemberClass(context.database, command, input),
  payload,
});

defineMutation('retireMemberClass', {
  description: 'Offers a class no longer; who has it keeps it. The last one stays.',
  allow: 'policy.manage',
  input: (t) => ({ class: t.string(CLASS), rationale: t.string(words('Why.', 1_000)) }),
  run: (input, context, command) => retireMemberClass(context.database, command, input),
  payload,
});
