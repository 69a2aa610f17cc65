// Things you press. The label names the act; a key printed on it is the key that does it.
import type { ReactElement, ReactNode } from 'react';
import { Link } from '../link.tsx';

export type ButtonTone = 'plain' | 'primary' | 'stop' | 'quiet';

const toneClass: Record<ButtonTone, string> = {
  plain: 'button',
  primary: 'button button-primary',
  stop: 'button button-stop',
  quiet: 'button button-quiet',
};

type Look = {
  tone?: ButtonTone;
  icon?: ReactElement | undefined;
  keyName?: string;
  children: ReactNode;
  className?: string;
};

type ButtonProps = Look & Omit<React.ComponentProps<'button'>, keyof Look>;

export function Button({
  tone = 'plain',
  icon,
  keyName,
  children,
  className = '',
  type = 'button',
  ...rest
}: ButtonProps) {
  return (
    <button type={type} className={`${toneClass[tone]} ${className}`} {...rest}>
      {icon}
      {children}
      {keyName ? <Kbd>{keyName}</Kbd> : null}
    </button>
  );
}

type ButtonLinkProps = Look & { href: string; download?: boolean; 'data-key'?: string };

export function ButtonLink({
  tone = 'plain',
  icon,
  keyName,
  children,
  className = '',
  href,
  ...rest
}: ButtonLinkProps) {
  return (
    <Link href={href} className={`${toneClass[tone]} ${className}`} {...rest}>
      {icon}
      {children}
      {keyName ? <Kbd>{keyName}</Kbd> : null}
    </Link>
  );
}

/** A key as printed on a keyboard; hidden where there is none to press. */
export function Kbd({ children }: { children: ReactNode }) {
  return (
    <kbd className="kbd no-touch" aria-hidden="true">
      {children}
    </kbd>
  );
}
