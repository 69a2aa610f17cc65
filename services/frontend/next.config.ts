// How the pages are built: one standalone server that carries the workspace packages it uses, with telemetry off.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import type { NextConfig } from 'next';
import createNextIntlPlugin from 'next-intl/plugin';

const repositoryRoot = path.resolve(path.dirname(fileURLToPath(import.meta.url)), '../..');

const nextConfig: NextConfig = {
  output: 'standalone',
  outputFileTracingRoot: repositoryRoot,
  turbopack: {
    root: repositoryRoot,
    resolveAlias: {
      'next-intl': { browser: './src/lib/language/words-in-browser.ts' },
      '@formatjs/fast-memoize': { browser: './src/lib/language/memoize-in-browser.ts' },
      // Next's own last page travels with every other one (2 KB); ours says the same, in both languages.
      './builtin/global-error': { browser: './src/app/global-error.tsx' },
      '../components/builtin/global-error': { browser: './src/app/global-error.tsx' },
    },
  },
  transpilePackages: [
    '@habitat/allowance',
    '@habitat/kernel',
    '@habitat/observability',
    '@habitat/patronage',
  ],
  // They load parts of themselves by names a bundler cannot follow.
  serverExternalPackages: ['pino', 'prom-client', 'ws'],
  // Types are checked on their own (`pnpm typecheck`), not a second time by everybody who builds or starts.
  typescript: { ignoreBuildErrors: true },
  poweredByHeader: false,
  reactStrictMode: true,
  // The title comes with the page for everybody, not only for crawlers: it is read out first, and needs no script.
  htmlLimitedBots: /.*/,
  // Every list of ours pages by a cursor in the address, so a stale copy of a page would show old books.
  experimental: {
    staleTimes: { dynamic: 0 },
    serverActions: { bodySizeLimit: '200kb' },
    // What passes the proxy is kept whole up to here, whoever sends it, and cut off beyond: a form is smaller
    // (src/lib/session/policy.ts). Files of evidence go round it.
    proxyClientMaxBodySize: '500kb',
  },
};

// The catalogue is compiled when the pages are built: browsers get a small printer instead of a parser of sentences.
export default createNextIntlPlugin({
  requestConfig: './src/lib/request-strings.ts',
  experimental: {
    messages: { path: './messages', format: 'json', locales: 'infer', precompile: true },
  },
})(nextConfig);
