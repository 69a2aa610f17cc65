// What kind of file something is, by its first bytes and never by its name: pictures as phones take them, and PDF.
// Everything else is refused: what a browser would run (SVG, HTML), and archives, which may hold anything.

/** Bytes that are enough to tell. */
export const HEAD_BYTES = 32;

const MEDIA_TYPES = ['image/jpeg', 'image/png', 'image/webp', 'image/heic', 'application/pdf'] as const;
export type MediaType = (typeof MEDIA_TYPES)[number];

/** The endings a file of each type may have; the first is given to one that has another. */
export const ENDINGS: Readonly<Record<MediaType, readonly [string, ...string[]]>> = {
  'image/jpeg': ['jpg', 'jpeg'],
  'image/png': ['png'],
  'image/webp': ['webp'],
  'image/heic': ['heic', 'heif'],
  'application/pdf': ['pdf'],
};

const PNG = Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex');
// The brands of a still picture in the ISO container that phones write (ISO/IEC 23008-12).
const HEIC_BRANDS = new Set(['heic', 'heix', 'heim', 'heis', 'mif1']);

/** The type of a file that begins with these bytes; null when it is none that is taken. */
export function mediaTypeOf(head: Buffer): MediaType | null {
  const text = (from: number, to: number) => head.toString('latin1', from, to);
  if (head.length < 12) return null;
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return 'image/jpeg';
  if (head.subarray(0, PNG.length).equals(PNG)) return 'image/png';
  if (text(0, 4) === 'RIFF' && text(8, 12) === 'WEBP') return 'image/webp';
  if (text(4, 8) === 'ftyp' && HEIC_BRANDS.has(text(8, 12))) return 'image/heic';
  return /^%PDF-[12]\.\d/.test(text(0, 8)) ? 'application/pdf' : null;
}

const SAME: Readonly<Record<string, MediaType>> = { 'image/jpg': 'image/jpeg', 'image/heif': 'image/heic' };

/** The type a sender declared, without parameters; null when it is none that is taken, or none was given. */
export function declaredType(header: string | undefined): MediaType | null {
  const plain = (header ?? '').split(';')[0]?.trim().toLowerCase() ?? '';
  return SAME[plain] ?? MEDIA_TYPES.find((type) => type === plain) ?? null;
}
