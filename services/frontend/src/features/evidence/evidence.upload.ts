// Files on their way from the browser to the API: each is handed on as it came, then all are attached at once, and of
// strangers nothing is read. Whatever
// is refused is told on the page of the contribution, and what came in before it stays.
import 'server-only';
import type { ReadableStream as WebStream } from 'node:stream/web';
import { getTranslations } from 'next-intl/server';
import type { Fault } from '../../lib/api/fault.ts';
import { graphql } from '../../lib/api/graphql.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask, upload } from '../../lib/api/request.ts';
import { attachEvidenceDocument } from '../contribution/contribution.documents.ts';
import { eachFile } from './form-of-files.ts';
import { createLine } from './line.ts';

/** A body of files is smaller than this: the largest file there may be, and the form around it. */
export const MOST_BODY_BYTES = 27_000_000;

type Ended = { readonly reason: string; readonly place?: number; readonly facts?: Fault['facts'] };

/** The page of the contribution, where the form of files is; with what was refused, if something was. */
export function pageAfter(contributionId: string, ended: Ended | null): string {
  const page = `/contributions/${encodeURIComponent(contributionId)}`;
  if (ended === null) return `${page}#evidence`;
  const { most } = ended.facts ?? {};
  const query = new URLSearchParams({
    refused: ended.reason,
    ...(ended.place === undefined ? {} : { place: String(ended.place) }),
    ...(most === undefined ? {} : { most }),
  });
  return `${page}?${query.toString()}#evidence`;
}

/** Files are read, handed on and forgotten by so many at once; each has one in memory. */
const inLine = createLine(4);

const senderDocument = graphql(`
  query EvidenceSender {
    me {
      id
    }
  }
`);

/** Who sends: asked before anything of the body is read, which anybody could make as large as it may be. */
export function askWhoSends() {
  return ask(senderDocument, {});
}

/**
 * Hands the chosen files of a form on when it is this person's turn, and attaches them; what was refused, or null. A form
 * that is none, or that is cut short, attaches nothing.
 */
export async function addFiles(
  contributionId: string,
  personId: string,
  form: Request,
): Promise<Ended | null> {
  const { body } = form;
  const contentType = form.headers.get('content-type') ?? '';
  if (body === null || !/^multipart\/form-data\b/i.test(contentType)) return { reason: 'NO_FILE' };
  const added = await inLine(personId, () =>
    takeFiles(contributionId, body as WebStream<Uint8Array>, contentType),
  );
  return added === null ? { reason: 'TOO_MANY_REQUESTS' } : added.ended;
}

async function takeFiles(
  contributionId: string,
  body: WebStream<Uint8Array>,
  contentType: string,
): Promise<{ readonly ended: Ended | null }> {
  const evidenceFiles: string[] = [];
  const state: { refused: Ended | null } = { refused: null };
  const form = await eachFile(body, contentType, async ({ file, at, idempotencyKey }) => {
    const came = await upload(file, `${idempotencyKey}.${at}`);
    if (came.ok) evidenceFiles.push(came.data.id);
    else state.refused = { reason: came.faults[0].reason, place: at + 1, facts: came.faults[0].facts };
    return came.ok;
  }).catch(() => null);
  if (form === null) return { ended: { reason: 'NOT_READ' } };
  if (form.files === 0) return { ended: { reason: 'NO_FILE' } };
  if (evidenceFiles.length === 0) return { ended: state.refused };
  const { idempotencyKey } = form;
  const attached = await ask(attachEvidenceDocument, {
    input: { contributionId, evidenceFiles, idempotencyKey },
  });
  if (attached.ok) return { ended: state.refused };
  return { ended: { reason: attached.faults[0].reason, facts: attached.faults[0].facts } };
}

type Search = Readonly<Record<string, string | string[] | undefined>>;

/** What the address says was refused, as the field tells it; nothing for an address that says nothing. */
export async function refusalOf(search: Search): Promise<string | undefined> {
  const { refused, place, most } = search;
  if (typeof refused !== 'string') return undefined;
  const t = await getTranslations('contribution.files');
  if (refused === 'NO_FILE') return t('none');
  const known = /^(EVIDENCE_[A-Z_]{1,40}|WRONG_STATE|FORBIDDEN)$/.test(refused);
  const words = await refusalWords();
  const facts = typeof most === 'string' && /^\d{1,4}$/.test(most) ? { most } : {};
  const fault = { kind: 'refused', reason: refused, message: t('failed'), field: 'files', facts } as const;
  const why = known ? words({ ...fault, correlationId: null }) : t('failed');
  return typeof place === 'string' && /^[1-9]\d?$/.test(place) ? t('refused', { place, why }) : why;
}
