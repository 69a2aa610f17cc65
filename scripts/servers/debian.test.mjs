// A test that needs a Debian package gets its program, or hears in one sentence what is missing.
import { expect, test } from 'vitest';
import { debian, withoutDebian } from './debian.mjs';

test('a package nobody listed is a mistake in the test, not something to install', async () => {
  await expect(debian(['telnetd'])).rejects.toThrow(/does not know the package telnetd/);
});

test('a build server skips nothing', async () => {
  const before = process.env.CI;
  process.env.CI = 'true';
  try {
    await expect(withoutDebian(['telnetd'])).rejects.toThrow(/telnetd/);
  } finally {
    if (before === undefined) delete process.env.CI;
    else process.env.CI = before;
  }
});
