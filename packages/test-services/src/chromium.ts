// The browser of the browser tests: Debian's Chromium, or the one CHROMIUM_PATH names, with a font that people have.
import { debian } from '../../../scripts/servers/debian.mjs';

/** The path for playwright-core's `executablePath`. As root it needs `args: ['--no-sandbox']`. */
export async function chromiumPath(): Promise<string> {
  const named = process.env['CHROMIUM_PATH'];
  if (named) return named;
  const [program = ''] = await debian(['chromium', 'fonts-liberation']);
  return program;
}
