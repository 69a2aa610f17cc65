'use client';
// One line at the foot of the page that says what has just happened, to what. It is read out, waits as long as it is
// looked at, and never takes the focus.
import { createContext, useCallback, useContext, useEffect, useMemo, useState } from 'react';
import type { ReactNode } from 'react';
import type { FrameIconName } from '../frame-icon.tsx';
import { FrameIcon } from '../frame-icon.tsx';

export type Toast = {
  icon: FrameIconName;
  text: ReactNode;
  detail?: ReactNode;
  /** What the line's way back takes back, where there is one. */
  undoes?: string;
  stop?: boolean;
};

const ToastContext = createContext<(toast: Toast) => void>(() => undefined);

/** Gives the function that shows a toast; a new one replaces the old. */
export function useToast(): (toast: Toast) => void {
  return useContext(ToastContext);
}

const shownMs = 8_000;

const UndoesContext = createContext<string>('');

/** What the way back beside a toast takes back. */
export function useUndoes(): string {
  return useContext(UndoesContext);
}

/** `wayBack` belongs to every page, because an act is offered on the next page as well. */
export function ToastProvider({ children, wayBack }: { children: ReactNode; wayBack?: ReactNode }) {
  const [toast, setToast] = useState<(Toast & { at: number }) | null>(null);
  const [held, setHeld] = useState(false);
  const show = useCallback((next: Toast) => setToast({ ...next, at: Date.now() }), []);
  useEffect(() => {
    if (!toast || held) return;
    const timer = setTimeout(() => setToast(null), shownMs);
    return () => clearTimeout(timer);
  }, [toast, held]);
  const value = useMemo(() => show, [show]);
  return (
    <ToastContext value={value}>
      {children}
      <div
        role="status"
        aria-live="polite"
        className="toast-place pointer-events-none fixed inset-x-4 bottom-20 z-50 flex justify-center desk:bottom-6"
        onPointerEnter={() => setHeld(true)}
        onPointerLeave={() => setHeld(false)}
        onFocus={() => setHeld(true)}
        onBlur={() => setHeld(false)}
      >
        {toast ? <ToastLine key={toast.at} toast={toast} wayBack={wayBack} /> : null}
      </div>
    </ToastContext>
  );
}

function ToastLine({ toast, wayBack }: { toast: Toast; wayBack: ReactNode }) {
  const look = toast.stop ? 'border border-stop bg-sheet text-stop' : 'bg-ink text-paper';
  return (
    <div
      className={`t-ui pointer-events-auto flex max-w-xl items-start gap-3 rounded-[5px] px-4 py-3 shadow-(--lift-2) ${look}`}
    >
      <FrameIcon name={toast.icon} className="mt-0.5" />
      <p>
        <strong className="font-semibold">{toast.text}</strong> {toast.detail}
      </p>
      {toast.undoes ? <UndoesContext value={toast.undoes}>{wayBack}</UndoesContext> : null}
    </div>
  );
}
