// What was just done, said on the page an act led to. It stands in the page, because the act's own form is gone.
import type { ReactNode } from 'react';
import { FrameIcon } from '../frame-icon.tsx';

export function Said({ children }: { children: ReactNode }) {
  return (
    <p role="status" className="t-ui mb-5 flex gap-2.5 border-l-[3px] border-done bg-done-wash px-4 py-2.5">
      <FrameIcon name="check" className="mt-0.5 text-done" />
      <span>{children}</span>
    </p>
  );
}
