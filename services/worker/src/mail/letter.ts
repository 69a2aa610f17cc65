// A link as a mail: the same words as plain text and as HTML, in the reader's language.
import { conventionsOf } from '@habitat/kernel';
import type { LinkToSend } from '@habitat/platform';
import { htmlMail, linkedParagraph, oneLine, paragraph } from './paper.ts';
import { letterWords } from './words.ts';

export interface Letter {
  readonly to: { readonly name: string; readonly address: string };
  readonly subject: string;
  readonly text: string;
  readonly html: string;
}

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
  return {
    to: { name: facts['name'] ?? '', address: link.email },
    subject: say(words.subject),
    text: [...paragraphs, `${words.act}:\n${address}`, ...after].join('\n\n') + '\n',
    html: htmlMail(link.language, [
      ...paragraphs.map(paragraph),
      linkedParagraph(words.act, address),
      ...after.map(paragraph),
    ]),
  };
}
