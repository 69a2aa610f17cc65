'use client';
import { useTranslations } from 'next-intl';
import { useState } from 'react';
import { FrameIcon } from '../frame-icon.tsx';
import { Button } from './button.tsx';

/** Puts a code on the clipboard and says that it did; `of` tells buttons of one page apart for those who hear them. */
export function CopyButton({ text, of }: { text: string; of?: string }) {
  const t = useTranslations('state');
  const [copied, setCopied] = useState(false);
  const copy = () => {
    void navigator.clipboard.writeText(text).then(() => setCopied(true));
  };
  return (
    <Button
      tone="quiet"
      icon={<FrameIcon name={copied ? 'check' : 'copy'} />}
      className="!min-h-8"
      onClick={copy}
    >
      <span aria-live="polite">
        {copied ? t('copied') : t('copy')}
        {of ? <span className="sr-only"> {of}</span> : null}
      </span>
    </Button>
  );
}
