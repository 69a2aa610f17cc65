// What every mail is written on: the same text plain and as HTML, everything foreign escaped, nothing loaded from elsewhere.
const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escapeHtml = (text: string): string => text.replace(/[&<>"]/g, (sign) => escaped[sign] ?? sign);

/** A name is one line wherever it stands; a header must never get a second one. */
export const oneLine = (text: string): string =>
  text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

export const paragraph = (text: string): string => `<p style="margin:0 0 16px">${escapeHtml(text)}</p>`;

export const linkedParagraph = (text: string, address: string): string =>
  `<p style="margin:0 0 16px"><a href="${escapeHtml(address)}">${escapeHtml(text)}</a></p>`;

/** A whole HTML mail around its parts. */
export function htmlMail(language: string, parts: readonly string[]): string {
  return [
    `<!doctype html><html lang="${language}"><body style="font:16px/1.5 sans-serif;color:#1d1d1b;max-width:560px">`,
    ...parts,
    '</body></html>',
  ].join('\n');
}
