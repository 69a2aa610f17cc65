// A figure or a name that leads to what is behind it, for whoever may look there; plain for anybody else.
import Link from 'next/link';
import type { ReactNode } from 'react';

export function Opens({ href, children }: { href: string | null; children: ReactNode }) {
  return href === null ? (
    <>{children}</>
  ) : (
    <Link href={href} className="cell">
      {children}
    </Link>
  );
}
