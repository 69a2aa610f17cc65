// Categories of the kinds of contribution: listed for everybody, added and retired by administrators.
import type { ContributionCategory } from '@habitat/people';
import {
  addContributionCategory,
  listContributionCategories,
  retireContributionCategory,
} from '@habitat/people';
import type { ContributionKind } from '@habitat/events';
import type { Types } from '../../builder.ts';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { defineMutation } from '../../mutation.ts';
import { words } from '../contribution/logging-acts.ts';
import { localDay } from '../day.ts';
import { ContributionKindEnum } from '../enums.ts';

const CategoryRef = builder.objectRef<ContributionCategory>('ContributionCategory').implement({
  description: 'A category of a kind of contribution.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kind: t.field({ type: ContributionKindEnum, description: 'The kind.', resolve: ({ kind }) => kind }),
    name: t.exposeString('name', { description: 'Its name, which never changes.' }),
    retired: t.exposeBoolean('retired', { description: 'True when it is offered no longer.' }),
    ownRate: t.exposeBoolean('ownRate', {
      description: 'True when a rate names it; else the general rate of its kind counts.',
    }),
  }),
});

function categoriesNow(context: ApiContext): Promise<ContributionCategory[]> {
  return listContributionCategories(context.database, context.cooperativeId(), localDay(context));
}

builder.queryField('contributionCategories', (t) =>
  t.field({
    type: [CategoryRef],
    description:
      'Categories by kind and name, retired ones included. “General” is everywhere and not listed.',
    authScopes: { signedIn: true },
    args: { kind: t.arg({ type: ContributionKindEnum, description: 'Only of this kind.' }) },
    resolve: async (_root, { kind }, context) =>
      (await categoriesNow(context)).filter((one) => kind == null || one.kind === kind),
  }),
);

type Answer = { readonly kind: ContributionKind; readonly name: string };
const payload = (t: PothosSchemaTypes.ObjectFieldBuilder<Types, Answer>) => ({
  category: t.field({
    type: CategoryRef,
    description: 'The category as it is now.',
    resolve: async ({ kind, name }, _args, context) => {
      const same = (one: ContributionCategory) =>
        one.kind === kind && one.name.toLowerCase() === name.toLowerCase();
      const found = (await categoriesNow(context)).find(same);
      if (found === undefined) throw new Error(`the category ${name} of ${kind} is not there`);
      return found;
    },
  }),
});

const KIND = { type: ContributionKindEnum, required: true, description: 'The kind.' } as const;
const NAME = { required: true, description: 'The category; at most 80 characters.' } as const;

defineMutation('addContributionCategory', {
  description: 'Offers a category of a kind from today on, also one that was retired.',
  allow: 'policy.manage',
  input: (t) => ({ kind: t.field(KIND), name: t.string(NAME), rationale: t.string(words('Why.', 1_000)) }),
  run: (input, context, command) => addContributionCategory(context.database, command, input),
  payload,
});

defineMutation('retireContributionCategory', {
  description: 'Offers a category no longer for work from today on; what was given in it stays.',
  allow: 'policy.manage',
  input: (t) => ({ kind: t.field(KIND), name: t.string(NAME), rationale: t.string(words('Why.', 1_000)) }),
  run: (input, context, command) => retireContributionCategory(context.database, command, input),
  payload,
});
