// Subscriptions: that something changed, told as it happens. Who may hear of a thing is who may ask for it; the thing
// itself is loaded anew for each piece of news, as the viewer may see it then.
import { getPeriodClose } from '@habitat/agreements';
import type { Act } from '@habitat/kernel';
import { may } from '@habitat/kernel';
import type { News, Topic } from '../../live/topic.ts';
import { DistributionRef } from '../agreements/distribution/distribution.ref.ts';
import { PeriodCloseRef } from '../agreements/period-close/period-close.ts';
import { builder } from '../builder.ts';
import type { ApiContext, Viewer } from '../context.ts';
import { invalidInput } from '../error.ts';
import { ContributionRef } from '../people/contribution.ref.ts';
import { MemberRef } from '../people/member.ref.ts';
import { PeriodRef } from '../treasury/period.ref.ts';

builder.subscriptionType({
  description:
    'What can be heard as it happens, over a WebSocket (graphql-transport-ws). connection_init carries {"authorization": "Bearer …"}.',
});

const seesAll: Act = 'contribution.view_all';

function isOwn(viewer: Viewer, news: News): boolean {
  return news.ownerId !== null && news.ownerId === viewer.actor.memberId;
}

function openNews(
  context: ApiContext,
  topic: Topic,
  mayHear: (viewer: Viewer, news: News) => boolean,
): Promise<AsyncIterable<News>> {
  if (context.news === null)
    throw invalidInput([{ path: [], message: 'subscriptions need a WebSocket' }], 'NEEDS_WEBSOCKET');
  // The socket's own loop unwraps what is told before a field sees it (live/operation.ts).
  return context.news.open(context.signedIn(), { topic, mayHear }) as unknown as Promise<AsyncIterable<News>>;
}

const ContributionChange = builder.objectRef<News>('ContributionChange').implement({
  description: 'A contribution changed.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    contributionId: t.globalID({
      description: 'Which contribution.',
      resolve: ({ id }) => ({ type: 'Contribution', id }),
    }),
    contribution: t.field({
      type: ContributionRef,
      nullable: true,
      description: 'The contribution as it is now.',
      resolve: ({ id }) => id,
    }),
    type: t.exposeString('type', { description: 'What happened, e.g. people.contribution.valued.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was recorded.' }),
    by: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who did it; null when the system did.',
      resolve: ({ byMemberId }) => byMemberId,
    }),
    byYou: t.boolean({
      description: 'True when you did it yourself.',
      resolve: ({ byMemberId }, _args, context) =>
        byMemberId !== null && byMemberId === context.signedIn().actor.memberId,
    }),
  }),
});

const PeriodCloseChange = builder.objectRef<News>('PeriodCloseChange').implement({
  description: 'The close of a period changed.',
  authScopes: { act: 'allocation.view_all' },
  fields: (t) => ({
    periodId: t.globalID({
      description: 'Which period.',
      resolve: ({ id }) => ({ type: 'Period', id }),
    }),
    period: t.field({ type: PeriodRef, description: 'The period as it is now.', resolve: ({ id }) => id }),
    close: t.field({
      type: PeriodCloseRef,
      nullable: true,
      description: 'Its close as it is now; null when there is none.',
      resolve: ({ id }, _args, context) =>
        getPeriodClose(context.database, context.cooperativeId(), { periodId: id }),
    }),
    type: t.exposeString('type', { description: 'What happened, e.g. agreements.allocation.proposed.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was recorded.' }),
  }),
});

const DistributionChange = builder.objectRef<News>('DistributionChange').implement({
  description: 'A distribution changed.',
  authScopes: { act: 'distribution.view_all' },
  fields: (t) => ({
    distributionId: t.globalID({
      description: 'Which distribution.',
      resolve: ({ id }) => ({ type: 'Distribution', id }),
    }),
    distribution: t.field({
      type: DistributionRef,
      nullable: true,
      description: 'The distribution as it is now.',
      resolve: ({ id }) => id,
    }),
    type: t.exposeString('type', { description: 'What happened, e.g. agreements.distribution.paid.' }),
    at: t.expose('at', { type: 'DateTime', description: 'When it was recorded.' }),
  }),
});

builder.subscriptionField('contributionChanged', (t) =>
  t.field({
    type: ContributionChange,
    description: 'Changes of contributions: your own, or everybody’s for those who see all.',
    authScopes: { anyAct: ['contribution.view_own', seesAll] },
    args: { mine: t.arg.boolean({ description: 'True: only your own, also when you see all.' }) },
    subscribe: (_root, { mine }, context) =>
      openNews(
        context,
        'contributionChanged',
        (viewer, news) => isOwn(viewer, news) || (mine !== true && may(viewer.actor, seesAll)),
      ),
    resolve: (news) => news,
  }),
);

builder.subscriptionField('approvalQueueChanged', (t) =>
  t.field({
    type: ContributionChange,
    description: 'Something came to the reviewers’ queue, left it, or changed in it.',
    authScopes: { act: 'contribution.approve' },
    subscribe: (_root, _args, context) =>
      openNews(context, 'approvalQueueChanged', (viewer) => may(viewer.actor, 'contribution.approve')),
    resolve: (news) => news,
  }),
);

builder.subscriptionField('periodCloseChanged', (t) =>
  t.field({
    type: PeriodCloseChange,
    description: 'A close took a step, or its allocation was proposed, sent back or approved.',
    authScopes: { act: 'allocation.view_all' },
    subscribe: (_root, _args, context) =>
      openNews(context, 'periodCloseChanged', (viewer) => may(viewer.actor, 'allocation.view_all')),
    resolve: (news) => news,
  }),
);

builder.subscriptionField('distributionChanged', (t) =>
  t.field({
    type: DistributionChange,
    description: 'A distribution was approved, scheduled, paid or voided.',
    authScopes: { act: 'distribution.view_all' },
    subscribe: (_root, _args, context) =>
      openNews(context, 'distributionChanged', (viewer) => may(viewer.actor, 'distribution.view_all')),
    resolve: (news) => news,
  }),
);
