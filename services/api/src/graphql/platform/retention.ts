// How long what is over is kept, for everybody to read.
import { KEPT_DAYS } from '@habitat/platform';
import { builder } from '../builder.ts';

interface RetentionRule {
  readonly what: string;
  readonly days: number;
}

const RetentionRuleRef = builder.objectRef<RetentionRule>('RetentionRule').implement({
  description: 'How long something is kept after it is over.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    what: t.exposeString('what', {
      description: 'over (sessions, links, notices, requests of programs), or a kind with days of its own.',
    }),
    days: t.exposeInt('days', { description: 'Days it is kept.' }),
  }),
});

builder.queryField('retention', (t) =>
  t.field({
    type: [RetentionRuleRef],
    description: 'How long what is over is kept. The books, the log and the audit trail are kept for good.',
    authScopes: { signedIn: true },
    resolve: (_root, _args, { retentionDays }) => [
      { what: 'over', days: retentionDays },
      ...Object.entries(KEPT_DAYS).map(([what, days]) => ({ what, days })),
    ],
  }),
);
