// What a contribution posts, or would post, as lines of the books: the decider sees the consequence before signing.
import type { PostingLine } from '@habitat/treasury';
import { contributionAccounts, postingLines } from '@habitat/treasury';
import { builder } from '../builder.ts';
import type { ApiContext } from '../context.ts';
import { requestLoader } from '../loader.ts';
import { ContributionRef } from '../people/contribution.ref.ts';
import { bookAndTax } from './report/two-bases.ref.ts';

const PostingLineRef = builder.objectRef<PostingLine>('PostingLine').implement({
  description: 'One line of what a contribution posts. Debits are positive, credits negative.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    accountCode: t.exposeString('accountCode', { description: 'Code of the account.' }),
    accountName: t.exposeString('accountName', { description: 'Name of the account.' }),
    ...bookAndTax(t),
  }),
});

type Accounts = Awaited<ReturnType<typeof contributionAccounts>>;

/** Accounts by member, for all contributions of a page at once. */
const accountsOf = requestLoader<string, Accounts>(async (memberIds, context: ApiContext) => {
  const accounts = await contributionAccounts(context.database, context.cooperativeId(), memberIds);
  return memberIds.map(() => accounts);
});

builder.objectField(ContributionRef, 'posting', (t) =>
  t.field({
    type: [PostingLineRef],
    description: 'What it posts once approved, or has posted; empty when it posts nothing.',
    resolve: async (contribution, _args, context) =>
      postingLines(contribution, await accountsOf(context).load(contribution.memberId)),
  }),
);
