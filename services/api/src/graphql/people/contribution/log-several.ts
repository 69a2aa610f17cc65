// Logging several contributions in one act, such as a week's grid: each by itself, with a result for each.
import type { LoggedItem } from '@habitat/people';
import { logEachContribution } from '@habitat/people';
import { builder } from '../../builder.ts';
import { defineMutation } from '../../mutation.ts';
import { refusalError } from '../../refusal.ts';
import { ContributionRef } from '../contribution.ref.ts';
import { content, contentOf } from './logging-acts.ts';

const RefusalFactRef = builder
  .objectRef<{ readonly name: string; readonly value: string }>('RefusalFact')
  .implement({
    description: 'A fact a refusal names: a period, a day, an amount.',
    authScopes: { signedIn: true },
    fields: (t) => ({
      name: t.exposeString('name', { description: 'What it is, such as period or graceEndedOn.' }),
      value: t.exposeString('value', { description: 'Its value as text.' }),
    }),
  });

const LogResultRef = builder.objectRef<LoggedItem>('LogResult').implement({
  description: 'What became of one of several entries.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    contribution: t.field({
      type: ContributionRef,
      nullable: true,
      description: 'The contribution; null when it was refused.',
      resolve: ({ contributionId }) => contributionId,
    }),
    reason: t.string({
      nullable: true,
      description: 'Refusal code when it was not logged.',
      resolve: ({ refusal }) => refusal?.code ?? null,
    }),
    message: t.string({
      nullable: true,
      description: 'The refusal as a sentence.',
      resolve: ({ refusal }, _args, context) =>
        refusal === null ? null : refusalError(refusal, context.money).message,
    }),
    facts: t.field({
      type: [RefusalFactRef],
      description: 'What the refusal names.',
      resolve: ({ refusal }, _args, context) => {
        if (refusal === null) return [];
        const {
          code: _,
          reason: __,
          path: ___,
          faults: ____,
          ...facts
        } = refusalError(refusal, context.money).extensions;
        return Object.entries(facts).flatMap(([name, value]) =>
          typeof value === 'string' || typeof value === 'number' ? [{ name, value: String(value) }] : [],
        );
      },
    }),
  }),
});

const EntryInput = builder.inputType('LogEntryInput', {
  description: 'One of several contributions to log.',
  fields: (t) => content(t),
});

defineMutation('logContributions', {
  description:
    'Logs several of your own and sends each to its reviewers; the answer says what became of each.',
  allow: 'contribution.log_own',
  input: (t) => ({
    entries: t.field({ type: [EntryInput], required: true, description: 'The contributions, 200 at most.' }),
    submit: t.boolean({ description: 'False keeps drafts.' }),
  }),
  run: ({ entries, submit }, context, command) =>
    logEachContribution(
      context.database,
      command,
      entries.map((entry) => ({ ...contentOf(entry), submit: submit ?? true })),
    ),
  payload: (t) => ({
    results: t.field({
      type: [LogResultRef],
      description: 'One result per entry, in the order given.',
      resolve: ({ results }) => [...results],
    }),
  }),
});
