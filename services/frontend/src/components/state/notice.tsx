// What one should know before reading on. Every form brings it to the browser, which is why it stands apart from the states
// of a page and all they print.
import type { ReactNode } from 'react';

/** A line beside a thick rule: something to know before reading on. */
export function Notice({
  children,
  tone = 'plain',
}: {
  children: ReactNode;
  tone?: 'plain' | 'wait' | 'stop';
}) {
  const ground = {
    plain: 'notice',
    wait: 'notice !border-wait bg-wait-wash py-2',
    stop: 'notice !border-stop bg-stop-wash py-2',
  };
  return <div className={`t-ui ${ground[tone]}`}>{children}</div>;
}
