'use client';
// A way to a place. It knows whether it is the current one, and says so while the next page takes more than a moment.
import { useLinkStatus } from 'next/link';
import { usePathname } from 'next/navigation';
import { useEffect } from 'react';
import type { ReactNode } from 'react';
import { isWithinPlace } from './navigation.ts';
import { pendingPlace } from './pending-place.ts';
import { Link } from '../link.tsx';

type NavLinkProps = {
  href: string;
  className: string;
  children: ReactNode;
  /** Current on its own path only, not below it. */
  exact?: boolean;
};

export function NavLink({ href, className, children, exact }: NavLinkProps) {
  const path = usePathname();
  const current = exact ? path === href : isWithinPlace(path, href);
  return (
    <Link href={href} className={className} {...(current ? { 'aria-current': 'page' as const } : {})}>
      {children}
      <Pending href={href} />
    </Link>
  );
}

function Pending({ href }: { href: string }) {
  const { pending } = useLinkStatus();
  useEffect(() => (pending ? pendingPlace.going(href) : undefined), [pending, href]);
  return pending ? <span className="nav-pending" aria-hidden="true" /> : null;
}
