// Which template serves an address, from the list Next writes when the pages are built: metrics name templates, because
// an address may hold an id.
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const manifest = z.object({
  staticRoutes: z.array(z.object({ page: z.string() })),
  dynamicRoutes: z.array(z.object({ page: z.string(), regex: z.string() })),
});

export type RouteTemplates = z.infer<typeof manifest>;

/** The templates of the built pages; none under `next dev`, which writes no list. */
export async function readRouteTemplates(folder: string): Promise<RouteTemplates> {
  const text = await readFile(join(folder, '.next/routes-manifest.json'), 'utf8').catch(() => null);
  return text === null ? { staticRoutes: [], dynamicRoutes: [] } : manifest.parse(JSON.parse(text));
}

/** Makes the lookup: "/contributions/abc" is "/contributions/[id]", and what no page serves is "unknown". */
export function routeLookup({ staticRoutes, dynamicRoutes }: RouteTemplates): (url: string) => string {
  const plain = new Set(staticRoutes.map(({ page }) => page));
  const patterns = dynamicRoutes.map(({ page, regex }) => ({ page, pattern: new RegExp(regex) }));
  return (url) => {
    const [path = '/'] = url.split('?');
    if (path.startsWith('/_next/')) return '/_next';
    if (plain.has(path)) return path;
    return patterns.find(({ pattern }) => pattern.test(path))?.page ?? 'unknown';
  };
}
