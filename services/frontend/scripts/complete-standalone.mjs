// Next leaves the static files out of its standalone server; this puts them beside it, so that
// `node .next/standalone/services/frontend/server.js` serves everything.
import { cp, stat } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const server = `${root}.next/standalone/services/frontend`;
await stat(`${server}/server.js`);
await cp(`${root}.next/static`, `${server}/.next/static`, { recursive: true });
const hasPublic = await stat(`${root}public`).then(
  () => true,
  () => false,
);
if (hasPublic) await cp(`${root}public`, `${server}/public`, { recursive: true });
