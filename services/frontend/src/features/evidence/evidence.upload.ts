// Files on their way from the browser to the API: each is handed on as it came, then all are attached at once. Whatever
// is refused is told on the page of the contribution, and what came in before it stays.
import 'server-only';
import { getTranslations } from 'next-intl/server';
import type { Fault } from '../../lib/api/fault.ts';
import { text } from '../../lib/api/form.ts';
import { refusalWords } from '../../lib/api/refusal-words.ts';
import { ask, upload } from '../../lib/api/request.ts';
import { attachEvidenceDocument } from '../contribution/contribution.documents.ts';

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

/** Hands the chosen files on and attaches them; what was refused, or null. */
export async function addFiles(contributionId: string, form: FormData): Promise<Ended | null> {
  const idempotencyKey = text(form, 'idempotencyKey');
  // A file field that was left empty is sent as a file without a name.
  const files = form.getAll('file').filter((file): file is File => file instanceof File && file.name !== '');
  if (files.length === 0) return { reason: 'NO_FILE' };
  const evidenceFiles: string[] = [];
  let refused: Ended | null = null;
  for (const [at, file] of files.entries()) {
    const came = await upload(file, `${idempotencyKey}.${at}`);
    if (!came.ok) {
      refused = { reason: came.faults[0].reason, place: at + 1, facts: came.faults[0].facts };
      break;
    }
    evidenceFiles.push(came.data.id);
  }
  if (evidenceFiles.length === 0) return refused;
  const attached = await ask(attachEvidenceDocument, {
    input: { contributionId, evidenceFiles, idempotencyKey },
  });
  return attached.ok ? refused : { reason: attached.faults[0].reason, facts: attached.faults[0].facts };
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
