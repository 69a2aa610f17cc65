// The steps of a member's capital as a table, newest first: when, why, by how much and where it stood after.
import { useTranslations } from 'next-intl';
import { Opens } from '../../../components/print/opens.tsx';
import { Table } from '../../../components/print/table.tsx';
import { differenceOf } from '../../../lib/amount.ts';
import { useFormat } from '../../../lib/language/use-format.ts';
import { capitalHref } from '../journal/journal-search.ts';
import type { OneCapital } from './member-capital.documents.ts';

type Steps = OneCapital['capitalHistory'];

/** Each step with what it changed: its standing less the standing before it. */
export function changesOf(steps: Steps) {
  return steps.map((step, index) => {
    const before = steps[index - 1];
    return {
      ...step,
      change: before ? differenceOf(step.book, before.book) : step.book,
      taxChange: before ? differenceOf(step.tax, before.tax) : step.tax,
    };
  });
}

type CapitalStepsProps = {
  steps: Steps;
  name: string;
  /** Whose steps they are, where each leads to its entries; null for who may not look into the journal. */
  memberId: string | null;
};

export function CapitalSteps({ steps, name, memberId }: CapitalStepsProps) {
  const t = useTranslations('treasury');
  const { dateLong } = useFormat();
  return (
    <Table
      caption={name}
      rows={changesOf(steps).toReversed()}
      keyOf={({ on }, index) => `${on}-${index}`}
      scroll
      className="min-w-[560px]"
      columns={[
        { head: t('day'), text: ({ on }) => dateLong(on), tone: 'whitespace-nowrap text-ink-2' },
        {
          head: t('what'),
          name: ({ label, cause, on }) => (
            <Opens href={memberId && capitalHref(memberId, { cause, from: on, to: on })}>{label}</Opens>
          ),
        },
        { head: t('change'), money: ({ change }) => change, signed: true },
        { head: t('book'), money: ({ book }) => book },
        { head: t('tax'), money: ({ tax }) => tax, tax: true, lined: true },
      ]}
    />
  );
}
