// Hints at names that exist. A message of a library may carry what somebody sent, half a megabyte of it, so it is searched
// from its ends and by no pattern that begins anew at each of its letters.
const HINT = ' Did you mean ';

/** A message without the guess at what was meant that ends it. */
export function withoutHint(message: string): string {
  const at = message.endsWith('?') ? message.indexOf(HINT) : -1;
  return at === -1 ? message : message.slice(0, at);
}
