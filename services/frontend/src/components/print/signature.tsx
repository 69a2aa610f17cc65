// Dual control as two lines to sign on: a name in italic when somebody has, and who may when nobody has yet.
import type { ReactNode } from 'react';

type SignatureLineProps = {
  /** Who signed; absent while the line is open. */
  name?: string;
  /** Below the line: role and time, or who may sign. */
  note: ReactNode;
  /** The open line is the reader's own to sign. */
  yours?: ReactNode;
};

export function SignatureLine({ name, note, yours }: SignatureLineProps) {
  return (
    // Lines beside each other stay level where one name takes two rows.
    <div className="row-span-2 grid min-w-0 grid-rows-subgrid gap-y-0">
      <div
        className={`flex min-h-10 items-end gap-2 pb-1 ${
          yours && !name ? 'border-b-2 border-pen text-pen' : 'border-b border-ink'
        }`}
      >
        {name ? (
          <span className="t-signature min-w-0 break-words">{name}</span>
        ) : (
          <span className="t-strong">{yours}</span>
        )}
      </div>
      <p className="t-small mt-1 text-ink-2">{note}</p>
    </div>
  );
}
