'use client';
// A way to a place. It knows whether it is the current one, and says so while the next page takes more than a moment.
import Link, { useLinkStatus } from 'next/link';
import { usePathname } from 'next/navigation';
import type { ReactNode } from 'react';
import { isWithinPlace } from './navigation.ts';

type NavLinkProps = { href: string; className: string; children: ReactNode };

export function NavLink({ href, className, children }: NavLinkProps) {
  const current = isWithinPlace(usePathname(), href);
  return (
    <Link href={href} className={className} {...(current ? { 'aria-current': 'page' as const } : {})}>
      {children}
      <Pending />
    </Link>
  );
}

function Pending() {
  const { pending } = useLinkStatus();
  return pending ? <span className="nav-pending" aria-hidden="true" /> : null;
}
