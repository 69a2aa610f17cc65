'use client';
import type { ReactNode } from 'react';
import { Button } from './button.tsx';

/** Opens the browser's print dialog: the page prints as the sheet alone, and saves as PDF from there. */
export function PrintButton({ children }: { children: ReactNode }) {
  return (
    <Button tone="primary" icon="print" onClick={() => window.print()}>
      {children}
    </Button>
  );
}
