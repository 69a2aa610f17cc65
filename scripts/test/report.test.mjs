// The closing line of `npm test` never hides a failure.
import { expect, test } from 'vitest';
import { closingLine, countVitest, failuresOf, table } from './report.mjs';

const report = (over) => ({
  numPassedTests: 3,
  numFailedTests: 0,
  numPendingTests: 0,
  numTodoTests: 0,
  testResults: [],
  ...over,
});

test('tests are counted as vitest counts them', () => {
  expect(countVitest(report({ numFailedTests: 1, numPendingTests: 2, numTodoTests: 1 }), 1)).toEqual({
    passed: 3,
    failed: 1,
    skipped: 3,
  });
});
test('a file that cannot be loaded is a failure although no test of it ran', () => {
  const broken = { status: 'failed', assertionResults: [] };
  expect(countVitest(report({ testResults: [broken] }), 1).failed).toBe(1);
});
test('a run that fails without a failed test is a failure', () => {
  expect(countVitest(report({}), 1).failed).toBe(1);
  expect(countVitest(null, 1).failed).toBe(1);
});
test('the closing line sums all stages', () => {
  const stages = [
    { title: 'types', passed: 1, failed: 0, skipped: 0, ms: 1500 },
    { title: 'unit', passed: 40, failed: 2, skipped: 1, ms: 200 },
  ];
  expect(closingLine(stages).line).toBe('41 passed, 2 failed, 1 skipped');
  expect(table(stages)).toMatch(/✗ unit {2,}40 +2 +1 +0\.2 s/);
});
test('what failed is told by name, also a file that cannot be loaded', () => {
  const failed = {
    status: 'failed',
    fullName: 'a sum balances',
    failureMessages: ['Error: off by 1\n  at x'],
  };
  const results = [
    {
      name: 'sum.test.ts',
      status: 'failed',
      assertionResults: [failed, { status: 'passed', fullName: 'b' }],
    },
    { name: 'broken.test.ts', status: 'failed', message: 'SyntaxError: no', assertionResults: [] },
  ];
  expect(failuresOf(report({ testResults: results }))).toEqual([
    'a sum balances: Error: off by 1',
    'broken.test.ts: SyntaxError: no',
  ]);
  expect(failuresOf(null)).toEqual([]);
});
