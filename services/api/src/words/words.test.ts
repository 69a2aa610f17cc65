// Both catalogues say every sentence, with the same facts in it.
import { describe, expect, it } from 'vitest';
import type { Phrase } from './en.ts';
import { en } from './en.ts';
import { es } from './es.ts';
import { wordsFor } from './words.ts';

const phrases = Object.keys(en) as Phrase[];
const factsOf = (message: string) =>
  [...message.matchAll(/\{(\w+)(?=[,}])/g)].map(([, name]) => name).toSorted();

describe('the words of the API', () => {
  it.each(phrases)('%s takes the same facts in both languages', (phrase) => {
    expect([...new Set(factsOf(es[phrase]))]).toEqual([...new Set(factsOf(en[phrase]))]);
  });

  it('none is left in English', () => {
    expect(phrases.filter((phrase) => es[phrase] === en[phrase])).toEqual([]);
  });

  it('counts and dates follow the language the header asks for first', () => {
    const told = (header: string | null) => {
      const words = wordsFor(header);
      const waiting = [1, 2].map((count) => words.say('check.someWait', { count }));
      return [...waiting, words.longDate('2027-03-15')];
    };
    expect(told('es-MX,en;q=0.5')).toEqual([
      '1 aportación espera una decisión',
      '2 aportaciones esperan una decisión',
      '15 de marzo de 2027',
    ]);
    expect(told(null)).toEqual([
      '1 contribution waits for a decision',
      '2 contributions wait for a decision',
      'March 15, 2027',
    ]);
  });

  it('what has no value says nothing of it', () => {
    const { say } = wordsFor('en');
    const facts = { number: '69', since: '', problem: '' };
    expect(say('blocker.notPosted', { ...facts, value: 'none' })).toBe(
      'Contribution 69 is approved but not in the ledger yet.',
    );
    expect(say('blocker.notPosted', { ...facts, value: '1,200.00' })).toBe(
      'Contribution 69 is approved but not in the ledger yet, valued at 1,200.00.',
    );
  });

  it('a code that is newer than the words is told as there are none', () => {
    expect([wordsFor('es').sayIfKnown('guard.NEW'), wordsFor('es').sayIfKnown('toString')]).toEqual([
      null,
      null,
    ]);
  });
});
