// The lines taken off the surplus, as rows: those in force and two more to fill in. A line keeps its short name, so that
// its history can be followed.
import { useTranslations } from 'next-intl';
import { CellField, CellSelect } from '../../../components/control/cell-field.tsx';
import { percentOf } from '../../../lib/percent.ts';
import type { Agreement } from './terms.documents.ts';

const kinds = [
  'reserve',
  'reserve:indivisible',
  'non_member_income',
  'non_member_income:taxed_apart',
  'return_on_share_capital',
] as const;
const parts = ['net_income', 'member_income', 'remaining', 'capital', 'fixed'] as const;

type Line = Agreement['surplusLines'][number];

const kindOf = (line: Line | null) =>
  line
    ? `${line.kind}${line.indivisible ? ':indivisible' : line.taxedApart ? ':taxed_apart' : ''}`
    : 'reserve';

export function SurplusRows({ agreement }: { agreement: Agreement }) {
  const t = useTranslations('settings.allocation');
  const lines: (Line | null)[] = [...agreement.surplusLines, null, null];
  return (
    <fieldset>
      <legend className="t-strong">{t('lines')}</legend>
      <p className="t-small mb-2 text-ink-2">{t('rowHint')}</p>
      <div className="grid gap-4">
        {lines.map((line, index) => {
          const name = (column: string) => `surplusLines.${index}.${column}`;
          const label = (field: 'name' | 'kind' | 'amount' | 'ofField' | 'account') =>
            t('row', { row: index + 1, field: t(field) });
          return (
            <div
              key={line?.lineId ?? index}
              className="grid gap-2.5 border-b border-rule pb-4 desk:grid-cols-[1.4fr_1.5fr_110px_1.2fr_100px]"
            >
              <input type="hidden" name={name('lineId')} value={line?.lineId ?? ''} />
              <CellField
                name={name('label')}
                label={label('name')}
                placeholder={t('name')}
                value={line?.label ?? ''}
              />
              <CellSelect
                name={name('kind')}
                label={label('kind')}
                value={kindOf(line)}
                choices={kinds.map((value) => ({ value, label: t(`lineKinds.${value}`) }))}
              />
              <CellField
                name={name('amount')}
                label={label('amount')}
                placeholder={t('amount')}
                value={line ? (line.amount ?? percentOf(line.fraction)) : ''}
                inputMode="decimal"
              />
              <CellSelect
                name={name('of')}
                label={label('ofField')}
                value={line ? (line.amount ? 'fixed' : (line.of ?? 'net_income')) : 'net_income'}
                choices={parts.map((value) => ({ value, label: t(`of.${value}`) }))}
              />
              <CellField
                name={name('accountCode')}
                label={label('account')}
                placeholder="3330"
                value={line?.accountCode ?? ''}
              />
            </div>
          );
        })}
      </div>
    </fieldset>
  );
}
