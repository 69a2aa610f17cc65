/**
 * Text for a cell of a spreadsheet. What it would take for the start of a formula (OWASP: CSV injection), also behind
 * spaces, is marked as text.
 */
const startsFormula = /^[\s\u200b\ufeff]*[=+\-@\t\r\uff1d\uff0b\uff0d\uff20]/;

/** The text as it is, or with an apostrophe before it where a spreadsheet would run it. */
export function spreadsheetText(text: string): string {
  return startsFormula.test(text) ? `'${text}` : text;
}
