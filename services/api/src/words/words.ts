// What the API says in sentences, in the reader's language. Codes, amounts and names are data and stay as they are.
import type { Language } from '@habitat/kernel';
import { conventionsOf, firstLanguage, wantedLanguage } from '@habitat/kernel';
import { IntlMessageFormat } from 'intl-messageformat';
import type { Phrase } from './en.ts';
import { en } from './en.ts';
import { es } from './es.ts';

export type PhraseFacts = Readonly<Record<string, string | number>>;

export interface Words {
  readonly language: Language;
  /** The sentence with its facts in it. */
  say(phrase: Phrase, facts?: PhraseFacts): string;
  /** The sentence of that name, or null where there is none: for codes that may be newer than their words. */
  sayIfKnown(phrase: string, facts?: PhraseFacts): string | null;
  /** A civil date in full: "2027-03-15" is March 15, 2027. */
  longDate(date: string): string;
}

const catalogues: Readonly<Record<Language, Readonly<Record<Phrase, string>>>> = { en, es };

function isPhrase(name: string): name is Phrase {
  return Object.hasOwn(en, name);
}

function createWords(language: Language): Words {
  const formats = new Map<Phrase, IntlMessageFormat>();
  const date = new Intl.DateTimeFormat(conventionsOf[language], { dateStyle: 'long', timeZone: 'UTC' });
  const say = (phrase: Phrase, facts: PhraseFacts = {}): string => {
    let format = formats.get(phrase);
    if (format === undefined) {
      format = new IntlMessageFormat(catalogues[language][phrase], conventionsOf[language]);
      formats.set(phrase, format);
    }
    return String(format.format(facts));
  };
  return {
    language,
    say,
    sayIfKnown: (phrase, facts) => (isPhrase(phrase) ? say(phrase, facts) : null),
    longDate: (civil) => date.format(new Date(`${civil}T00:00:00Z`)),
  };
}

const words: Readonly<Record<Language, Words>> = { en: createWords('en'), es: createWords('es') };

/** The words for an `Accept-Language` header; English when it names no language we speak. */
export function wordsFor(acceptLanguage: string | null): Words {
  return words[wantedLanguage(acceptLanguage) ?? firstLanguage];
}
