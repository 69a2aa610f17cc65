import { expect, it } from 'vitest';
import { factsNamedIn } from './facts-named.ts';

it('a sentence names its facts, and the words of a choice are none', () => {
  expect(factsNamedIn('Something stops this step.')).toEqual([]);
  expect(
    factsNamedIn([
      ['period'],
      ' is ',
      ['status', 1, { closed: 'closed', other: ['not ', ['open']] }],
      ': no more.',
    ]),
  ).toEqual(['period', 'status', 'open']);
  expect(factsNamedIn(['Send ', ['strong', 'it to ', ['name']]])).toEqual(['name']);
});
