// Bundles the worker into files that run on plain Node; into another folder when one is named. What is loaded late (traces)
// stays in files of its own, so that a start does not read it.
import { rmSync } from 'node:fs';
import { build } from 'esbuild';

const folder = process.argv[2] ?? 'dist';
// Parts are named after their content: those of an earlier build would stay.
rmSync(folder, { recursive: true, force: true });

await build({
  entryPoints: ['src/main.ts'],
  outdir: folder,
  splitting: true,
  bundle: true,
  platform: 'node',
  target: 'node20',
  format: 'esm',
  sourcemap: true,
  // argon2's compiled part is copied beside the bundle.
  loader: { '.node': 'copy' },
  external: ['pg-native'],
  // Libraries written for CommonJS ask for `require`, which an ES module does not have.
  banner: {
    js: "import { createRequire as makeRequire } from 'node:module'; const require = makeRequire(import.meta.url);",
  },
  logLevel: 'warning',
});
