// A base image for a machine without a registry: Debian by debootstrap with the Node of this machine in it. It stands
// in for node:24-bookworm-slim when the images are built and tried here; releases are built on the real one.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { debian } from '../servers/debian.mjs';

/**
 * The name of the base image, made on first use and kept in the storage.
 *
 * @param {Awaited<ReturnType<import('./storage.mjs').openStorage>>} storage
 */
export async function localBase(storage) {
  const name = `localhost/habitat-base:node-${process.versions.node}`;
  const known = await storage.buildah('images', '--format', '{{.Name}}:{{.Tag}}');
  if (known.split('\n').includes(name)) return name;
  const [debootstrap] = await debian(['debootstrap']);
  const folder = join(storage.folder, `base-${process.pid}`);
  try {
    execFileSync(debootstrap, ['--variant=minbase', '--include=ca-certificates', 'bookworm', folder], {
      stdio: 'ignore',
    });
    rmSync(join(folder, 'var/cache/apt/archives'), { recursive: true, force: true });
    addNode(folder);
    const container = await storage.buildah('from', 'scratch');
    await storage.buildah('copy', '--quiet', container, folder, '/');
    await storage.buildah('config', '--cmd', 'node', container);
    await storage.buildah('commit', '--quiet', '--rm', '--format', 'docker', container, name);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
  return name;
}

/** Node and npm where the official image has them, and the certificates this machine trusts. */
function addNode(folder) {
  const node = realpathSync(process.execPath);
  const lib = join(dirname(node), '../lib/node_modules');
  mkdirSync(join(folder, 'usr/local/lib/node_modules'), { recursive: true });
  cpSync(node, join(folder, 'usr/local/bin/node'));
  cpSync(join(lib, 'npm'), join(folder, 'usr/local/lib/node_modules/npm'), { recursive: true });
  for (const program of ['npm', 'npx']) {
    const target = `../lib/node_modules/npm/bin/${program}-cli.js`;
    execFileSync('ln', ['-s', target, join(folder, 'usr/local/bin', program)]);
  }
  const certificates = 'etc/ssl/certs/ca-certificates.crt';
  if (existsSync(`/${certificates}`)) cpSync(`/${certificates}`, join(folder, certificates));
}
