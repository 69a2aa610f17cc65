// Counts what the stages of `npm test` found and lays it out: a table for people, one line for machines.

/**
 * The counts of one vitest run from its JSON report. A run that fails without a failed test (a file that can't be
 * loaded, an error outside of any test, no report at all) still counts one failure.
 *
 * @param {any} report
 * @param {number} exitCode
 */
export function countVitest(report, exitCode) {
  if (!report)
    return exitCode === 0 ? { passed: 0, failed: 0, skipped: 0 } : { passed: 0, failed: 1, skipped: 0 };
  const emptyFiles = report.testResults.filter(
    (file) => file.status === 'failed' && file.assertionResults.every(({ status }) => status !== 'failed'),
  ).length;
  const failed = report.numFailedTests + emptyFiles;
  return {
    passed: report.numPassedTests,
    failed: failed === 0 && exitCode !== 0 ? 1 : failed,
    skipped: report.numPendingTests + (report.numTodoTests ?? 0),
  };
}

/**
 * A line per failed test with the beginning of its message, so that it is known at the end what failed far above.
 *
 * @param {any} report
 * @returns {string[]}
 */
export function failuresOf(report) {
  const firstLine = (text) => (text ?? '').trim().split('\n')[0];
  return (report?.testResults ?? []).flatMap((file) => {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed');
    if (failed.length === 0 && file.status === 'failed') return [`${file.name}: ${firstLine(file.message)}`];
    return failed.map(({ fullName, failureMessages }) => `${fullName}: ${firstLine(failureMessages?.[0])}`);
  });
}

/** @param {readonly { title: string, passed: number, failed: number, skipped: number, ms: number }[]} results */
export function table(results) {
  const rows = results.map(({ title, passed, failed, skipped, ms }) => [
    failed > 0 ? `✗ ${title}` : `✓ ${title}`,
    String(passed),
    String(failed),
    String(skipped),
    `${(ms / 1000).toFixed(1)} s`,
  ]);
  const all = [['stage', 'passed', 'failed', 'skipped', 'time'], ...rows];
  const widths = all[0].map((_, column) => Math.max(...all.map((row) => row[column].length)));
  return all
    .map((row) =>
      row
        .map((cell, column) => (column === 0 ? cell.padEnd(widths[0]) : cell.padStart(widths[column])))
        .join('  '),
    )
    .join('\n');
}

/** @param {readonly { passed: number, failed: number, skipped: number }[]} results */
export function closingLine(results) {
  const sum = (name) => results.reduce((total, result) => total + result[name], 0);
  const [passed, failed, skipped] = ['passed', 'failed', 'skipped'].map(sum);
  return { passed, failed, skipped, line: `${passed} passed, ${failed} failed, ${skipped} skipped` };
}
