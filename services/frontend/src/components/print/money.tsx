// Amounts as printed. The API sends text in major units; nothing here computes with it.
import { useFormat } from '../../lib/language/use-format.ts';

/** An amount in a table or list: no currency sign, true minus. */
export function Money({ value, signed }: { value: string; signed?: boolean }) {
  const { moneyText } = useFormat();
  return <>{moneyText(value, { ...(signed ? { signed } : {}) })}</>;
}

type FigureProps = {
  value: string;
  currency: string;
  size?: 'hero' | 'figure';
  tone?: 'ink' | 'pen' | 'draft';
  /** A double rule under a figure that is final. */
  final?: boolean;
};

const toneClass = { ink: 'text-ink', pen: 'text-pen', draft: 'text-pencil dash-rule' };

/** The figure of a screen or a section. Cents are lighter when it is ink: the eye reads the units first. */
export function Figure({ value, currency, size = 'figure', tone = 'ink', final }: FigureProps) {
  const { moneyParts, currencySymbol } = useFormat();
  const { negative, whole, cents, point } = moneyParts(value);
  const sizeClass =
    size === 'hero' ? 'text-[44px]/[1.05] desk:text-[60px]/[1] font-serif tracking-[-0.015em]' : 't-figure';
  const classes = [
    sizeClass,
    toneClass[tone],
    'inline-block whitespace-nowrap',
    final ? 'double-rule pb-1' : '',
  ];
  return (
    <span className={classes.join(' ')}>
      {negative ? '\u2212' : ''}
      {currencySymbol(currency)}
      {whole}
      {cents ? (
        <span className={tone === 'ink' ? 'text-ink-2' : ''}>
          {point}
          {cents}
        </span>
      ) : null}
    </span>
  );
}
