'use client';
// A sheet laid over the page. The browser's own dialog traps the focus, makes the rest inert, leaves on Esc and gives the
// focus back; it needs no script of ours and no inline style, so the strict content policy holds.
import { useEffect, useRef } from 'react';
import type { ReactNode } from 'react';

type DialogProps = { open: boolean; onClose: () => void; title: string; children: ReactNode; wide?: boolean };

export function Dialog({ open, onClose, title, children, wide }: DialogProps) {
  const ref = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const dialog = ref.current;
    if (!dialog) return;
    if (open && !dialog.open) dialog.showModal();
    if (!open && dialog.open) dialog.close();
  }, [open]);
  return (
    <dialog
      ref={ref}
      className={wide ? 'panel panel-wide' : 'panel'}
      aria-labelledby="dialog-title"
      onClose={onClose}
      onCancel={onClose}
    >
      {open ? (
        <>
          <h2 id="dialog-title" className="t-head mb-2">
            {title}
          </h2>
          {children}
        </>
      ) : null}
    </dialog>
  );
}
