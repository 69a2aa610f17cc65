// Builds the images with buildah, without a Docker engine: node scripts/images/build.mjs [target …]
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { release, root } from '../start/home.mjs';
import { localBase } from './local-base.mjs';
import { openStorage } from './storage.mjs';

export const targets = ['api', 'worker', 'ui', 'migrate'];

/**
 * Builds the images on a local base.
 *
 * @param {readonly string[]} wanted of `targets`
 * @param {{ version: string, revision: string }} release what they say they are; this clone when left out
 * @returns the storage and each image's name by its target
 */
export async function buildImages(wanted = targets, { version, revision } = release()) {
  const storage = await openStorage();
  const base = await localBase(storage);
  const npmrc = writeNpmrc(storage.folder);
  const images = {};
  try {
    for (const target of wanted) {
      images[target] = `localhost/habitat-${target}:${version}`;
      await storage.loud(
        'bud',
        ...['--quiet', '--isolation', 'chroot', '--pull-never', '--layers', '--format', 'docker'],
        ...['--file', join(root, 'infrastructure/docker/Dockerfile'), '--target', target],
        ...['--build-arg', `BASE_IMAGE=${base}`],
        ...['--build-arg', `VERSION=${version}`, '--build-arg', `REVISION=${revision}`],
        ...['--secret', `id=npmrc,src=${npmrc}`, '--tag', images[target], root],
      );
    }
  } finally {
    rmSync(npmrc);
  }
  return { storage, images };
}

/** How this machine reaches the package registry; a secret of the build, never part of an image. */
function writeNpmrc(folder) {
  const file = join(folder, `npmrc-${process.pid}`);
  const certificates = process.env.NODE_EXTRA_CA_CERTS ? 'cafile=/etc/ssl/certs/ca-certificates.crt\n' : '';
  writeFileSync(file, `fund=false\naudit=false\n${certificates}`, { mode: 0o600 });
  return file;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { images } = await buildImages(process.argv.length > 2 ? process.argv.slice(2) : targets);
  for (const image of Object.values(images)) process.stdout.write(`${image}\n`);
}
