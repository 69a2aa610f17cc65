// Where to go after signing in. Only a path of this site is believed: an address from outside would make the sign-in page
// a stepping stone for somebody else's.
export function returnPath(wanted: string | null | undefined): string {
  if (!wanted || !/^\/(?![/\\])/.test(wanted) || /[\u0000-\u001f\\]/.test(wanted)) return '/';
  return wanted.startsWith('/sign-in') ? '/' : wanted;
}
