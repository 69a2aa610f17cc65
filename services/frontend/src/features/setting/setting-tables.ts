// The tables of the settings as files: what is in force and every version of it, with who set it and why.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import { ask } from '../../lib/api/request.ts';
import type { CsvCell, CsvRow } from '../../lib/csv.ts';
import type { CsvReport } from '../../lib/csv-table.ts';
import { exact, made, refused } from '../../lib/csv-table.ts';
import { isKind } from '../contribution/kind.ts';
import {
  approvalDocument,
  classesDocument,
  contributionPolicyDocument,
  ratesDocument,
} from './policy/policy.documents.ts';
import type { Version } from './provenance.tsx';
import { isFounding } from './provenance.tsx';
import { agreementsDocument, weightsDocument } from './terms/terms.documents.ts';
import { stateOf } from './version-history.tsx';

const words = () => getTranslations('settings');
type Words = Awaited<ReturnType<typeof words>>;

const nameOf = (person: { displayName: string } | null | undefined) => person?.displayName ?? null;
const dayOf = (date: string | null) => (isFounding(date) ? null : date);

const headerOf = (t: Words, columns: readonly string[] = []) => [
  t('history.version'),
  t('history.from'),
  ...columns,
  t('history.state'),
  t('form.why'),
  ...(['setBy', 'setAt', 'decidedBy', 'decidedAt', 'reason'] as const).map((one) => t(`file.${one}`)),
];

/** A line of a version, as long as `headerOf` has columns. */
function lineOf<One extends Version>(
  t: Words,
  version: One,
  { inForce, today, columns = [] }: { inForce: number; today: string; columns?: readonly CsvCell[] },
): CsvRow {
  return [
    version.version,
    dayOf(version.effectiveOn),
    ...columns,
    t(`file.state.${stateOf(version, inForce, today)}`),
    version.rationale,
    nameOf(version.setBy),
    version.setAt,
    nameOf(version.decidedBy),
    version.decidedAt ?? null,
    version.decisionReason ?? null,
  ];
}

export const weights: CsvReport = async () => {
  const t = await words();
  const answer = await ask(weightsDocument, {});
  if (!answer.ok) return refused(answer);
  const { cooperative, policies } = answer.data;
  const inForce = answer.data.weights.find(({ id }) => id === policies.weights.id)?.version ?? 0;
  const rows = answer.data.weights.flatMap((version) =>
    version.weights.map(({ category, weight }) =>
      lineOf(t, version, { inForce, today: cooperative.today, columns: [category, exact(weight)] }),
    ),
  );
  return made(['weights', cooperative.today], headerOf(t, [t('form.category'), t('form.weight')]), rows);
};

export const allocation: CsvReport = async () => {
  const t = await words();
  const answer = await ask(agreementsDocument, {});
  if (!answer.ok) return refused(answer);
  const { cooperative, policies, agreementPolicyVersions: versions } = answer.data;
  const inForce = versions.find(({ id }) => id === policies.id)?.version ?? 0;
  const rows = versions.map((one) => {
    const columns = [
      one.formula,
      exact(one.maximumShare),
      exact(one.cashRate),
      exact(one.cashReserve),
      one.rounding,
      one.surplusLines
        .map(({ label, amount, fraction }) => `${label} ${amount ?? fraction ?? ''}`)
        .join('; '),
    ];
    return lineOf(t, one, { inForce, today: cooperative.today, columns });
  });
  const named = ['formula', 'cap', 'cashRate', 'reserve', 'rounding', 'lines'] as const;
  return made(
    ['allocation', cooperative.today],
    headerOf(
      t,
      named.map((one) => t(`allocation.${one}`)),
    ),
    rows,
  );
};

export const rates: CsvReport = async () => {
  const t = await words();
  const kinds = await getTranslations('kind');
  const answer = await ask(ratesDocument, {});
  if (!answer.ok) return refused(answer);
  const { cooperative, valuationRules } = answer.data;
  const named = ['kind', 'category', 'member', 'method', 'rate', 'fixed', 'formula'] as const;
  const rows = valuationRules.map((rule) => [
    rule.version,
    dayOf(rule.effectiveFrom),
    isKind(rule.kind) ? kinds(rule.kind) : rule.kind,
    rule.category ?? t('rates.everyCategory'),
    nameOf(rule.member) ?? t('rates.everyMember'),
    rule.method,
    exact(rule.rate),
    exact(rule.fixedValue),
    rule.expression,
    rule.rationale,
    nameOf(rule.setBy),
    rule.setAt,
  ]);
  const header = [
    t('history.version'),
    t('history.from'),
    ...named.map((one) => t(`rates.${one}`)),
    t('form.why'),
    t('file.setBy'),
    t('file.setAt'),
  ];
  return made(['rates', cooperative.today], header, rows);
};

type Place = { today: string };
const history = (t: Words, name: string, versions: readonly Version[], inForce: number, { today }: Place) =>
  made(
    [name, today],
    headerOf(t),
    versions.map((version) => lineOf(t, version, { inForce, today })),
  );

export const approval: CsvReport = async () => {
  const answer = await ask(approvalDocument, {});
  if (!answer.ok) return refused(answer);
  const { approvalPolicy, policyVersions, cooperative } = answer.data;
  return history(await words(), 'approval', policyVersions, approvalPolicy.version, cooperative);
};

export const contributionVersions: CsvReport = async () => {
  const answer = await ask(contributionPolicyDocument, {});
  if (!answer.ok) return refused(answer);
  const { contributionPolicy, policyVersions, cooperative } = answer.data;
  return history(await words(), 'contributions', policyVersions, contributionPolicy.version, cooperative);
};

/** What each kind does, as in force. */
export const contributions: CsvReport = async () => {
  const t = await getTranslations('settings.contributions');
  const kinds = await getTranslations('kind');
  const answer = await ask(contributionPolicyDocument, {});
  if (!answer.ok) return refused(answer);
  const { contributionPolicy, cooperative } = answer.data;
  const rows = contributionPolicy.kinds.map(({ kind, treatment, patronageCategory }) => [
    isKind(kind) ? kinds(kind) : kind,
    t(`treatment.${treatment}`),
    patronageCategory,
  ]);
  return made(['kinds', cooperative.today], [t('kind'), t('does'), t('counts')], rows);
};

export const classVersions: CsvReport = async () => {
  const answer = await ask(classesDocument, {});
  if (!answer.ok) return refused(answer);
  const { policyVersions, cooperative } = answer.data;
  return history(
    await words(),
    'class-changes',
    policyVersions,
    policyVersions[0]?.version ?? 0,
    cooperative,
  );
};

/** Classes of membership; how many are of each only for whoever sees all members. */
export const classes: CsvReport = async () => {
  const t = await getTranslations('settings.classes');
  const answer = await ask(classesDocument, {});
  if (!answer.ok) return refused(answer);
  const rows = answer.data.memberClasses.map(({ name, retired, members }) => [
    name,
    t(retired ? 'retired' : 'open'),
    members,
  ]);
  return made(['classes', answer.data.cooperative.today], [t('name'), t('state'), t('members')], rows);
};
