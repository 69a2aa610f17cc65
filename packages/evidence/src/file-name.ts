// The name people see of an evidence file. It is never part of a path: what it was called on somebody's device is
// only shown and offered when it is downloaded.
import type { MediaType } from './media-type.ts';
import { ENDINGS } from './media-type.ts';

const MOST_LETTERS = 120;
/** No name of a file is longer; what is, is somebody’s attempt to keep a pattern busy. */
const LONGEST_GIVEN = 1_000;
// Control characters, and marks that turn the direction of what follows ("gpj.exe" shown as "exe.jpg").
const UNSEEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\u2028\u2029]/gu;

/**
 * A name as it may be shown and saved: its last part only, without unseen characters, at most 120 letters, with an
 * ending that tells the truth about the type. "../../evil\u202Egpj.exe" of a JPEG → "evilgpj.exe.jpg".
 */
export function cleanFileName(given: string, type: MediaType): string {
  const [ending] = ENDINGS[type];
  const last = given.slice(-LONGEST_GIVEN).normalize('NFC').split(/[/\\]/).at(-1) ?? '';
  const plain = last
    .replaceAll(UNSEEN, '')
    .replaceAll(/[<>:"|?*]/g, '')
    .replaceAll(/\s+/g, ' ')
    .replace(/^[.\s]+|[.\s]+$/g, '');
  const has = /\.([^.]+)$/.exec(plain)?.[1]?.toLowerCase() ?? '';
  const named = plain === '' ? 'evidence' : plain;
  if (!ENDINGS[type].includes(has)) return `${shortened(named, MOST_LETTERS - ending.length - 1)}.${ending}`;
  return `${shortened(named.slice(0, -has.length - 1) || 'evidence', MOST_LETTERS - has.length - 1)}.${has}`;
}

/** Never cut within a letter that takes two units. */
function shortened(text: string, most: number): string {
  return [...text].slice(0, most).join('');
}

/** Content-Disposition (RFC 6266): always saved, never shown in the page; other letters than ASCII as RFC 8187. */
export function attachmentHeader(name: string): string {
  const plain = name.replaceAll(/[^\x20-\x7e]|["\\%]/g, '_');
  const full = encodeURIComponent(name).replaceAll(
    /['()*]/g,
    (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`,
  );
  return `attachment; filename="${plain}"; filename*=UTF-8''${full}`;
}
