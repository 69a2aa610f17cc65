'use client';
// The fields of an account: an IBAN, or the two numbers of a bank in the United States. Which of them are shown follows
// from the choice by style alone, so that it does without a script.
import { useTranslations } from 'next-intl';
import { ChoiceField } from '../../../components/control/field.tsx';
import { TextField } from '../../../components/control/page-field.tsx';
import { useEnding } from '../../../components/control/form-outcome.tsx';

export type AccountKind = 'iban' | 'us';

const kinds: readonly AccountKind[] = ['iban', 'us'];
const MOST = 140;

export function AccountFields({ kind }: { kind: AccountKind }) {
  const t = useTranslations('payout');
  return (
    <div className="group/account grid gap-5">
      <KindChoice kind={kind} />
      <TextField
        name="holder"
        label={t('holder')}
        hint={t('holderHint')}
        autoComplete="name"
        maxLength={MOST}
        required
      />
      <div className="group-has-[[value=us]:checked]/account:hidden">
        <TextField name="iban" label={t('iban')} hint={t('ibanHint')} maxLength={60} unkept />
      </div>
      <div className="grid gap-5 group-has-[[value=iban]:checked]/account:hidden desk:grid-cols-2">
        <TextField name="routingNumber" label={t('routing')} hint={t('routingHint')} maxLength={20} unkept />
        <TextField name="accountNumber" label={t('number')} hint={t('numberHint')} maxLength={40} unkept />
      </div>
      <TextField name="bankName" label={t('bankName')} hint={t('bankNameHint')} maxLength={MOST} />
    </div>
  );
}

function KindChoice({ kind }: { kind: AccountKind }) {
  const t = useTranslations('payout');
  const { id, typed } = useEnding('kind');
  return (
    <ChoiceField id={id} label={t('kind')}>
      {kinds.map((one) => (
        <label key={one} className="t-ui flex min-h-9 items-center gap-3 py-1.5">
          <input
            type="radio"
            name="kind"
            value={one}
            defaultChecked={(typed ?? kind) === one}
            className="size-4 flex-none accent-[var(--pen)]"
          />
          {t(`kinds.${one}`)}
        </label>
      ))}
    </ChoiceField>
  );
}
