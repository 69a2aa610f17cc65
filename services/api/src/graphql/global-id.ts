// Global ids: the type's name and the UUID, as one opaque text. A damaged one is refused here, so that no resolver
// ever hands a database something that is no UUID.
import { isId } from '@habitat/kernel';
import { invalidInput } from './error.ts';

/** "Member", "0198…" → the text clients see. */
export function encodeGlobalId(typename: string, id: string): string {
  return Buffer.from(`${typename}:${id}`).toString('base64url');
}

/** The text clients send → type name and UUID; VALIDATION_ERROR for anything else. */
export function decodeGlobalId(text: string): { typename: string; id: string } {
  const decoded = Buffer.from(text, 'base64url').toString('utf8');
  const [typename, id, ...rest] = decoded.split(':');
  if (
    typename === undefined ||
    !/^[A-Z][A-Za-z0-9]*$/.test(typename) ||
    id === undefined ||
    rest.length > 0 ||
    !isId(id)
  ) {
    throw invalidInput([{ path: [], message: `“${text.slice(0, 60)}” is not an id of this API` }], 'BAD_ID');
  }
  return { typename, id };
}

/** The UUID behind an id that must name a `typename`; null when it names something else. */
export function idOfType(globalId: { typename: string; id: string }, typename: string): string | null {
  return globalId.typename === typename ? globalId.id : null;
}
