// A figure or a name that leads to what is behind it, for whoever may look there; plain for anybody else.
import type { ReactNode } from 'react';
import { Link } from '../link.tsx';

export function Opens({ href, children }: { href: string | null; children: ReactNode }) {
  return href === null ? (
    <>{children}</>
  ) : (
    <Link href={href} className="cell">
      {children}
    </Link>
  );
}
