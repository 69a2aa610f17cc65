'use client';
// The acts of the log form: beside each other on a desktop, one fixed at the foot of a phone with the value beside it.
import { useTranslations } from 'next-intl';
import { useEffect } from 'react';
import { Button } from '../../components/control/button.tsx';
import { Icon } from '../../components/icon.tsx';
import { useFormat } from '../../lib/language/use-format.ts';

type LogActsProps = {
  pending: boolean;
  editing: boolean;
  saved: boolean;
  sum: { quantity: string; rate: string | null; value: string | null };
  currency: string;
};

export function LogActs({ pending, editing, saved, sum, currency }: LogActsProps) {
  const { rateText, moneyText } = useFormat();
  const t = useTranslations('log');
  useSendKey();
  const send = pending ? t('sending') : editing ? t('save') : t('send');
  return (
    <>
      <div className="hidden flex-wrap items-center gap-2.5 desk:flex">
        <Button type="submit" tone="primary" name="intent" value="send" disabled={pending} keyName="⌘ ↵">
          {send}
        </Button>
        <Keeping editing={editing} pending={pending} />
        <SavedMark saved={saved} />
      </div>
      <div className="fixed inset-x-0 bottom-0 z-30 flex items-center gap-4 border-t border-rule bg-sheet px-[18px] py-3 desk:hidden">
        <p className="min-w-0">
          {sum.rate ? (
            <span className="t-small block truncate">
              {sum.quantity} × {rateText(sum.rate, currency)}
            </span>
          ) : null}
          <span className="dash-rule font-serif text-[26px]/[1.2] text-pencil">
            {sum.value ? moneyText(sum.value, { currency }) : '—'}
          </span>
        </p>
        <Button
          type="submit"
          tone="primary"
          name="intent"
          value="send"
          disabled={pending}
          className="min-h-[50px] flex-1"
        >
          {send}
        </Button>
      </div>
      <div className="flex flex-wrap items-center gap-3 pb-10 desk:hidden">
        <Keeping editing={editing} pending={pending} />
        <SavedMark saved={saved} />
      </div>
    </>
  );
}

/** Keeps it without sending it; and what files are added to, which are chosen on the page that comes then. */
function Keeping({ editing, pending }: Pick<LogActsProps, 'editing' | 'pending'>) {
  const t = useTranslations('log');
  return (
    <>
      {editing ? null : (
        <Button type="submit" name="intent" value="draft" disabled={pending}>
          {t('keep')}
        </Button>
      )}
      <Button type="submit" name="intent" value="files" icon={<Icon name="evidence" />} disabled={pending}>
        {editing ? t('saveForFiles') : t('keepForFiles')}
      </Button>
    </>
  );
}

function SavedMark({ saved }: { saved: boolean }) {
  const t = useTranslations('log');
  return (
    <span role="status" className="t-small flex items-center gap-1.5 text-ink-2">
      {saved ? (
        <>
          <Icon name="check" />
          {t('saved')}
        </>
      ) : null}
    </span>
  );
}

/** ⌘↵ (or Ctrl and Enter) sends the form from any field. */
function useSendKey(): void {
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      if (event.key !== 'Enter' || !(event.metaKey || event.ctrlKey)) return;
      const form = document.getElementById('log-form');
      if (form instanceof HTMLFormElement) form.requestSubmit();
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, []);
}
