// Every test file runs in exactly one stage of `npm test`, so that the closing line counts each test once.
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { root } from '../start/home.mjs';
import { stages } from './stages.mjs';

/** What vitest itself would run. */
function filesOf(...args) {
  const env = { ...process.env, VITEST: undefined, NODE_ENV: undefined };
  const list = execFileSync(
    process.execPath,
    [join(root, 'node_modules/vitest/vitest.mjs'), 'list', '--filesOnly', '--json', ...args],
    { cwd: root, env, encoding: 'utf8' },
  );
  return JSON.parse(list).map(({ file }) => file);
}

test.each(['unit', 'integration', 'e2e-*'])(
  'every file of the project %s runs in exactly one stage',
  (name) => {
    const listed = stages
      .filter((stage) => stage.kind === 'vitest' && stage.name === name)
      .flatMap((stage) => filesOf('--project', name, ...stage.args));
    expect(listed.length).toBeGreaterThan(0);
    expect(listed.sort()).toEqual(filesOf('--project', name).sort());
  },
);
