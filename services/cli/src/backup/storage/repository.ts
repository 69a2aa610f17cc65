// The backups of an installation: on the disk first, then in the bucket. What is damaged or missing in one place is
// taken from the other; what is good in neither is refused before anything is done with it.
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import type { BackupConfig } from '@habitat/config';
import type { DiskStore, Store } from '@habitat/storage';
import { measure, meter, openDiskStore, openS3Store } from '@habitat/storage';
import { ClearError } from '../../clear-error.ts';
import type { BackupKey } from './age.ts';
import { openKey } from './age.ts';
import type { BackupKind, ManifestContent } from './manifest.ts';
import { openManifest, sealManifest } from './manifest.ts';

export interface Repository {
  readonly key: BackupKey;
  readonly disk: DiskStore;
  readonly bucket: Store | null;
  /** Both places, the nearer first. */
  readonly stores: readonly Store[];
}

export async function openRepository(config: BackupConfig): Promise<Repository> {
  const disk = openDiskStore(config.directory);
  const bucket = config.s3 === null ? null : openS3Store(config.s3);
  return { key: await openKey(config.key), disk, bucket, stores: bucket === null ? [disk] : [disk, bucket] };
}

const MANIFEST = 'manifest.json';
export const fileOf = (kind: BackupKind, name: string, file: string) => `${kind}/${name}/${file}`;

/** Copies one object from the disk to the bucket and reads it back: what arrived is what was sent. */
export async function copyToBucket({ disk, bucket }: Repository, name: string): Promise<void> {
  if (bucket === null) return;
  const content = await disk.read(name);
  if (content === null) throw new Error(`${name} is gone from the disk`);
  const sent = meter();
  await bucket.write(name, Readable.from(sent.through(content), { objectMode: false }));
  const arrived = await bucket.read(name);
  if (arrived === null || (await measure(arrived)).sha256 !== sent.result().sha256) {
    throw new Error(`${name} did not arrive whole in ${bucket.title}`);
  }
}

/** Writes the manifest, which makes the files a backup: on the disk, then files and manifest in the bucket. */
export async function finishBackup(repository: Repository, content: ManifestContent): Promise<void> {
  const manifest = fileOf(content.kind, content.name, MANIFEST);
  await repository.disk.write(manifest, Readable.from([Buffer.from(sealManifest(content, repository.key))]));
  const files = content.files.map((file) => fileOf(content.kind, content.name, file.name));
  for (const name of [...files, manifest]) await copyToBucket(repository, name);
}

/** Names of the backups of a kind that have a manifest anywhere, oldest first. */
export async function listBackups(repository: Repository, kind: BackupKind): Promise<string[]> {
  const lists = await Promise.all(repository.stores.map((store) => store.list(kind)));
  const names = lists
    .flat()
    .filter((object) => object.name.endsWith(`/${MANIFEST}`))
    .map((object) => object.name.split('/')[1] ?? '');
  return [...new Set(names)].sort();
}

/** The manifest of a backup. Throws ClearError when there is none, or it is not to be trusted. */
export async function readManifest(
  repository: Repository,
  kind: BackupKind,
  name: string,
): Promise<ManifestContent> {
  for (const store of repository.stores) {
    const stream = await store.read(fileOf(kind, name, MANIFEST));
    if (stream !== null) return openManifest(await text(stream), name, repository.key);
  }
  const known = (await listBackups(repository, kind)).slice(-5).join(', ');
  throw new ClearError(
    `There is no ${kind} "${name}"; ${known === '' ? 'there is none yet' : `the newest are: ${known}`}.`,
  );
}

/** What is wrong with a file in one place; null when it is as the manifest says. */
async function faultOf(
  store: Store,
  path: string,
  expected: ManifestContent['files'][number],
): Promise<string | null> {
  const stream = await store.read(path);
  if (stream === null) return `${path} is missing in ${store.title}`;
  const { size, sha256 } = await measure(stream);
  if (size < expected.size)
    return `${path} is truncated in ${store.title}: ${size} of ${expected.size} bytes are left`;
  return sha256 === expected.sha256 ? null : `${path} was changed in ${store.title}: its SHA-256 is another`;
}

/**
 * A place where every file of the backup is whole.
 *
 * @throws ClearError that names what is missing, truncated or changed
 */
export async function wholeIn(repository: Repository, manifest: ManifestContent): Promise<Store> {
  const faults: string[] = [];
  for (const store of repository.stores) {
    const found = await Promise.all(
      manifest.files.map((file) => faultOf(store, fileOf(manifest.kind, manifest.name, file.name), file)),
    );
    const wrong = found.filter((fault) => fault !== null);
    if (wrong.length === 0) return store;
    faults.push(...wrong);
  }
  throw new ClearError(`The backup ${manifest.name} cannot be used: ${faults.join('; ')}.`);
}

/** The decrypted content of a backup's only file. */
export async function openContent(
  repository: Repository,
  store: Store,
  manifest: ManifestContent,
): Promise<Readable> {
  const [file] = manifest.files;
  const stream =
    file === undefined ? null : await store.read(fileOf(manifest.kind, manifest.name, file.name));
  if (stream === null) throw new ClearError(`The backup ${manifest.name} lost its file while it was read.`);
  return repository.key.decrypt(stream);
}
