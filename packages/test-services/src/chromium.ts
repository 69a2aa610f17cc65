// The browser of the browser tests: Debian's Chromium, or the one CHROMIUM_PATH names.
import { requireProgram } from './debian-package.ts';

/** The path for playwright-core's `executablePath`. As root it needs `args: ['--no-sandbox']`. */
export function chromiumPath(): string {
  const named = process.env['CHROMIUM_PATH'];
  const usual = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'];
  return requireProgram(named ? [named] : usual, 'chromium');
}
