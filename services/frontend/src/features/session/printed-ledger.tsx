// The page of a ledger beside the sign-in form: a printed illustration, the same for everybody, never anybody's data.
import { useTranslations } from 'next-intl';

const lines = [
  ['pump', '600.00'],
  ['market', '1,840.00'],
  ['truck', '10,000.00'],
  ['tours', '500.00'],
  ['deposit', '2,000.00'],
] as const;

export function PrintedLedger() {
  const t = useTranslations('signIn.ledger');
  return (
    <div
      className="ledger-page relative hidden flex-1 overflow-hidden border-l border-rule bg-sheet desk:block"
      aria-hidden="true"
    >
      <div className="absolute inset-y-0 left-[92px] border-l border-pen/70" />
      <div className="absolute inset-y-0 right-[188px] w-[5px] border-x border-pen/70" />
      <div className="relative pt-[132px] pr-[72px] pl-[116px]">
        <p className="font-serif text-[56px]/[88px] tracking-[-0.01em] wide:text-[60px]/[88px]">
          {t('gave')}
          <br />
          {t('worth')}
          <br />
          {t('yours')}
        </p>
        <div className="mt-[66px] font-serif text-[21px]/[44px]">
          {lines.map(([key, amount]) => (
            <p key={key} className="flex justify-between gap-6">
              <span className="text-ink-2">{t(key)}</span>
              <span>{amount}</span>
            </p>
          ))}
          <p className="flex justify-end">
            <span className="double-rule w-[106px] border-t border-pen text-right leading-[38px] font-medium text-pen">
              14,940.00
            </span>
          </p>
        </div>
      </div>
    </div>
  );
}
