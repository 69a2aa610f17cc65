// A member's statement of a closed period, as data: what they gave, how the share came out, what they get, their
// capital from opening to closing and what it means for taxes. It never holds another member's figure.
import type { TaxRegime } from '@habitat/events';
import { addDecimal, formatDecimal, normalizeDecimal, parseDecimal, sum } from '@habitat/kernel';
import type { Decimal } from '@habitat/kernel';
import { taxDates, yearOf } from '../allocation/allocation.ts';
import type { LineDetail } from '../allocation/allocation.ts';

export interface BasesText {
  readonly bookMinor: string;
  readonly taxMinor: string;
}

/** One kind of giving. Weight and what it counts are null where it is capital without patronage. */
export interface Gave {
  readonly category: string;
  readonly valueMinor: string;
  readonly hours: string;
  readonly count: number;
  readonly weight: string | null;
  readonly counts: string | null;
}

/** Amounts are decimal strings of minor units; weighted totals and hours are exact decimals. */
export interface StatementDocument {
  readonly format: 'habitat.member-statement/1';
  readonly cooperative: { readonly name: string; readonly currency: string; readonly digits: number };
  readonly member: { readonly id: string; readonly number: number; readonly since: string };
  readonly period: {
    readonly id: string;
    readonly name: string;
    readonly startsOn: string;
    readonly endsOn: string;
  };
  readonly preparedOn: string;
  readonly headline: { readonly gaveMinor: string; readonly shareMinor: string };
  readonly gave: readonly Gave[];
  readonly share: {
    readonly yourTotal: string;
    readonly everyoneTotal: string;
    readonly percent: string;
    readonly fraction: { readonly numerator: string; readonly denominator: string };
    readonly surplusMinor: string;
    readonly shareMinor: string;
    readonly participation: string;
  };
  readonly capital: {
    readonly opening: BasesText;
    readonly changes: readonly (BasesText & { readonly cause: string })[];
    readonly closing: BasesText;
  };
  readonly get: { readonly cashRate: string; readonly cashMinor: string; readonly retainedMinor: string };
  readonly taxes: {
    readonly regime: TaxRegime;
    readonly year: number;
    readonly form: 'schedule_k1' | '1099_patr';
    readonly formDueOn: string;
    /** Subchapter T: by when a qualified notice's cash must be paid; null under subchapter K. */
    readonly paymentDueOn: string | null;
    readonly taxShareMinor: string;
  };
  /** The member's share in this and up to six periods before, earliest first. */
  readonly lastPeriods: readonly {
    readonly periodId: string;
    readonly name: string;
    readonly shareMinor: string;
  }[];
  readonly terms: {
    readonly formula: string;
    readonly weightsVersion: number;
    readonly policiesVersion: number;
  };
  readonly recordHash: string;
}

export interface StatementFacts {
  readonly cooperative: {
    readonly name: string;
    readonly currency: string;
    readonly digits: number;
    readonly taxRegime: TaxRegime;
    readonly fiscalStartMonth: number;
  };
  readonly member: { readonly id: string; readonly number: number; readonly joinedOn: string };
  readonly period: StatementDocument['period'];
  readonly preparedOn: string;
  readonly line: {
    readonly bookMinor: bigint;
    readonly taxMinor: bigint;
    readonly cashMinor: bigint;
    readonly retainedMinor: bigint;
    readonly detail: LineDetail;
  } | null;
  /** Applied contributions that have no weight: capital only. */
  readonly unweighted: readonly {
    readonly category: string;
    readonly valueMinor: bigint;
    readonly hours: string;
    readonly count: number;
  }[];
  readonly capital: StatementDocument['capital'];
  readonly earlier: StatementDocument['lastPeriods'];
  readonly allocation: {
    readonly everyoneTotal: string;
    readonly surplusMinor: bigint;
    readonly cashRate: string;
    readonly formula: string;
    readonly weightsVersion: number;
    readonly policiesVersion: number;
    readonly recordHash: string;
  };
}

