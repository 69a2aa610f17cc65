// A fingerprint of what a service is built from, so that a second start builds nothing that did not change.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** What is no source: installed, or made by a build, which would call for the next one. */
const SKIPPED = new Set(['node_modules', 'dist', '.next', 'public', '.turbo', 'coverage', 'next-env.d.ts']);
const isTest = (name) => /\.(int\.|e2e\.)?test\.[a-z]+$/.test(name) || name.endsWith('.tsbuildinfo');

function* filesIn(folder) {
  const entries = readdirSync(folder, { withFileTypes: true }).sort((a, b) => (a.name < b.name ? -1 : 1));
  for (const entry of entries) {
    if (SKIPPED.has(entry.name) || isTest(entry.name)) continue;
    const path = join(folder, entry.name);
    if (entry.isDirectory()) yield* filesIn(path);
    else if (entry.isFile()) yield path;
  }
}

function fingerprint(root, folders, files) {
  const hash = createHash('sha256');
  const add = (path) =>
    hash.update(path.slice(root.length)).update('\0').update(readFileSync(path)).update('\0');
  for (const file of files) if (existsSync(file)) add(file);
  for (const folder of folders) if (existsSync(folder)) for (const file of filesIn(folder)) add(file);
  return hash.digest('hex');
}

/** Folder of every workspace package by its name. */
function workspacePackages(root) {
  const found = new Map();
  for (const parent of ['packages', 'services', 'examples']) {
    if (!existsSync(join(root, parent))) continue;
    for (const name of readdirSync(join(root, parent))) {
      const manifest = join(root, parent, name, 'package.json');
      if (!existsSync(manifest)) continue;
      found.set(JSON.parse(readFileSync(manifest, 'utf8')).name, join(root, parent, name));
    }
  }
  return found;
}

/**
 * The fingerprint of a service: its own sources, those of every workspace package it stands on, the SQL and the lock file.
 *
 * @param {string} root
 * @param {string} name such as @habitat/api
 */
export function serviceFingerprint(root, name) {
  const packages = workspacePackages(root);
  const needed = new Set();
  const visit = (each) => {
    const folder = packages.get(each);
    if (!folder || needed.has(folder)) return;
    needed.add(folder);
    const { dependencies = {} } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const dependency of Object.keys(dependencies)) visit(dependency);
  };
  visit(name);
  const files = ['pnpm-lock.yaml', 'tsconfig.base.json'].map((file) => join(root, file));
  return fingerprint(root, [...[...needed].sort(), join(root, 'schema')], files);
}

/** The fingerprint of what is installed: the lock file and every package's own list. */
export function installFingerprint(root) {
  const manifests = [...workspacePackages(root).values()]
    .sort()
    .map((folder) => join(folder, 'package.json'));
  const files = ['package.json', 'pnpm-workspace.yaml', 'pnpm-lock.yaml'].map((file) => join(root, file));
  return fingerprint(root, [], [...files, ...manifests]);
}
