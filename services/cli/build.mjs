// Bundles the habitat command into one file that runs on plain Node; into another folder when one is named.
import { build } from 'esbuild';

await build({
  entryPoints: ['src/main.ts'],
  // Another folder can be given as the first argument.
  outfile: `${process.argv[2] ?? 'dist'}/main.js`,
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
