// Every run of a backup or drill, also a failed one, as a line in runs.jsonl beside the backups: what the metrics
// are made of, and what an auditor reads.
import { mkdir, open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';

const run = z.object({
  kind: z.enum(['dump', 'base', 'drill']),
  startedAt: z.string(),
  finishedAt: z.string(),
  outcome: z.enum(['done', 'failed']),
  /** Of a run that was done: the backup's name and its size in bytes. */
  name: z.string().optional(),
  size: z.number().optional(),
  /** Of a failed run: why. */
  error: z.string().optional(),
});

export type Run = z.output<typeof run>;
export type RunKind = Run['kind'];

const FILE = 'runs.jsonl';

/** Appends a run; it is on the disk when this resolves. */
export async function recordRun(directory: string, entry: Run): Promise<void> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const handle = await open(join(directory, FILE), 'a', 0o600);
  try {
    await handle.appendFile(`${JSON.stringify(entry)}\n`);
    await handle.sync();
  } finally {
    await handle.close();
  }
}

/** All runs, oldest first. A line cut short by a crash is passed over. */
export async function readRuns(directory: string): Promise<Run[]> {
  const lines = await readFile(join(directory, FILE), 'utf8').catch((error: unknown) => {
    if (error instanceof Error && 'code' in error && error.code === 'ENOENT') return '';
    throw error;
  });
  return lines.split('\n').flatMap((line) => {
    try {
      return [run.parse(JSON.parse(line))];
    } catch {
      return [];
    }
  });
}