function exact(text: string): Decimal {
  const parsed = parseDecimal(text);
  if (!parsed.ok) throw new Error(`"${text}" is not a decimal`);
  return parsed.value;
}

/** "6.50" and "6.5" are one number and shall be one text. */
function tidy(text: string): string {
  return formatDecimal(normalizeDecimal(exact(text)));
}

function gaveOf(facts: StatementFacts): Gave[] {
  const weighted = (facts.line?.detail.categories ?? []).map((one) => ({
    category: one.category,
    valueMinor: one.valueMinor,
    hours: tidy(one.hours),
    count: one.contributionIds.length,
    weight: one.factor,
    counts: one.factor === null ? null : tidy(one.counts),
  }));
  const plain = facts.unweighted.map((one) => ({
    category: one.category,
    valueMinor: one.valueMinor.toString(),
    hours: tidy(one.hours),
    count: one.count,
    weight: null,
    counts: null,
  }));
  return [...weighted, ...plain];
}

/** Puts a statement together; every figure comes from the facts, none is looked up later. */
export function statementDocument(facts: StatementFacts): StatementDocument {
  const { line, allocation, cooperative, period } = facts;
  const gave = gaveOf(facts);
  const year = yearOf(period.endsOn, cooperative.fiscalStartMonth);
  const shareMinor = (line?.bookMinor ?? 0n).toString();
  return {
    format: 'habitat.member-statement/1',
    cooperative: { name: cooperative.name, currency: cooperative.currency, digits: cooperative.digits },
    member: { id: facts.member.id, number: facts.member.number, since: facts.member.joinedOn },
    period,
    preparedOn: facts.preparedOn,
    headline: { gaveMinor: sum(gave.map((one) => BigInt(one.valueMinor))).toString(), shareMinor },
    gave,
    share: {
      yourTotal: tidy(line?.detail.weightedTotal ?? '0'),
      everyoneTotal: tidy(allocation.everyoneTotal),
      percent: line?.detail.percent ?? '0.0000',
      fraction: line?.detail.share ?? { numerator: '0', denominator: '1' },
      surplusMinor: allocation.surplusMinor.toString(),
      shareMinor,
      participation: line?.detail.participation ?? 'not_eligible',
    },
    capital: facts.capital,
    get: {
      cashRate: allocation.cashRate,
      cashMinor: (line?.cashMinor ?? 0n).toString(),
      retainedMinor: (line?.retainedMinor ?? 0n).toString(),
    },
    taxes: {
      regime: cooperative.taxRegime,
      year,
      form: cooperative.taxRegime === 'subchapter_k' ? 'schedule_k1' : '1099_patr',
      ...taxDates(cooperative.taxRegime, year, cooperative.fiscalStartMonth),
      taxShareMinor: (line?.taxMinor ?? 0n).toString(),
    },
    lastPeriods: [...facts.earlier, { periodId: period.id, name: period.name, shareMinor }],
    terms: {
      formula: allocation.formula,
      weightsVersion: allocation.weightsVersion,
      policiesVersion: allocation.policiesVersion,
    },
    recordHash: allocation.recordHash,
  };
}

/** The pencil check of a statement: opening and changes give closing, cash and retained give the share. */
export function statementAddsUp(document: StatementDocument): boolean {
  const { opening, changes, closing } = document.capital;
  const adds = (basis: 'bookMinor' | 'taxMinor') =>
    sum([opening, ...changes].map((one) => BigInt(one[basis]))) === BigInt(closing[basis]);
  const { cashMinor, retainedMinor } = document.get;
  const counted = document.gave.reduce(
    (running, one) => addDecimal(running, exact(one.counts ?? '0')),
    exact('0'),
  );
  const weighed =
    document.terms.formula === 'equal' ||
    formatDecimal(normalizeDecimal(counted)) === document.share.yourTotal;
  return (
    adds('bookMinor') &&
    adds('taxMinor') &&
    BigInt(cashMinor) + BigInt(retainedMinor) === BigInt(document.share.shareMinor) &&
    weighed
  );
}
