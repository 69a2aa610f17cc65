// A second start builds nothing: what a build makes is no source of the next one.
import { expect, test } from 'vitest';
import { openHome, readStamps, root } from '../../scripts/start/home.mjs';
import { serviceFingerprint } from '../../scripts/start/sources.mjs';
import { build, outputs } from '../../scripts/start/workspace.mjs';

test('a build leaves nothing behind that calls for another one', async () => {
  const home = openHome();
  await build(home);
  const built = readStamps(home) as Record<string, string>;
  for (const name of Object.keys(outputs))
    expect([name, serviceFingerprint(root, name)]).toEqual([name, built[name]]);
});
