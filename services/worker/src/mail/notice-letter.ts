// Notices as a mail: one on its own, or the day's together, in the reader's language, with the way to what they are about
// and the link that stops them (List-Unsubscribe, RFC 2369).
import type { Language } from '@habitat/kernel';
import type { MailStop, OutgoingMail } from '@habitat/notifications';
import { mailStopToken, placeOf, sentenceOf } from '@habitat/notifications';
import type { Letter } from './letter.ts';
import { htmlMail, linkedParagraph, oneLine, paragraph } from './paper.ts';

interface Words {
  readonly greeting: string;
  readonly digest: string;
  readonly open: string;
  readonly stop: string;
}

const words: Readonly<Record<Language, Words>> = {
  en: {
    greeting: 'Hello {name},',
    digest: '{cooperative}: {count} for you',
    open: 'Open in Habitat',
    stop: 'No more mails of this kind',
  },
  es: {
    greeting: 'Hola, {name}:',
    digest: '{cooperative}: {count} para ti',
    open: 'Abrir en Habitat',
    stop: 'No recibir más correos de este tipo',
  },
};

export interface NoticeLetter extends Letter {
  readonly list: { readonly unsubscribe: string };
}

/** Where the pages are, and what signs the links that stop mails. */
export interface NoticeLetterSettings {
  readonly publicUrl: string;
  readonly secret: string;
}

/** Writes the mail of some notices; `nameOf` knows the members they name. */
export function noticeLetter(
  { publicUrl, secret }: NoticeLetterSettings,
  cooperativeId: string,
  mail: OutgoingMail,
  nameOf: (memberId: string) => string | undefined,
): NoticeLetter {
  const { language, cooperative, notices, isDigest, memberId } = mail;
  const said = words[language];
  const name = oneLine(mail.name);
  const lines = notices.map((notice) => ({
    text: oneLine(sentenceOf(notice, { language, ...cooperative, nameOf })),
    address: new URL(placeOf(notice.kind, notice.subjectId), publicUrl).href,
  }));
  const [first] = notices;
  if (first === undefined) throw new Error('a mail that tells nothing');
  const stop: MailStop = { cooperativeId, memberId, what: isDigest ? 'digest' : first.kind };
  const stopAddress = new URL(`/unsubscribe/${mailStopToken(secret, stop)}`, publicUrl).href;
  const greeting = said.greeting.replace('{name}', () => name);
  const digest = said.digest
    .replace('{cooperative}', () => oneLine(cooperative.name))
    .replace('{count}', String(notices.length));
  return {
    to: { name, address: mail.email },
    subject: isDigest ? digest : `${oneLine(cooperative.name)}: ${lines[0]?.text ?? ''}`,
    list: { unsubscribe: stopAddress },
    text: `${[
      greeting,
      ...lines.map(({ text, address }) => `${text}\n${address}`),
      `${said.stop}:\n${stopAddress}`,
    ].join('\n\n')}\n`,
    html: htmlMail(language, [
      paragraph(greeting),
      ...lines.flatMap(({ text, address }) => [paragraph(text), linkedParagraph(said.open, address)]),
      linkedParagraph(said.stop, stopAddress),
    ]),
  };
}
