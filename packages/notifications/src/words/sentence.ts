// A notice as a sentence in the reader's language. Names, amounts and days are printed when it is read: what is kept are
// ids, minor units and civil dates.
import type { Language } from '@habitat/kernel';
import { conventionsOf, formatMinor, periodNameIn } from '@habitat/kernel';
import type { NoticeKind } from '../notice/kind.ts';
import type { NoticeFacts } from '../notice/notice.ts';
import type { Saying } from './en.ts';
import { en } from './en.ts';
import { es } from './es.ts';

const sayings: Readonly<Record<Language, Readonly<Record<Saying, string>>>> = { en, es };

/** What a sentence is told with. */
export interface Telling {
  readonly language: Language;
  readonly currency: string;
  readonly currencyDigits: number;
  /** A member's name; undefined where there is none to tell. */
  readonly nameOf: (memberId: string) => string | undefined;
}

interface Sayable {
  readonly kind: NoticeKind;
  readonly byMemberId: string | null;
  readonly facts: NoticeFacts;
}

/** Everybody whose name a notice tells. */
export function namedIn({ byMemberId, facts }: Sayable): string[] {
  return [byMemberId, facts['ownerId']].filter((id) => typeof id === 'string');
}

function printed(amount: string, { language, currency }: Telling): string {
  // Intl takes a decimal as text and prints it exactly; its type knows only literals.
  const format = new Intl.NumberFormat(conventionsOf[language], { style: 'currency', currency });
  return format.format(amount as `${number}`);
}

function dayText(day: string, { language }: Telling): string {
  const format = new Intl.DateTimeFormat(conventionsOf[language], { dateStyle: 'long', timeZone: 'UTC' });
  return format.format(new Date(`${day}T12:00:00Z`));
}

function sayingOf({ kind, facts }: Sayable): Saying {
  const special = `${kind}.${facts['what'] ?? ''}`;
  return Object.hasOwn(en, special) ? (special as Saying) : kind;
}

/** A category as the cooperative wrote it; a kind, which stands in for every category of it, in the reader's words. */
function categoryText(category: string, words: Readonly<Record<Saying, string>>): string {
  const kind = `kind.${category}`;
  return Object.hasOwn(words, kind) ? words[kind as Saying] : category;
}

/** What a notice says. */
export function sentenceOf(notice: Sayable, telling: Telling): string {
  const words = sayings[telling.language];
  const { facts, byMemberId } = notice;
  const nameOf = (id: string | null | undefined) => (id ? telling.nameOf(id) : undefined) ?? words.someone;
  const { amountMinor, rate, day, period, category } = facts;
  const told: Readonly<Record<string, string>> = {
    ...facts,
    ...(category === undefined ? {} : { category: categoryText(category, words) }),
    by: nameOf(byMemberId),
    owner: nameOf(facts['ownerId']),
    ...(amountMinor === undefined
      ? {}
      : { amount: printed(formatMinor(BigInt(amountMinor), telling.currencyDigits), telling) }),
    ...(rate === undefined ? {} : { rate: printed(rate, telling) }),
    ...(period === undefined ? {} : { period: periodNameIn(telling.language, period) }),
    ...(day === undefined ? {} : { day: dayText(day, telling) }),
  };
  return words[sayingOf(notice)].replace(/\{(\w+)\}/g, (_, fact: string) => told[fact] ?? '…');
}
