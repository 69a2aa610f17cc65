// Member statements. A member reads their own; allocator and auditor read all.
import type { StatementDocument, StoredStatement } from '@habitat/agreements';
import { getStatement, listStatements } from '@habitat/agreements';
import { may } from '@habitat/kernel';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { MemberRef } from '../../people/member.ref.ts';
import { PeriodRef } from '../../treasury/period.ref.ts';
import { DistributionLineRef, paymentKey, paymentLoader } from '../distribution/distribution.ref.ts';
import { ShareFractionRef, wantedMember } from '../shared.ts';
import { causeText, formulaText, taxText } from '../words.ts';

const ownOrAll = (statement: StoredStatement) => ({
  self: statement.memberId,
  act: 'statement.view_all' as const,
});

const ClosingRef = builder.objectRef<StatementDocument['capital']['closing']>('StatementClosing').implement({
  description: 'Capital at a close, in both bases.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    book: t.field({
      type: 'Money',
      description: 'Book capital.',
      resolve: ({ bookMinor }, _args, context) => context.money(BigInt(bookMinor)),
    }),
    tax: t.field({
      type: 'Money',
      description: 'Tax capital.',
      resolve: ({ taxMinor }, _args, context) => context.money(BigInt(taxMinor)),
    }),
  }),
});

const SummaryRef = builder.objectRef<StoredStatement>('StatementSummary').implement({
  description: 'A statement in a list.',
  authScopes: ownOrAll,
  fields: (t) => ({
    id: t.globalID({
      description: 'Opaque id of the statement.',
      resolve: ({ id }) => ({ type: 'Statement', id }),
    }),
    member: t.field({ type: MemberRef, description: 'Whose it is.', resolve: ({ memberId }) => memberId }),
    period: t.field({ type: PeriodRef, description: 'The period.', resolve: ({ periodId }) => periodId }),
    preparedOn: t.field({
      type: 'LocalDate',
      description: 'When it was made.',
      resolve: ({ document }) => document.preparedOn,
    }),
    allocation: t.field({
      type: 'Money',
      description: 'The share of the surplus.',
      resolve: ({ document }, _args, context) => context.money(BigInt(document.share.shareMinor)),
    }),
    percent: t.field({
      type: 'Decimal',
      description: 'Your part of everyone’s total, for reading.',
      resolve: ({ document }) => document.share.percent,
    }),
    closing: t.field({
      type: ClosingRef,
      description: 'Capital at the end of the period.',
      resolve: ({ document }) => document.capital.closing,
    }),
    superseded: t.exposeBoolean('superseded', {
      description: 'True when the period was opened again since.',
    }),
  }),
});

const GaveRef = builder.objectRef<StatementDocument['gave'][number]>('StatementGave').implement({
  description: 'What was given of one kind.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    category: t.exposeString('category', { description: 'The kind.' }),
    value: t.field({
      type: 'Money',
      description: 'What it is worth.',
      resolve: ({ valueMinor }, _args, context) => context.money(BigInt(valueMinor)),
    }),
    hours: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Hours behind it; null where there are none.',
      resolve: ({ hours }) => (hours === '0' ? null : hours),
    }),
    count: t.exposeInt('count', { description: 'Contributions behind it.' }),
    weight: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'Its weight.',
      resolve: ({ weight }) => weight,
    }),
    counts: t.field({
      type: 'Decimal',
      nullable: true,
      description: 'What it counts.',
      resolve: ({ counts }) => counts,
    }),
  }),
});

interface CapitalLine {
  readonly kind: string;
  readonly label: string;
  readonly on: string | null;
  readonly bookMinor: string;
  readonly taxMinor: string;
}

function capitalLines({ capital, period }: StatementDocument, context: ApiContext): CapitalLine[] {
  return [
    { kind: 'opening', label: context.words.say('capital.opening'), on: period.startsOn, ...capital.opening },
    ...capital.changes.map((change) => ({
      ...change,
      kind: change.cause,
      label: causeText(change.cause, context),
      on: null,
    })),
    { kind: 'closing', label: context.words.say('capital.closing'), on: period.endsOn, ...capital.closing },
  ];
}

const CapitalLineRef = builder.objectRef<CapitalLine>('StatementCapital').implement({
  description: 'A line of capital from opening to closing.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    kind: t.exposeString('kind', { description: 'opening, closing, or the cause of a change.' }),
    label: t.exposeString('label', { description: 'What it is, in words.' }),
    on: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'Its day, for opening and closing.',
      resolve: ({ on }) => on,
    }),
    book: t.field({
      type: 'Money',
      description: 'Book amount.',
      resolve: ({ bookMinor }, _args, context) => context.money(BigInt(bookMinor)),
    }),
    tax: t.field({
      type: 'Money',
      description: 'Tax-basis amount.',
      resolve: ({ taxMinor }, _args, context) => context.money(BigInt(taxMinor)),
    }),
  }),
});

const QuarterRef = builder.objectRef<StatementDocument['lastPeriods'][number]>('StatementQuarter').implement({
  description: 'The share of one of the last periods.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    period: t.field({ type: PeriodRef, description: 'The period.', resolve: ({ periodId }) => periodId }),
    allocation: t.field({
      type: 'Money',
      description: 'The share.',
      resolve: ({ shareMinor }, _args, context) => context.money(BigInt(shareMinor)),
    }),
  }),
});

