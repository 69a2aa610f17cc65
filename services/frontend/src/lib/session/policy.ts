// The content security policy of every page: our own scripts by nonce, nothing inline, nothing from elsewhere. And that
// of files people bring.

/** SHA-256 of `display:none`. */
const displayNoneHash = 'sha256-aqNNdDLnnrDOnTNdkJpYlAxKVJtLt9CtFLklmInuUAE=';

export function contentSecurityPolicy(nonce: string, development: boolean): string {
  const scripts = [
    "'self'",
    `'nonce-${nonce}'`,
    "'strict-dynamic'",
    ...(development ? ["'unsafe-eval'"] : []),
  ];
  return [
    "default-src 'self'",
    `script-src ${scripts.join(' ')}`,
    // The development server injects its styles; a built page has them in files.
    development ? "style-src 'self' 'unsafe-inline'" : `style-src 'self' 'nonce-${nonce}'`,
    // React hides a streamed part of a drawing with this one attribute until it is in place; no other is let through.
    ...(development ? [] : [`style-src-attr 'unsafe-hashes' '${displayNoneHash}'`]),
    "img-src 'self' data:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join('; ');
}

/** Of a file somebody brought: were it ever opened in a page, it may run nothing and reach nothing. */
export const filePolicy = "sandbox; default-src 'none'; frame-ancestors 'none'";

/** Where files of evidence come in and go out; the form that brings them measures itself (its route.ts). */
export const evidencePath = '/contributions/evidence';
/** What a form of ours may weigh, in bytes. */
const LARGEST_FORM = 500_000;

/** True for a changing request that is larger than a form, or does not say how large it is: it would be kept in memory whole. */
export function isTooLarge(contentLength: string | null): boolean {
  return contentLength === null || !(Number(contentLength) <= LARGEST_FORM);
}

/** True when a changing request names where it comes from and that is here; a missing Origin is refused as well. */
export function comesFromHere(origin: string | null, host: string | null): boolean {
  if (!origin || !host) return false;
  try {
    return new URL(origin).host === host;
  } catch {
    return false;
  }
}
