// The classes of membership: a code that members carry and terms count by, and a name that people read. Renaming
// changes the name alone, so that nothing agreed on by class falls apart; a retired class stays with those who have it.
import type { Result } from '@habitat/kernel';
import { accept, refuse } from '@habitat/kernel';
import type { MemberClassBody } from './policy.ts';

export type MemberClassRefusal =
  | { readonly code: 'CLASS_NOT_FOUND'; readonly field: 'class' }
  | { readonly code: 'NAME_REQUIRED' | 'CLASS_EXISTS'; readonly field: 'name' }
  | { readonly code: 'NAME_TOO_LONG'; readonly field: 'name'; readonly most: number }
  | { readonly code: 'TOO_MANY_CLASSES'; readonly most: number }
  | { readonly code: 'CLASS_RETIRED'; readonly field: 'class' }
  | { readonly code: 'LAST_CLASS'; readonly field: 'class' };

const LONGEST = 60;
const MOST = 50;

/** What a class is called. */
export function classNameOf(body: MemberClassBody, code: string): string {
  return body.names?.[code] ?? code;
}

/** "Founding member" → "founding-member"; empty when nothing in it is a letter or a digit. */
function codeOf(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-+|-+$/g, '');
}

function readName(body: MemberClassBody, text: string, except: string | null) {
  const name = text.trim();
  if (name === '' || codeOf(name) === '') return refuse({ code: 'NAME_REQUIRED', field: 'name' } as const);
  if (name.length > LONGEST) return refuse({ code: 'NAME_TOO_LONG', field: 'name', most: LONGEST } as const);
  const taken = body.classes.some(
    (code) => code !== except && classNameOf(body, code).toLowerCase() === name.toLowerCase(),
  );
  return taken ? refuse({ code: 'CLASS_EXISTS', field: 'name' } as const) : accept(name);
}

/** Adds a class, or takes a retired one of the same code up again. Refusals: NAME_REQUIRED, NAME_TOO_LONG, CLASS_EXISTS, TOO_MANY_CLASSES. */
export function addClass(
  body: MemberClassBody,
  text: string,
): Result<{ body: MemberClassBody; code: string }, MemberClassRefusal> {
  const name = readName(body, text, null);
  if (!name.ok) return name;
  const code = codeOf(name.value);
  if (body.classes.includes(code)) return refuse({ code: 'CLASS_EXISTS', field: 'name' });
  if (body.classes.length >= MOST) return refuse({ code: 'TOO_MANY_CLASSES', most: MOST });
  const names = { ...body.names, [code]: name.value };
  return accept({ code, body: { classes: [...body.classes, code], names } });
}

/** Gives a class another name. Refusals: CLASS_NOT_FOUND, NAME_REQUIRED, NAME_TOO_LONG, CLASS_EXISTS. */
export function renameClass(
  body: MemberClassBody,
  code: string,
  text: string,
): Result<{ body: MemberClassBody; code: string }, MemberClassRefusal> {
  if (!body.classes.includes(code) && body.names?.[code] === undefined)
    return refuse({ code: 'CLASS_NOT_FOUND', field: 'class' });
  const name = readName(body, text, code);
  if (!name.ok) return name;
  return accept({ code, body: { ...body, names: { ...body.names, [code]: name.value } } });
}

/** Offers a class no longer. Refusals: CLASS_NOT_FOUND, CLASS_RETIRED, LAST_CLASS. */
export function retireClass(
  body: MemberClassBody,
  code: string,
): Result<{ body: MemberClassBody; code: string }, MemberClassRefusal> {
  if (!body.classes.includes(code)) {
    const known = body.names?.[code] !== undefined;
    return refuse({ code: known ? 'CLASS_RETIRED' : 'CLASS_NOT_FOUND', field: 'class' });
  }
  const classes = body.classes.filter((one) => one !== code);
  if (classes.length === 0) return refuse({ code: 'LAST_CLASS', field: 'class' });
  // The name stays known, so that those who keep the class keep a readable one.
  return accept({ code, body: { classes, names: { ...body.names, [code]: classNameOf(body, code) } } });
}
