// SECURITY.md names a test for every attack; a test that was renamed or taken away leaves no empty promise behind.
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const root = new URL('../', import.meta.url);
const page = readFileSync(fileURLToPath(new URL('SECURITY.md', root)), 'utf8');
const rows = page
  .slice(page.indexOf('## Attacks'))
  .split('\n')
  .filter((line) => line.startsWith('| ') && !/^\| (Attack |---)/.test(line))
  .map((line) => line.split('|').map((cell) => cell.trim()));

test('every attack names what shows it', () => {
  expect(rows.length).toBeGreaterThan(30);
});

test.each(rows.map(([, attack, , shown]) => [attack, shown]))('%s', (_attack, shown) => {
  const [, file, title] = /^\[[^\]]+\]\(([^)]+)\) "(.+)"$/.exec(shown) ?? [];
  expect(file, shown).toBeDefined();
  const path = fileURLToPath(new URL(file, root));
  expect(existsSync(path), file).toBe(true);
  expect(readFileSync(path, 'utf8')).toContain(title);
});
