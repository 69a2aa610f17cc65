// Where a member is paid: with its last characters for themselves and for whoever pays it, in full for the latter, while it
// is still to be paid and on record. A program is told of neither.
import type { MaskedAccount, PayoutAccount, PayoutAccountSpan, PayoutDetails } from '@habitat/agreements';
import {
  findPayoutAccount,
  listPayoutAccountSpans,
  masked,
  payoutAccountsOf,
  removePayoutAccount,
  setPayoutAccount,
} from '@habitat/agreements';
import { may } from '@habitat/kernel';
import { z } from 'zod';
import { builder } from '../../builder.ts';
import { forbidden } from '../../error.ts';
import { requestLoader } from '../../loader.ts';
import { defineMutation } from '../../mutation.ts';
import { ViewerRef } from '../../platform/viewer.ts';
import { DistributionLineRef } from '../distribution/distribution.ref.ts';

const MaskedAccountRef = builder
  .objectRef<MaskedAccount & { readonly setAt: Date }>('MaskedPayoutAccount')
  .implement({
    description: 'An account without its number, for its own member and for whoever pays to it.',
    authScopes: { signedIn: true },
    fields: (t) => ({
      kind: t.exposeString('kind', { description: 'iban, or us: a routing and an account number.' }),
      holder: t.exposeString('holder', { description: 'Whose account it is, as the bank knows them.' }),
      bankName: t.exposeString('bankName', { nullable: true, description: 'Name of the bank, if given.' }),
      ending: t.exposeString('ending', {
        description: 'The last four characters of its number; of a short number the last two.',
      }),
      setAt: t.expose('setAt', { type: 'DateTime', description: 'Since when it is theirs.' }),
    }),
  });

const withoutNumber = (found: PayoutAccount | null) =>
  found && { ...masked(found.details), setAt: found.setAt };

const SpanRef = builder.objectRef<PayoutAccountSpan>('PayoutAccountSpan').implement({
  description: 'How long an account of the viewer’s was in force; nothing else is kept of one that is over.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    setAt: t.expose('setAt', { type: 'DateTime', description: 'When it was given.' }),
    endedAt: t.expose('endedAt', {
      type: 'DateTime',
      nullable: true,
      description: 'When it was replaced or taken away; null while it is in force.',
    }),
  }),
});

builder.objectFields(ViewerRef, (t) => ({
  payoutAccount: t.field({
    type: MaskedAccountRef,
    nullable: true,
    description: 'The account the viewer is paid to; null when they gave none.',
    resolve: async ({ actor: { cooperativeId, memberId }, agent }, _args, context) => {
      if (memberId === null || agent !== null) return null;
      const { database, identity } = context;
      return withoutNumber(await findPayoutAccount(database, identity.secrets, cooperativeId, memberId));
    },
  }),
  payoutAccountHistory: t.field({
    type: [SpanRef],
    description: 'When the viewer gave, replaced or took away their account, the latest first.',
    resolve: ({ actor: { cooperativeId, memberId }, agent }, _args, context) =>
      memberId === null || agent !== null
        ? []
        : listPayoutAccountSpans(context.database, cooperativeId, memberId),
  }),
}));

const DetailsRef = builder.objectRef<PayoutDetails>('PayoutAccountDetails').implement({
  description: 'An account in full, for whoever pays to it. Each look stands in the audit trail.',
  authScopes: { act: 'distribution.pay' },
  fields: (t) => ({
    holder: t.exposeString('holder', { description: 'Whose account it is, as the bank knows them.' }),
    bankName: t.exposeString('bankName', { nullable: true, description: 'Name of the bank, if given.' }),
    iban: t.string({
      nullable: true,
      description: 'The IBAN; null where it is a routing and an account number.',
      resolve: (details) => (details.kind === 'iban' ? details.iban : null),
    }),
    routingNumber: t.string({
      nullable: true,
      description: 'The routing number of the bank.',
      resolve: (details) => (details.kind === 'us' ? details.routingNumber : null),
    }),
    accountNumber: t.string({
      nullable: true,
      description: 'The number of the account.',
      resolve: (details) => (details.kind === 'us' ? details.accountNumber : null),
    }),
  }),
});

const accountOf = requestLoader<string, PayoutAccount | null>((memberIds, context) =>
  payoutAccountsOf(context.database, context.identity.secrets, context.cooperativeId(), memberIds),
);

const OVER: readonly string[] = ['paid', 'failed', 'cancelled'];

builder.objectFields(DistributionLineRef, (t) => ({
  maskedPayoutAccount: t.field({
    type: MaskedAccountRef,
    nullable: true,
    description:
      'Where it is to be paid, without the number, for a person who pays: null for everybody else, once it is over, and where the member gave no account.',
    resolve: async ({ memberId, state }, _args, context) => {
      const { actor, agent } = context.signedIn();
      if (agent !== null || !may(actor, 'distribution.pay') || OVER.includes(state)) return null;
      return withoutNumber(await accountOf(context).load(memberId));
    },
  }),
  payoutAccount: t.field({
    type: DetailsRef,
    nullable: true,
    description:
      'Where it is to be paid, for a person; null once it is over, and where the member gave no account.',
    authScopes: { act: 'distribution.pay' },
    resolve: async ({ memberId, state }, _args, context) => {
      if (context.signedIn().agent !== null) throw forbidden('Only a person sees where members are paid.');
      if (OVER.includes(state)) return null;
      const found = await accountOf(context).load(memberId);
      if (found !== null) context.readNotes.members.add(memberId);
      return found && found.details;
    },
  }),
}));

const text = z.string().max(1_000);

defineMutation('setPayoutAccount', {
  description:
    'Gives the account one is paid to: an IBAN, or a routing and an account number. The one before is forgotten.',
  allow: 'distribution.view_own',
  sensitive: true,
  input: (t) => ({
    holder: t.string({
      required: true,
      description: 'Whose account it is, as the bank knows them.',
      validate: text,
    }),
    iban: t.string({ description: 'An IBAN, in groups or not.', validate: text }),
    routingNumber: t.string({
      description: 'The nine digits of a bank in the United States.',
      validate: text,
    }),
    accountNumber: t.string({
      description: 'The number of the account there, 4 to 17 digits.',
      validate: text,
    }),
    bankName: t.string({ description: 'Name of the bank, if you like.', validate: text }),
  }),
  run: (input, context, command) =>
    setPayoutAccount(context.database, context.identity.secrets, command, input),
  payload: (t) => ({
    viewer: t.field({
      type: ViewerRef,
      description: 'You, with the account as it is now.',
      resolve: (_done, _args, context) => context.signedIn(),
    }),
  }),
});

defineMutation('removePayoutAccount', {
  description: 'Takes the account one is paid to away; its numbers are forgotten.',
  allow: 'distribution.view_own',
  sensitive: true,
  input: () => ({}),
  run: (_input, context, command) => removePayoutAccount(context.database, command),
  payload: (t) => ({
    removed: t.boolean({ description: 'True: you are paid to no account now.', resolve: () => true }),
  }),
});
