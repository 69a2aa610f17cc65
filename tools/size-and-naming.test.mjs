// The size and naming check turns red on each thing it is there to find, and on nothing else.
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, expect, test } from 'vitest';
import { sizeAndNamingFaults } from './check-size-and-naming.mjs';

let root;
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'habitat-size-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function write(file, text = 'export const a = 1;\n') {
  mkdirSync(dirname(join(root, file)), { recursive: true });
  writeFileSync(join(root, file), text);
}
const faults = () => sizeAndNamingFaults(root).map(({ file, message }) => `${file}: ${message}`);

test('a tree in order has no faults', () => {
  write('packages/people/src/member/member.store.ts');
  write('services/frontend/src/app/(app)/log/[id]/page.tsx');
  write('schema/04_people_core.sql', 'select 1;\n');
  write('infrastructure/helm/values.yaml', 'a: 1\n');
  expect(faults()).toEqual([]);
});
test('a file of 401 lines is too long, one of 400 is not', () => {
  write('packages/a/src/long.ts', 'x;\n'.repeat(401));
  write('packages/a/src/just.ts', 'x;\n'.repeat(400));
  expect(faults()).toEqual(['packages/a/src/long.ts: 401 lines, more than 400']);
});
test.each(['utils', 'helpers', 'common', 'domain', 'application', 'manager'])(
  'a folder named %s is refused',
  (name) => {
    write(`packages/a/src/${name}/money.ts`);
    expect(faults()).toEqual([expect.stringContaining(`"${name}" says nothing`)]);
  },
);
test('camelCase files and folders are refused', () => {
  write('packages/a/src/capitalAccount.ts');
  write('packages/a/src/CapitalAccount/entry.ts');
  expect(faults()).toHaveLength(2);
});
test('a thirteenth source file in a folder is refused; tests do not count', () => {
  for (let number = 1; number <= 12; number += 1) write(`packages/a/src/file-${number}.ts`);
  write('packages/a/src/file-1.test.ts');
  expect(faults()).toEqual([]);
  write('packages/a/src/file-13.ts');
  expect(faults()).toEqual(['packages/a/src: 13 source files in one folder, more than 12']);
});
test('a path of somebody’s machine is refused', () => {
  write('docs/guide.md', `See ${['', 'home', 'ana', 'habitat'].join('/')}/README.md\n`);
  expect(faults()).toEqual(['docs/guide.md: line 1 names a path of one machine']);
});
