// Everything kept about a member, in files for people and for programs (GDPR art. 15 and 20). Composed here, because no
// context knows more than its own part; every query is asked for this one member.
import { PassThrough } from 'node:stream';
import type { Readable } from 'node:stream';
import type { Database } from '@habitat/database';
import type { Vault } from '@habitat/evidence';
import type { Language } from '@habitat/kernel';
import { formatMinor } from '@habitat/kernel';
import type { Secrets } from '@habitat/platform';
import { ZipFile } from 'yazl';
import type { Viewer } from '../graphql/context.ts';
import type { Words } from '../words/words.ts';
import { accountParts } from './account-parts.ts';
import { contributionParts } from './contribution-parts.ts';
import { guidePart } from './guide.ts';
import { moneyParts } from './money-parts.ts';
import type { Part } from './part.ts';

/** Somebody who is a member, as whom the data is asked for. */
export type Member = Viewer & { readonly actor: { readonly memberId: string; readonly loginId: string } };

export interface OwnDataParts {
  readonly database: Database;
  readonly vault: Vault | null;
  /** Open what is kept sealed. */
  readonly secrets: Secrets;
  readonly viewer: Member;
  readonly language: Language;
  readonly now: Date;
  /** Minor units as text in the cooperative's currency. */
  money(minor: bigint): string;
  /** Who did something, without saying who else. */
  by(memberId: string | null): 'you' | 'another' | 'the system';
}

async function* allParts(own: OwnDataParts, words: Words): AsyncGenerator<Part> {
  const { displayName: name, cooperative } = own.viewer;
  yield guidePart(words, { name, cooperative: cooperative.name, at: own.now });
  yield* accountParts(own);
  yield* moneyParts(own);
  // Evidence comes last: it is the longest.
  yield* contributionParts(own);
}

async function pack(parts: AsyncIterable<Part>, zip: ZipFile, mtime: Date): Promise<void> {
  for await (const part of parts) {
    if ('text' in part) zip.addBuffer(Buffer.from(part.text), part.name, { mtime });
    else
      zip.addReadStreamLazy(part.name, { mtime, compress: false }, (done) => {
        part.open().then(
          // A file that is lost leaves its place empty; its hash stands in contributions.json.
          (content) => done(null, content ?? new PassThrough().end()),
          (error: unknown) => done(error, new PassThrough()),
        );
      });
  }
  zip.end();
}

/** The archive as a stream that begins at once; it breaks off when a part cannot be made. */
export function ownDataArchive(
  asked: Pick<OwnDataParts, 'database' | 'vault' | 'secrets' | 'viewer' | 'now'>,
  words: Words,
  onFault: (error: unknown) => void,
): Readable {
  const { memberId } = asked.viewer.actor;
  const digits = asked.viewer.cooperative.currencyDigits;
  const own: OwnDataParts = {
    ...asked,
    language: words.language,
    money: (minor) => formatMinor(minor, digits),
    by: (id) => (id === null ? 'the system' : id === memberId ? 'you' : 'another'),
  };
  const zip = new ZipFile();
  const out = new PassThrough();
  const fail = (error: unknown) => {
    onFault(error);
    out.destroy(error instanceof Error ? error : new Error('an export could not be made'));
  };
  zip.on('error', fail);
  zip.outputStream.pipe(out);
  pack(allParts(own, words), zip, asked.now).catch(fail);
  return out;
}
