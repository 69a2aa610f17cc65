// What the compiler can't see: floating promises, money in a float, the environment read in a corner, files that grew too long.
import js from '@eslint/js';
import globals from 'globals';
import tseslint from 'typescript-eslint';
import { noNumberMoney } from './tools/eslint/no-number-money.mjs';

const tests = [
  '**/*.test.{ts,tsx,mjs}',
  '**/*.fixture.ts',
  '**/testing/**',
  '{packages,services}/*/test/**',
  'tests/**',
  'packages/test-services/**',
];
const contexts = ['packages/{treasury,people,agreements,patronage,kernel}/**/*.ts'];

const noExportAll = { selector: 'ExportAllDeclaration', message: 'Name what a package offers, one by one.' };
const noDefaultExport = {
  selector: 'ExportDefaultDeclaration',
  message: 'Export by name: a name can be searched for.',
};
const noEnvironment = {
  object: 'process',
  property: 'env',
  message: 'Only packages/config reads the environment; a main.ts hands it over.',
};
const noFloats = [
  {
    object: 'Number',
    property: 'parseFloat',
    message: 'Money and quantities are exact: parseMoney, parseDecimal.',
  },
  ...['toFixed', 'toPrecision'].map((property) => ({
    property,
    message: 'Format exactly: formatMinor, formatDecimal.',
  })),
  ...['round', 'floor', 'ceil', 'trunc'].map((property) => ({
    object: 'Math',
    property,
    message: 'Rounding money or quantities is apportion() or roundHalfUp(), never Math.',
  })),
];

export default tseslint.config(
  {
    ignores: [
      '**/dist/**',
      '**/.next/**',
      '**/coverage/**',
      '.habitat/**',
      'tools/fixtures/**',
      '**/*.d.ts',
      '**/*.d.mts',
      'examples/**/output/**',
    ],
  },
  js.configs.recommended,
  {
    files: ['**/*.{ts,tsx,mts}'],
    extends: [...tseslint.configs.recommended],
    rules: {
      '@typescript-eslint/consistent-type-imports': 'error',
      '@typescript-eslint/no-unused-vars': [
        'error',
        { argsIgnorePattern: '^_', varsIgnorePattern: '^_', ignoreRestSiblings: true },
      ],
    },
  },
  {
    files: ['{packages,services,examples}/*/src/**/*.{ts,tsx}'],
    languageOptions: { parserOptions: { projectService: true, tsconfigRootDir: import.meta.dirname } },
    rules: {
      '@typescript-eslint/no-floating-promises': 'error',
      '@typescript-eslint/no-misused-promises': ['error', { checksVoidReturn: { attributes: false } }],
      '@typescript-eslint/await-thenable': 'error',
      '@typescript-eslint/switch-exhaustiveness-check': [
        'error',
        { considerDefaultExhaustiveForUnions: true },
      ],
    },
  },
  {
    languageOptions: { globals: { ...globals.node } },
    linterOptions: { reportUnusedDisableDirectives: 'error' },
    rules: {
      'max-lines': ['error', { max: 400 }],
      'max-lines-per-function': ['error', { max: 70 }],
      'no-restricted-syntax': ['error', noExportAll, noDefaultExport],
      eqeqeq: ['error', 'always', { null: 'ignore' }],
      'object-shorthand': 'error',
      'prefer-const': 'error',
      // A check for control characters has to name them.
      'no-control-regex': 'off',
    },
  },
  {
    files: ['{packages,services}/**/*.{ts,tsx}'],
    ignores: [
      ...tests,
      'packages/config/**',
      'services/*/src/main.ts',
      'services/frontend/src/lib/environment.ts',
      // Next leaves out what another runtime could not load only where this very expression stands.
      'services/frontend/src/instrumentation.ts',
    ],
    rules: { 'no-restricted-properties': ['error', noEnvironment] },
  },
  {
    files: contexts,
    ignores: tests,
    plugins: { habitat: { rules: { 'no-number-money': noNumberMoney } } },
    rules: {
      'habitat/no-number-money': 'error',
      'no-restricted-globals': [
        'error',
        { name: 'parseFloat', message: 'Money and quantities are exact: parseMoney, parseDecimal.' },
      ],
      'no-restricted-properties': ['error', noEnvironment, ...noFloats],
    },
  },
  {
    // Days and weeks are counted in whole numbers, which lose nothing.
    files: ['packages/kernel/src/calendar/**'],
    rules: { 'no-restricted-properties': ['error', noEnvironment] },
  },
  {
    files: ['services/frontend/src/**/*.{ts,tsx}'],
    ignores: ['services/frontend/src/components/link.tsx'],
    rules: {
      'no-restricted-imports': [
        'error',
        {
          name: 'next/link',
          importNames: ['default'],
          message: 'Our own link fetches nothing ahead: components/link.tsx.',
        },
      ],
    },
  },
  {
    // Frameworks that look for a default export.
    files: [
      '**/*.config.{ts,mjs}',
      'services/frontend/src/app/**',
      'services/frontend/messages/*/index.ts',
      'services/frontend/src/lib/request-strings.ts',
      '**/vitest-global-setup.ts',
    ],
    rules: { 'no-restricted-syntax': ['error', noExportAll] },
  },
  {
    files: ['**/*.mjs'],
    rules: { 'no-unused-vars': ['error', { ignoreRestSiblings: true, argsIgnorePattern: '^_' }] },
  },
  {
    files: ['**/*.cjs'],
    languageOptions: { sourceType: 'commonjs' },
    rules: { '@typescript-eslint/no-require-imports': 'off' },
  },
  {
    files: tests,
    // The published samples of RFC 8785 are full of numbers and escapes no one would write.
    rules: { 'max-lines-per-function': 'off', 'no-loss-of-precision': 'off', 'no-useless-escape': 'off' },
  },
);
