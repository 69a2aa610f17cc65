'use client';
// Keys that work on every page: N logs, G and a letter goes, ? lists them. None fires inside a field or a dialog, or with
// a modifier held, so that neither typing nor the browser's own keys are taken away; who wants none turns them off
// (WCAG 2.2, 2.1.4).
import { useTranslations } from 'next-intl';
import { useRouter } from 'next/navigation';
import { useEffect, useRef, useState } from 'react';
import { Kbd } from '../control/button.tsx';
import { Dialog } from '../control/dialog.tsx';

/** True when a key press belongs to the page: wanted by the person, in no field, no dialog, with no modifier. */
export function isPageKey(event: KeyboardEvent): boolean {
  if (event.defaultPrevented || event.metaKey || event.ctrlKey || event.altKey) return false;
  const target = event.target as HTMLElement | null;
  if (
    target?.closest(
      'input:not([type=checkbox]):not([type=radio]), textarea, select, [contenteditable], dialog',
    )
  )
    return false;
  return document.querySelector('dialog[open], [data-single-keys=off]') === null;
}

const places: Record<string, string> = { o: '/', c: '/contributions', s: '/statements', l: '/allocation' };

/** `/` goes to the words a list is searched by, `F` to what it is narrowed by; what they stand in opens for them. */
function openFilter(event: KeyboardEvent): void {
  const wanted = document.querySelector<HTMLElement>(event.key === '/' ? '[data-search]' : '[data-filter]');
  const details = wanted?.closest('details');
  if (!wanted) return;
  event.preventDefault();
  if (details) details.open = event.key === '/' || !details.open;
  const field = details?.open ? details.querySelector<HTMLElement>('input, select') : wanted;
  field?.focus();
}

/** Esc closes the filter one is in, as it leaves a dialog, and goes back to its button. */
function closeFilter(event: KeyboardEvent): void {
  const open = document.querySelector<HTMLElement>('details[open] > [data-filter]');
  if (event.key !== 'Escape' || !open?.parentElement?.contains(event.target as Node)) return;
  open.parentElement.removeAttribute('open');
  open.focus();
}

export function Shortcuts({ mayLog, mayApprove }: { mayLog: boolean; mayApprove: boolean }) {
  const t = useTranslations('keys');
  const router = useRouter();
  const [open, setOpen] = useState(false);
  const goUntil = useRef(0);
  useEffect(() => {
    const press = (event: KeyboardEvent) => {
      closeFilter(event);
      if (!isPageKey(event)) return;
      const key = event.key.toLowerCase();
      if (Date.now() < goUntil.current) {
        goUntil.current = 0;
        const href = key === 'a' && mayApprove ? '/approvals' : places[key];
        if (href) {
          event.preventDefault();
          router.push(href);
        }
        return;
      }
      if (key === 'g') goUntil.current = Date.now() + 1_200;
      if (event.key === '?') setOpen(true);
      if (event.key === '/' || key === 'f') openFilter(event);
      if (key === 'n' && mayLog) {
        event.preventDefault();
        router.push('/contributions/new');
      }
    };
    window.addEventListener('keydown', press);
    return () => window.removeEventListener('keydown', press);
  }, [router, mayLog, mayApprove]);

  const lines: [string[], string][] = [
    [['N'], t('log')],
    [['G', 'O'], t('overview')],
    [['G', 'C'], t('contributions')],
    [['G', 'L'], t('allocation')],
    [['G', 'S'], t('statements')],
    [['/'], t('search')],
    [['F'], t('filter')],
  ];
  if (mayApprove) {
    lines.push(
      [['G', 'A'], t('approvals')],
      [['J', 'K'], t('move')],
      [['A'], t('approve')],
      [['E'], t('adjust')],
    );
    lines.push([['C'], t('ask')], [['R'], t('reject')], [['X'], t('select')]);
    lines.push([['W'], t('write')]);
  }
  return (
    <Dialog open={open} onClose={() => setOpen(false)} title={t('title')} wide>
      <dl className="t-ui grid grid-cols-[auto_1fr] gap-x-5 gap-y-2 desk:grid-cols-[auto_1fr_auto_1fr]">
        {lines.map(([keys, text]) => (
          <div key={text} className="contents">
            <dt className="flex gap-1">
              {keys.map((key) => (
                <Kbd key={key}>{key}</Kbd>
              ))}
            </dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </Dialog>
  );
}
