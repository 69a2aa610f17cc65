// Who was erased, as a list beside the backups: ids and days, nothing about anybody. A backup from before an erasure still
// holds what was erased, so the list outlives what is restored. It is signed: whoever could add to it could erase people.
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { canonicalJson } from '@habitat/kernel';
import type { JsonValue } from '@habitat/kernel';
import { z } from 'zod';
import { ClearError } from '../../clear-error.ts';
import type { Repository } from './repository.ts';
import { copyToBucket } from './repository.ts';

const erasure = z.object({ cooperativeId: z.uuid(), memberId: z.uuid(), erasedAt: z.iso.datetime() });
const content = z.object({ format: z.literal(1), erasures: z.array(erasure) });
const signed = z.object({ content, signature: z.string() });

export type NotedErasure = z.output<typeof erasure>;

const FILE = 'erasures.json';
const textOf = (value: z.output<typeof content>) => canonicalJson(value as JsonValue);

/** Every erasure ever noted, from disk and bucket together: one of them may be behind. */
export async function readErasures({ stores, key }: Repository): Promise<NotedErasure[]> {
  const noted = new Map<string, NotedErasure>();
  for (const store of stores) {
    const stream = await store.read(FILE);
    if (stream === null) continue;
    const parsed = signed.safeParse(JSON.parse(await text(stream)) as unknown);
    if (!parsed.success || !key.isSignature(textOf(parsed.data.content), parsed.data.signature))
      throw new ClearError(`The list of erasures in ${store.title} was changed, or signed with another key.`);
    for (const one of parsed.data.content.erasures) noted.set(`${one.cooperativeId} ${one.memberId}`, one);
  }
  return [...noted.values()].sort((a, b) => (a.erasedAt < b.erasedAt ? -1 : 1));
}

/** Keeps the list with these in it; writes nothing when it has them already. Answers how many were new. */
export async function keepErasures(repository: Repository, found: readonly NotedErasure[]): Promise<number> {
  if (found.length === 0) return 0;
  const noted = await readErasures(repository);
  const known = new Set(noted.map(({ cooperativeId, memberId }) => `${cooperativeId} ${memberId}`));
  const fresh = found.filter(({ cooperativeId, memberId }) => !known.has(`${cooperativeId} ${memberId}`));
  if (fresh.length === 0) return 0;
  const list = { format: 1 as const, erasures: [...noted, ...fresh] };
  const file = JSON.stringify({ content: list, signature: repository.key.sign(textOf(list)) }, null, 2);
  await repository.disk.write(FILE, Readable.from([Buffer.from(`${file}\n`)]));
  await copyToBucket(repository, FILE);
  return fresh.length;
}
