// A link as a mail: the same words as plain text and as HTML, in the reader's language.
import { conventionsOf } from '@habitat/kernel';
import type { LinkToSend } from '@habitat/platform';
import { letterWords } from './words.ts';

export interface Letter {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

const escaped: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
const escape = (text: string): string => text.replace(/[&<>"]/g, (sign) => escaped[sign] ?? sign);
/** A name is one line wherever it stands; a header must never get a second one. */
const oneLine = (text: string): string => text.replace(/[\u0000-\u001f\u007f\u2028\u2029]+/g, ' ').trim();

/** Writes the letter that carries a link. */
export function letterOf(link: LinkToSend, address: string): Letter {
  const until = new Intl.DateTimeFormat(conventionsOf[link.language], {
    dateStyle: 'long',
    timeStyle: 'short',
    timeZone: link.timeZone,
  }).format(link.expiresAt);
  const facts: Readonly<Record<string, string>> = {
    name: oneLine(link.displayName),
    cooperative: oneLine(link.cooperativeName),
    until,
  };
  const words = letterWords[link.language][link.purpose];
  const say = (text: string) => text.replace(/\{(\w+)\}/g, (_, fact: string) => facts[fact] ?? '');
  const paragraphs = [words.greeting, words.text].map(say);
  const after = [words.until, words.otherwise].map(say);
  const html = (text: string) => `<p style="margin:0 0 16px">${escape(text)}</p>`;
  return {
    to: { name: facts['name'] ?? '', address: link.email },
    subject: say(words.subject),
    text: [...paragraphs, `${words.act}:\n${address}`, ...after].join('\n\n') + '\n',
    html: [
      `<!doctype html><html lang="${link.language}"><body style="font:16px/1.5 sans-serif;color:#1d1d1b;max-width:560px">`,
      ...paragraphs.map(html),
      `<p style="margin:0 0 16px"><a href="${escape(address)}">${escape(words.act)}</a></p>`,
      ...after.map(html),
      '</body></html>',
    ].join('\n'),
  };
}
