// Makes the offline verifier of audit trails: one page with everything in it, which may run its own script and style and
// nothing else, and ask no network for anything.
import { createHash } from 'node:crypto';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';
import { build } from 'esbuild';

const root = fileURLToPath(new URL('..', import.meta.url));
const sources = `${root}src/features/audit/offline`;

const hashOf = (text) => `'sha256-${createHash('sha256').update(text).digest('base64')}'`;

const bundle = async (entry) => {
  const { outputFiles } = await build({
    entryPoints: [`${sources}/${entry}`],
    bundle: true,
    minify: true,
    write: false,
    format: 'iife',
    target: 'es2022',
    charset: 'utf8',
    legalComments: 'none',
  });
  return outputFiles[0].text.trim();
};

const [template, script, style] = await Promise.all([
  readFile(`${sources}/verifier.html`, 'utf8'),
  bundle('verifier.ts'),
  bundle('verifier.css'),
]);
if (/<\/script/i.test(script)) throw new Error('the script of the verifier would end itself');
const policy = [
  "default-src 'none'",
  `script-src ${hashOf(script)}`,
  `style-src ${hashOf(style)}`,
  "base-uri 'none'",
  "form-action 'none'",
].join('; ');
const parts = { policy, style, script };
await mkdir(`${root}public`, { recursive: true });
await writeFile(
  `${root}public/audit-verifier.html`,
  template.replaceAll(/\{(policy|style|script)\}/g, (_, name) => parts[name]),
);
