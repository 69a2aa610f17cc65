// A member's own share of a period: every figure of it, down to the contributions, and nobody else's.
import type { LineDetail, MemberAllocationView } from '@habitat/agreements';
import { getMemberAllocation, listStatements, verifyAllocation } from '@habitat/agreements';
import { toDecimalString } from '@habitat/kernel';
import { listPeriods } from '@habitat/treasury';
import { builder } from '../../builder.ts';
import type { ApiContext } from '../../context.ts';
import { PeriodRef } from '../../treasury/period.ref.ts';
import { DistributionLineRef, paymentKey, paymentLoader } from '../distribution/distribution.ref.ts';
import { GivenCategoryRef } from './given-category.ts';
import type { Check, Fact, SignedBy } from '../shared.ts';
import { AgreementSignatureRef, CheckRef, FactRef, ShareFractionRef } from '../shared.ts';
import { formulaText, grouped, percentOfRate, thresholdText } from '../words.ts';

const RoundingRef = builder.objectRef<MemberAllocationView>('RoundingFacts').implement({
  description: 'How the cents left over by rounding down were given out.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    unitsLeft: t.int({
      description: 'Cents left when everyone was rounded down.',
      resolve: ({ allocation }) => allocation.summary.extraUnits,
    }),
    tiedWith: t.exposeInt('tiedWith', { description: 'How many others had the same fraction at the cut.' }),
    remainder: t.string({
      nullable: true,
      description: 'Your cut-off fraction of a cent, three digits.',
      resolve: ({ line }) => toDecimalString(fractionOf(line.detail.remainder), 3),
    }),
    reason: t.string({
      description: 'none, larger_remainder, tie_larger_share, tie_id or residual_to_largest.',
      resolve: ({ line }) => line.detail.extraReason,
    }),
  }),
});

function fractionOf({
  numerator,
  denominator,
}: {
  readonly numerator: string;
  readonly denominator: string;
}) {
  return { numerator: BigInt(numerator), denominator: BigInt(denominator) };
}

function agreedFacts({ allocation }: MemberAllocationView, context: ApiContext): Fact[] {
  const { summary } = allocation;
  const { say } = context.words;
  return [
    { label: say('terms.formula'), value: formulaText(summary.formula, context) },
    { label: say('terms.weights'), value: say('terms.version', { version: String(summary.weightsVersion) }) },
    { label: say('terms.threshold'), value: thresholdText(summary.threshold, context) },
    {
      label: say('terms.cap'),
      value: summary.maximumShare === null ? say('terms.noCap') : percentOfRate(summary.maximumShare),
    },
    {
      label: say('terms.rounding'),
      value: say(
        summary.rounding === 'largest_remainder'
          ? 'rounding.largest_remainder'
          : 'rounding.residual_to_largest',
      ),
    },
  ];
}

/** Above this many contributions a record is run again only where it is asked for by name. */
const RERUN_UP_TO = 5_000;

async function checksOf(view: MemberAllocationView, context: ApiContext): Promise<Check[]> {
  const { allocation } = view;
  const { say } = context.words;
  const allocated = BigInt(allocation.summary.allocatedMinor);
  const checks: Check[] = [
    {
      ok: allocated - allocation.unborneMinor === allocation.allocableMinor,
      text: say('proof.addsUp', { total: grouped(context.money(allocated)) }),
    },
  ];
  if (allocation.summary.counted.contributions <= RERUN_UP_TO) {
    const found = await verifyAllocation(context.database, context.cooperativeId(), allocation.id);
    checks.push({ ok: found?.sameBytes === true, text: say('proof.rerun') });
  }
  checks.push({ ok: allocation.outcome === 'approved', text: say('proof.signed') });
  return checks;
}

/** The statement that belongs to a final share; it also knows the capital after it. */
async function statementFor(view: MemberAllocationView, context: ApiContext) {
  const mine = await listStatements(context.database, context.cooperativeId(), view.line.memberId);
  return mine.find((one) => one.periodId === view.period.id && !one.superseded) ?? null;
}

function signaturesOf(one: MemberAllocationView['allocation']): SignedBy[] {
  return [
    { memberId: one.byMemberId, at: one.recordedAt, role: 'proposer' },
    ...(one.outcome === 'approved' && one.decidedAt !== null
      ? [{ memberId: one.decidedByMemberId, at: one.decidedAt, role: 'approver' }]
      : []),
  ];
}

