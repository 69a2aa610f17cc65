// Follows the imports of every page to the components that run in the browser, and checks that the words they say are
// sent along: a room forgotten would only show when that part is opened.
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { roomsEverywhere } from './client-strings.ts';

const app = path.resolve(import.meta.dirname, '../app');

function partOf(file: string) {
  const source = readFileSync(file, 'utf8');
  const imports = [...source.matchAll(/^(?:import|export)(?! type)[^;]*?from '(\.[^']+)'/gms)]
    .map(([, to]) => path.resolve(path.dirname(file), to ?? ''))
    .filter((to) => /\.tsx?$/.test(to) && existsSync(to));
  const rooms = [...source.matchAll(/useTranslations\('([\w-]+)/g)].map(([, room]) => room ?? '');
  return {
    runsThere: source.startsWith("'use client'"),
    acts: source.startsWith("'use server'"),
    imports,
    rooms,
  };
}

function roomsSaidInBrowser(entry: string): Set<string> {
  const said = new Set<string>();
  const seen = new Set<string>();
  const walk = (file: string, inBrowser: boolean): void => {
    const key = `${file} ${inBrowser}`;
    if (seen.has(key)) return;
    seen.add(key);
    const part = partOf(file);
    if (part.acts) return;
    const runs = inBrowser || part.runsThere;
    if (runs) for (const room of part.rooms) said.add(room);
    for (const to of part.imports) walk(to, runs);
  };
  walk(entry, false);
  return said;
}

/** The rooms the layouts above a page send. */
function roomsSent(page: string): Set<string> {
  const sent = new Set<string>(roomsEverywhere);
  for (let folder = path.dirname(page); folder.startsWith(app); folder = path.dirname(folder)) {
    const layout = path.join(folder, 'layout.tsx');
    const [, names = ''] =
      (existsSync(layout) && /<Rooms of=\{\[([^\]]*)\]/.exec(readFileSync(layout, 'utf8'))) || [];
    for (const [, name] of names.matchAll(/'([\w-]+)'/g)) sent.add(name ?? '');
  }
  return sent;
}

const pages = readdirSync(app, { recursive: true, encoding: 'utf8' }).filter((file) =>
  /(^|\/)(page|layout|error|not-found)\.tsx$/.test(file),
);

describe('the words that travel to the browser', () => {
  it.each(pages)('%s sends what its parts say there', (page) => {
    const file = path.join(app, page);
    const sent = roomsSent(file);
    expect([...roomsSaidInBrowser(file)].filter((room) => !sent.has(room))).toEqual([]);
  });
});
