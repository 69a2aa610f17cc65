// Files in a folder. What is being written is called .partial; it gets its name by a rename after it has reached
// the disk, so a crash or a full disk never leaves half a file under a name.
import { randomUUID } from 'node:crypto';
import { createReadStream } from 'node:fs';
import type { FileHandle } from 'node:fs/promises';
import { mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Measured, Store, StoredObject } from './store.ts';
import { meter } from './store.ts';

const PARTIAL = '.partial';
const A_DAY = 86_400_000;

/** What has been written and is on the disk, but not yet under its name. */
export interface Written extends Measured {
  /** Where it lies for now, for a program that takes a file's path. */
  readonly path: string;
  read(): Readable;
}

export interface DiskStore extends Store {
  /** Writes an object that gets its name only when `check` is content with what was written. */
  writeChecked(
    name: string,
    content: AsyncIterable<Uint8Array>,
    check: (written: Written) => Promise<void>,
  ): Promise<Measured>;
  /** Removes what interrupted writes left in these folders more than a day ago. */
  sweep(now: Date, folders: readonly string[]): Promise<void>;
}

async function syncFolder(folder: string): Promise<void> {
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && 'code' in error && error.code === 'ENOENT';
}

async function filesBelow(root: string, folder: string): Promise<string[]> {
  const entries = await readdir(join(root, folder), { withFileTypes: true, recursive: true }).catch(
    (error: unknown) => {
      if (isMissing(error)) return [];
      throw error;
    },
  );
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => relative(root, join(entry.parentPath, entry.name)).replaceAll(sep, '/'));
}

/**
 * Two writers of one name do not meet. The file is open before anything is read: what fails at once would else be
 * removed before it is there.
 */
async function openPartial(path: string): Promise<{ partial: string; file: FileHandle }> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const partial = `${path}.${randomUUID()}${PARTIAL}`;
  return { partial, file: await open(partial, 'wx', 0o600) };
}

/** Opens the folder, which is made when first written to. */
export function openDiskStore(root: string): DiskStore {
  const at = (name: string) => join(root, name);

  async function writeChecked(
    name: string,
    content: AsyncIterable<Uint8Array>,
    check: (written: Written) => Promise<void>,
  ): Promise<Measured> {
    const path = at(name);
    const { partial, file } = await openPartial(path);
    const counted = meter();
    try {
      await pipeline(
        content,
        (source: AsyncIterable<Uint8Array>) => counted.through(source),
        file.createWriteStream({ flush: true }),
      );
      const measured = counted.result();
      await check({ ...measured, path: partial, read: () => createReadStream(partial) });
      await rename(partial, path);
      await syncFolder(dirname(path));
      return measured;
    } catch (error) {
      await rm(partial, { force: true });
      throw error;
    }
  }

  async function list(folder: string): Promise<StoredObject[]> {
    const names = (await filesBelow(root, folder)).filter((name) => !name.endsWith(PARTIAL));
    return Promise.all(
      names.map(async (name) => {
        const { size, mtime } = await stat(at(name));
        return { name, size, modifiedAt: mtime };
      }),
    );
  }

  return {
    title: 'the disk',
    writeChecked,
    list,
    async read(name) {
      try {
        const handle = await open(at(name), 'r');
        return handle.createReadStream();
      } catch (error) {
        if (isMissing(error)) return null;
        throw error;
      }
    },
    async write(name, content) {
      await writeChecked(name, content, () => Promise.resolve());
    },
    async remove(name) {
      await rm(at(name), { force: true });
    },
    async sweep(now, folders) {
      for (const folder of folders) {
        const partials = (await filesBelow(root, folder)).filter((name) => name.endsWith(PARTIAL));
        for (const name of partials) {
          const { mtimeMs } = await stat(at(name));
          if (now.getTime() - mtimeMs > A_DAY) await rm(at(name), { force: true });
        }
      }
    },
  };
}
