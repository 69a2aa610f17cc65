import { expect, test } from 'vitest';
import { holding, narrow } from './narrowing.ts';

const list = (kind: string | null, from?: string) =>
  narrow({
    name: 'list',
    where: [
      ['c.cooperative_id = $1', 'river'],
      ['c.status <> 0'],
      ['(c.kind = $1 or c.other = $1)', kind],
      ['c.day between $1 and $2', from, '2026-12-31'],
    ],
    values: [51],
    text: (where, limit) => `select from c where ${where} limit ${limit}`,
  });

test('a list names the conditions that are asked for, and numbers their values in order', () => {
  expect(list('labor', '2026-01-01')).toEqual({
    name: 'list-1111',
    text: 'select from c where c.cooperative_id = $1 and c.status <> 0 and (c.kind = $2 or c.other = $2) and c.day between $3 and $4 limit $5',
    values: ['river', 'labor', '2026-01-01', '2026-12-31', 51],
  });
});

test('a condition whose first value is absent is left out with all its values', () => {
  expect(list(null)).toEqual({
    name: 'list-1100',
    text: 'select from c where c.cooperative_id = $1 and c.status <> 0 limit $2',
    values: ['river', 51],
  });
});

test('two choices of conditions never share a name', () => {
  const names = [list(null), list('labor'), list(null, '2026-01-01'), list('labor', '2026-01-01')].map(
    ({ name }) => name,
  );
  expect(new Set(names).size).toBe(4);
});

test('words are looked for as they are typed, and blanks are no words', () => {
  expect(holding(' 50%_of \\ ')).toBe(String.raw`%50\%\_of \\%`);
  expect([holding('  '), holding(null), holding(undefined)]).toEqual([null, null, null]);
});
