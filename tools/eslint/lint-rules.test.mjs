// The lint rules turn red on what they forbid in a context, and leave the kernel's own way of doing it alone.
import { ESLint } from 'eslint';
import { fileURLToPath } from 'node:url';
import { describe, expect, test } from 'vitest';

const root = fileURLToPath(new URL('../..', import.meta.url));
const untyped = {
  files: ['**/*.ts'],
  languageOptions: { parserOptions: { projectService: false } },
  rules: {
    '@typescript-eslint/no-floating-promises': 'off',
    '@typescript-eslint/no-misused-promises': 'off',
    '@typescript-eslint/await-thenable': 'off',
    '@typescript-eslint/switch-exhaustiveness-check': 'off',
    '@typescript-eslint/no-unused-vars': 'off',
  },
};
// The snippets are no files of a package, so the rules that need types are left to the real run.
const eslint = new ESLint({ cwd: root, overrideConfig: untyped });

async function rulesBroken(code, filePath = 'packages/treasury/src/posting.ts') {
  const [{ messages }] = await eslint.lintText(code, { filePath: `${root}/${filePath}` });
  return messages.map(({ ruleId, message }) => ruleId ?? message);
}

describe('money in a context', () => {
  test.each([
    'export const f = (amountMinor: number) => amountMinor;',
    'export interface A { readonly bookMinor: number | null }',
    'export const f = (a: { taxMinor: bigint }) => Number(a.taxMinor);',
    'export const f = (amount: bigint) => +amount;',
    'export const f = (a: { amountMinor: bigint }) => a.amountMinor * 0.2;',
    'export let totalMinor = 0n; totalMinor += 1;',
  ])('is no number: %s', async (code) => {
    expect(await rulesBroken(code)).toContain('habitat/no-number-money');
  });
  test.each([
    'export const f = (amountMinor: bigint) => amountMinor * 2n;',
    'export const f = (lines: number) => lines + 1;',
    'export const f = (amountMinor: bigint, count: number) => [amountMinor, count * 2];',
  ])('may be a bigint: %s', async (code) => {
    expect(await rulesBroken(code)).toEqual([]);
  });
  test.each(['parseFloat("1")', 'Number.parseFloat("1")', '(1).toFixed(2)', 'Math.round(1.5)'])(
    '%s is refused',
    async (call) => {
      const broken = await rulesBroken(`export const x = ${call};`);
      expect(broken.some((rule) => rule.startsWith('no-restricted-'))).toBe(true);
    },
  );
});

test('only packages/config and a main.ts touch the environment', async () => {
  const code = 'export const e = process.env;';
  expect(await rulesBroken(code, 'packages/messaging/src/relay.ts')).toEqual(['no-restricted-properties']);
  expect(await rulesBroken(code, 'packages/treasury/src/posting.ts')).toEqual(['no-restricted-properties']);
  expect(await rulesBroken(code, 'packages/config/src/environment.ts')).toEqual([]);
  expect(await rulesBroken(code, 'services/api/src/main.ts')).toEqual([]);
});

test('export * and default exports are refused, where no framework asks for them', async () => {
  expect(await rulesBroken("export * from './a.ts';")).toEqual(['no-restricted-syntax']);
  expect(await rulesBroken('export default 1;')).toEqual(['no-restricted-syntax']);
  expect(await rulesBroken('export default 1;', 'services/frontend/src/app/page.ts')).toEqual([]);
});

test('a function of 71 lines is too long', async () => {
  const body = Array.from({ length: 68 }, (_, index) => `  void ${index};`).join('\n');
  expect(await rulesBroken(`export function f() {\n${body}\n}`)).toEqual([]);
  expect(await rulesBroken(`export function f() {\n  void 0;\n${body}\n}`)).toEqual([
    'max-lines-per-function',
  ]);
});
