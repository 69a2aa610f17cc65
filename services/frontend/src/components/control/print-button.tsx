'use client';
import type { ReactNode } from 'react';
import type { ButtonTone } from './button.tsx';
import { Button } from './button.tsx';
import { FrameIcon } from '../frame-icon.tsx';

/** Opens the browser's print dialog: the page prints as the sheet alone, and saves as PDF from there. */
export function PrintButton({ children, tone = 'primary' }: { children: ReactNode; tone?: ButtonTone }) {
  return (
    <Button tone={tone} icon={<FrameIcon name="print" />} onClick={() => window.print()}>
      {children}
    </Button>
  );
}