const StatementRef = builder.objectRef<StoredStatement>('Statement').implement({
  description: 'A member’s statement of a closed period; it never shows another member’s figures.',
  authScopes: ownOrAll,
  fields: (t) => {
    const money = (description: string, pick: (document: StatementDocument) => string) =>
      t.field({
        type: 'Money',
        description,
        resolve: ({ document }, _args, context) => context.money(BigInt(pick(document))),
      });
    return {
      id: t.globalID({
        description: 'Opaque id of the statement.',
        resolve: ({ id }) => ({ type: 'Statement', id }),
      }),
      member: t.field({ type: MemberRef, description: 'Whose it is.', resolve: ({ memberId }) => memberId }),
      period: t.field({ type: PeriodRef, description: 'The period.', resolve: ({ periodId }) => periodId }),
      preparedOn: t.field({
        type: 'LocalDate',
        description: 'When it was made.',
        resolve: ({ document }) => document.preparedOn,
      }),
      superseded: t.exposeBoolean('superseded', {
        description: 'True when the period was opened again since.',
      }),
      gave: t.field({
        type: [GaveRef],
        description: 'What you gave.',
        resolve: ({ document }) => document.gave,
      }),
      gaveTotal: money('What all of it is worth.', ({ headline }) => headline.gaveMinor),
      gaveCounts: t.field({
        type: 'Decimal',
        description: 'Your weighted total.',
        resolve: ({ document }) => document.share.yourTotal,
      }),
      everyoneTotal: t.field({
        type: 'Decimal',
        description: 'Everyone’s weighted total.',
        resolve: ({ document }) => document.share.everyoneTotal,
      }),
      percent: t.field({
        type: 'Decimal',
        description: 'Your part in percent.',
        resolve: ({ document }) => document.share.percent,
      }),
      share: t.field({
        type: ShareFractionRef,
        description: 'Your exact part.',
        resolve: ({ document }) => document.share.fraction,
      }),
    };
  },
});

builder.objectFields(StatementRef, (t) => {
  const money = (description: string, pick: (document: StatementDocument) => string) =>
    t.field({
      type: 'Money',
      description,
      resolve: ({ document }, _args, context) => context.money(BigInt(pick(document))),
    });
  return {
    surplus: money('The surplus shared.', ({ share }) => share.surplusMinor),
    allocation: money('Your share.', ({ share }) => share.shareMinor),
    cash: money('The part paid in cash.', ({ get }) => get.cashMinor),
    retained: money('The part left in.', ({ get }) => get.retainedMinor),
    cashRate: t.field({
      type: 'Decimal',
      description: 'The part of a share paid in cash.',
      resolve: ({ document }) => document.get.cashRate,
    }),
    capital: t.field({
      type: [CapitalLineRef],
      description: 'Your capital from opening to closing.',
      resolve: ({ document }, _args, context) => capitalLines(document, context),
    }),
    taxNote: t.string({
      description: 'What it means for taxes.',
      resolve: ({ document }, _args, context) => taxText(document, context),
    }),
    lastQuarters: t.field({
      type: [QuarterRef],
      description: 'Your share in this and earlier periods, earliest first.',
      resolve: ({ document }) => document.lastPeriods,
    }),
    formula: t.string({
      description: 'The formula and the versions in force.',
      resolve: ({ document: { terms } }, _args, context) =>
        context.words.say('formula.withWeights', {
          formula: formulaText(terms.formula, context),
          version: String(terms.weightsVersion),
        }),
    }),
    payment: t.field({
      type: DistributionLineRef,
      nullable: true,
      description: 'What pays its cash part, as it stands now; null while nothing is calculated.',
      resolve: ({ memberId, periodId }, _args, context) =>
        paymentLoader(context).load(paymentKey(memberId, periodId)),
    }),
    recordHash: t.string({
      description: 'SHA-256 of the allocation’s record.',
      resolve: ({ document }) => document.recordHash,
    }),
    document: t.string({
      description: 'The whole statement as JSON.',
      resolve: ({ document }) => JSON.stringify(document),
    }),
  };
});

builder.queryField('statements', (t) =>
  t.field({
    type: [SummaryRef],
    description:
      'Statements of one member, newest first; your own when none is given. Superseded ones are left out.',
    authScopes: (_root, args, context) => ({
      self: wantedMember(args.memberId, context),
      act: 'statement.view_all',
    }),
    args: { memberId: t.arg.globalID({ description: 'Whose statements.' }) },
    resolve: async (_root, args, context) => {
      const memberId = wantedMember(args.memberId, context);
      if (memberId === null) return [];
      const found = await listStatements(await context.reports(), context.cooperativeId(), memberId);
      return found.filter(({ superseded }) => !superseded);
    },
  }),
);

builder.queryField('statement', (t) =>
  t.field({
    type: StatementRef,
    nullable: true,
    description: 'One statement; null for one that is not yours to see.',
    authScopes: { anyAct: ['statement.view_own', 'statement.view_all'] },
    args: { id: t.arg.globalID({ required: true, description: 'Its id.' }) },
    resolve: async (_root, args, context) => {
      const { actor } = context.signedIn();
      const found = await getStatement(context.database, context.cooperativeId(), args.id.id);
      const visible =
        found !== null && (found.memberId === actor.memberId || may(actor, 'statement.view_all'));
      return visible ? found : null;
    },
  }),
);
