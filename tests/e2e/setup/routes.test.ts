import { readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { leadsTo, routes } from './routes.ts';

const app = path.resolve(import.meta.dirname, '../../../services/frontend/src/app');

/** Folders in round brackets order the files and are no part of an address. */
const pages = readdirSync(app, { recursive: true, encoding: 'utf8' })
  .filter((file) => path.basename(file) === 'page.tsx')
  .map((file) => `/${path.dirname(file).replaceAll(/\([^)]+\)\/?/g, '')}`.replace('/.', '/'))
  .toSorted();

describe('the pages the browser tests walk', () => {
  it('are all there are', () => {
    expect(routes.map((route) => route.path).toSorted()).toEqual(pages);
  });

  it('a link leads to the page of an id, and a page with a name of its own is none', () => {
    expect(leadsTo('/contributions/019a', '/contributions/[id]')).toBe(true);
    expect(leadsTo('/contributions/019a/edit', '/contributions/[id]')).toBe(false);
    expect(leadsTo('/contributions/new', '/contributions/[id]')).toBe(false);
  });
});
