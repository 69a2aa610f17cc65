'use client';
// The lines of a journal entry as they are typed. An account is found by its code or name in the browser's own list.
import { useTranslations } from 'next-intl';
import { Button } from '../../../components/control/button.tsx';
import { FieldFault, fieldAria } from '../../../components/control/field.tsx';
import type { PostDraft, PostLine } from './post-draft.ts';
import { emptyLine } from './post-draft.ts';
import { Icon } from '../../../components/icon.tsx';

type PostLinesProps = {
  draft: PostDraft;
  change: (part: Partial<PostDraft>) => void;
  at: (field: string) => string | undefined;
};

const bookParts = ['debit', 'credit'] as const;
const taxParts = ['taxDebit', 'taxCredit'] as const;

export function PostLines({ draft, change, at }: PostLinesProps) {
  const t = useTranslations('posting');
  const { lines, ownTax } = draft;
  const set = (index: number, part: Partial<PostLine>) =>
    change({ lines: lines.map((line, place) => (place === index ? { ...line, ...part } : line)) });
  const amounts = ownTax ? [...bookParts, ...taxParts] : bookParts;
  return (
    <fieldset className="min-w-0">
      <legend className="t-strong mb-2">{t('lines')}</legend>
      <ul className="grid gap-3">
        {lines.map((line, index) => (
          <li key={index} className={ownTax ? 'post-line post-line-tax' : 'post-line'}>
            <input type="hidden" name="line" value={index} />
            <div className="post-account min-w-0">
              <input
                {...fieldAria(`account.${index}`, at(`account.${index}`))}
                name={`account.${index}`}
                aria-label={t('accountOf', { number: index + 1 })}
                placeholder={t('account')}
                list="leaf-accounts"
                autoComplete="off"
                value={line.account}
                onChange={(event) => set(index, { account: event.target.value })}
                className="field"
              />
              <LineFault id={`account.${index}`} text={at(`account.${index}`)} />
            </div>
            {amounts.map((part) => (
              <div key={part} className="min-w-0">
                <input
                  {...fieldAria(`${part}.${index}`, at(`${part}.${index}`))}
                  name={`${part}.${index}`}
                  aria-label={t(`${part}Of`, { number: index + 1 })}
                  placeholder={t(part)}
                  inputMode="decimal"
                  autoComplete="off"
                  value={line[part]}
                  onChange={(event) => set(index, { [part]: event.target.value })}
                  className={`field text-right ${part.startsWith('tax') ? 'text-tax' : ''}`}
                />
                <LineFault id={`${part}.${index}`} text={at(`${part}.${index}`)} />
              </div>
            ))}
            <Button
              tone="quiet"
              icon={<Icon name="cross" />}
              className="needs-script !min-h-11 !px-3"
              disabled={lines.length <= 2}
              aria-label={t('removeLine', { number: index + 1 })}
              onClick={() => change({ lines: lines.filter((_, place) => place !== index) })}
            >
              {null}
            </Button>
          </li>
        ))}
      </ul>
      <Button
        icon={<Icon name="plus" />}
        className="needs-script mt-3"
        disabled={lines.length >= 200}
        onClick={() => change({ lines: [...lines, emptyLine] })}
      >
        {t('addLine')}
      </Button>
    </fieldset>
  );
}

function LineFault({ id, text }: { id: string; text: string | undefined }) {
  return text ? <FieldFault id={id} text={text} /> : null;
}
