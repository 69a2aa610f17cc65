// What agents asked for and may not do alone: their supervisor looks at it, and confirms by doing it in their own name or
// says no. The rules ask the supervisor what they ask everybody.
import type { JsonValue } from '@habitat/kernel';
import type { PendingAct } from '@habitat/platform';
import { findPendingAct, listPendingActs, pendingStatus, settleAct } from '@habitat/platform';
import type { GraphQLSchema } from 'graphql';
import { execute, parse } from 'graphql';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { notFound } from '../../error.ts';
import { defineMutation } from '../../mutation.ts';

const Status = builder.enumType('PendingActStatus', {
  description: 'How far an act is that waits for a supervisor.',
  values: {
    WAITING: { value: 'waiting', description: 'The supervisor has not decided.' },
    DONE: { value: 'done', description: 'The supervisor has done it.' },
    DECLINED: { value: 'declined', description: 'The supervisor said no.' },
    EXPIRED: { value: 'expired', description: 'Nobody decided in seven days.' },
  } as const,
});

const PendingActRef = builder.objectRef<PendingAct>('PendingAct').implement({
  description: 'An act a program asked for that moves more than its key may move alone.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id.',
      resolve: ({ pendingActId }) => ({ type: 'PendingAct', id: pendingActId }),
    }),
    keyName: t.exposeString('keyName', { description: 'Which key asked.' }),
    mutation: t.exposeString('mutation', { description: 'What would be done, by the name of its mutation.' }),
    input: t.string({
      description: 'Its input as it came, as JSON.',
      resolve: ({ input }) => JSON.stringify(input),
    }),
    amount: t.field({
      type: 'Money',
      nullable: true,
      description: 'What it would move; null where that is not known before.',
      resolve: ({ amountMinor }, _args, context) =>
        amountMinor === null ? null : context.money(amountMinor),
    }),
    status: t.field({
      type: Status,
      description: 'How far it is.',
      resolve: (act, _args, { now }) => pendingStatus(act, now),
    }),
    askedAt: t.expose('askedAt', { type: 'DateTime', description: 'When it was asked for.' }),
    expiresAt: t.expose('expiresAt', { type: 'DateTime', description: 'Until when it waits.' }),
  }),
});

function ownerOf(context: ApiContext) {
  const { cooperativeId, loginId } = context.signedIn().actor;
  return { cooperativeId, loginId };
}

builder.queryField('pendingActs', (t) =>
  t.field({
    type: [PendingActRef],
    description: 'What your agents asked for and waits for you, oldest first.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, context) => listPendingActs(context.database, ownerOf(context), context.now),
  }),
);

builder.queryField('pendingAct', (t) =>
  t.field({
    type: PendingActRef,
    nullable: true,
    description: 'One of them, for its supervisor and for the key that asked; null for anybody else.',
    authScopes: { signedIn: true },
    args: { id: t.arg.globalID({ required: true, description: 'The act.' }) },
    resolve: async (_root, { id }, context) => {
      const act = await findPendingAct(context.database, ownerOf(context), id.id);
      const { agent } = context.signedIn();
      return agent === null || act?.keyId === agent.keyId ? act : null;
    },
  }),
);

/** Does what was asked, as whoever confirms it; a repetition is answered as the first time. */
async function doAct(schema: GraphQLSchema, act: PendingAct, context: ApiContext): Promise<void> {
  const { mutation, pendingActId } = act;
  const type = `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`;
  const input = {
    ...(act.input as Record<string, JsonValue>),
    idempotencyKey: `pending-act-${pendingActId}`,
  };
  const { errors = [] } = await execute({
    schema,
    document: parse(`mutation ($input: ${type}!) { ${mutation}(input: $input) { __typename } }`),
    contextValue: context,
    variableValues: { input },
  });
  const [error] = errors;
  if (error !== undefined) throw error.originalError ?? error;
}

const DECIDED = 'True: it is decided.';

defineMutation('confirmPendingAct', {
  description: 'Does what an agent of yours asked for, in your own name and by the rules that hold for you.',
  allow: 'signedIn',
  input: (t) => ({ pendingActId: t.globalID({ required: true, description: 'What waits.' }) }),
  run: async ({ pendingActId }, context, command, { schema }) => {
    const act = await findPendingAct(context.database, ownerOf(context), pendingActId.id);
    if (act === null) throw notFound('act');
    if (pendingStatus(act, context.now) === 'waiting') await doAct(schema, act, context);
    return settleAct(context.database, command, { pendingActId: act.pendingActId, status: 'done' });
  },
  payload: (t) => ({ decided: t.boolean({ description: DECIDED, resolve: () => true }) }),
});

defineMutation('declinePendingAct', {
  description: 'Says no to what an agent of yours asked for.',
  allow: 'signedIn',
  input: (t) => ({ pendingActId: t.globalID({ required: true, description: 'What waits.' }) }),
  run: ({ pendingActId }, context, command) =>
    settleAct(context.database, command, { pendingActId: pendingActId.id, status: 'declined' }),
  payload: (t) => ({ decided: t.boolean({ description: DECIDED, resolve: () => true }) }),
});