export const MyAllocationRef = builder.objectRef<MemberAllocationView>('MyAllocation').implement({
  description: 'Your share of a period’s surplus and how it came out.',
  authScopes: { act: 'allocation.view_own' },
  fields: (t) => ({
    period: t.field({ type: PeriodRef, description: 'The period.', resolve: ({ period }) => period.id }),
    final: t.exposeBoolean('final', { description: 'True once it stands in the ledger.' }),
    finalOn: t.field({
      type: 'LocalDate',
      nullable: true,
      description: 'The day it reached the ledger.',
      resolve: ({ allocation, final }) =>
        final ? (allocation.creditedAt?.toISOString().slice(0, 10) ?? null) : null,
    }),
    categories: t.field({
      type: [GivenCategoryRef],
      description: 'What you gave, by kind.',
      resolve: ({ line }) =>
        line.detail.categories.map((one) => ({ ...one, count: one.contributionIds.length })),
    }),
    total: t.field({
      type: 'Decimal',
      description: 'Your weighted total.',
      resolve: ({ line }) => line.detail.weightedTotal,
    }),
    everyoneTotal: t.field({
      type: 'Decimal',
      description: 'Everyone’s weighted total.',
      resolve: ({ allocation }) => allocation.summary.weightedTotal,
    }),
    share: t.field({
      type: ShareFractionRef,
      description: 'Your exact share.',
      resolve: ({ line }) => line.detail.share,
    }),
    percent: t.field({
      type: 'Decimal',
      description: 'The share for reading.',
      resolve: ({ line }) => line.detail.percent,
    }),
  }),
});

builder.objectFields(MyAllocationRef, (t) => {
  const money = (description: string, pick: (view: MemberAllocationView) => bigint) =>
    t.field({ type: 'Money', description, resolve: (view, _args, context) => context.money(pick(view)) });
  return {
    surplus: money('The surplus shared.', ({ allocation }) => allocation.allocableMinor),
    exact: t.string({
      description: 'Your share before rounding, in major units with five more digits.',
      resolve: ({ line }, _args, context) => exactText(line.detail, context),
    }),
    floor: money('Rounded down.', ({ line }) => BigInt(line.detail.floorMinor)),
    extraUnit: t.boolean({
      description: 'True when one of the cents left over is yours.',
      resolve: ({ line }) => line.detail.extraMinor !== '0',
    }),
    rounding: t.field({
      type: RoundingRef,
      description: 'How cents were given out.',
      resolve: (view) => view,
    }),
    allocation: money('Your share.', ({ line }) => line.bookMinor),
    tax: money('Your share in tax basis.', ({ line }) => line.taxMinor),
    cash: money('The part paid in cash.', ({ line }) => line.cashMinor),
    retained: money('The part left in.', ({ line }) => line.retainedMinor),
    cashRate: t.field({
      type: 'Decimal',
      description: 'The part of a share paid in cash.',
      resolve: ({ allocation }) => allocation.summary.cashRate,
    }),
    capitalAfter: t.field({
      type: 'Money',
      nullable: true,
      description: 'Your book capital at the end of the period; null while it is not final.',
      resolve: async (view, _args, context) => {
        const statement = await statementFor(view, context);
        return statement === null
          ? null
          : context.money(BigInt(statement.document.capital.closing.bookMinor));
      },
    }),
    statementId: t.globalID({
      nullable: true,
      description: 'Your statement of the period.',
      resolve: async (view, _args, context) => {
        const statement = await statementFor(view, context);
        return statement === null ? null : { type: 'Statement', id: statement.id };
      },
    }),
    policies: t.field({
      type: [FactRef],
      description: 'What was agreed before anybody knew the result.',
      resolve: (view, _args, context) => agreedFacts(view, context),
    }),
    checks: t.field({
      type: [CheckRef],
      description: 'What was checked.',
      resolve: (view, _args, context) => checksOf(view, context),
    }),
    recordHash: t.string({
      nullable: true,
      description: 'SHA-256 of the record.',
      resolve: ({ allocation }) => allocation.recordHash,
    }),
    signatures: t.field({
      type: [AgreementSignatureRef],
      description: 'Who proposed and who approved it.',
      resolve: ({ allocation }) => signaturesOf(allocation),
    }),
  };
});

builder.objectField(MyAllocationRef, 'payment', (t) =>
  t.field({
    type: DistributionLineRef,
    nullable: true,
    description: 'What pays its cash part; null while nothing is calculated.',
    resolve: ({ line, period }, _args, context) =>
      paymentLoader(context).load(paymentKey(line.memberId, period.id)),
  }),
);

function exactText(detail: LineDetail, context: ApiContext): string {
  const digits = context.signedIn().cooperative.currencyDigits;
  const { numerator, denominator } = fractionOf(detail.exactMinor);
  return toDecimalString({ numerator, denominator: denominator * 10n ** BigInt(digits) }, digits + 5);
}

async function lastClosedPeriod(context: ApiContext): Promise<string | null> {
  const periods = await listPeriods(context.database, context.cooperativeId());
  const closed = periods.filter(({ status }) => status === 'closed' || status === 'locked');
  return closed.toSorted((a, b) => (a.endsOn < b.endsOn ? 1 : -1))[0]?.id ?? null;
}

builder.queryField('myAllocation', (t) =>
  t.field({
    type: MyAllocationRef,
    nullable: true,
    description: 'Your own share of a period, once one is proposed; null before.',
    authScopes: { act: 'allocation.view_own' },
    args: { periodId: t.arg.globalID({ description: 'The period; the last one closed when left out.' }) },
    resolve: async (_root, args, context) => {
      const { memberId } = context.signedIn().actor;
      const periodId = args.periodId?.id ?? (await lastClosedPeriod(context));
      if (memberId === null || periodId === null) return null;
      return getMemberAllocation(context.database, context.cooperativeId(), { periodId, memberId });
    },
  }),
);
