// A file that shows what was given. Its bytes come from GET /api/evidence/{id}; here is what is known of it.
import type { EvidenceFile } from '@habitat/people';
import { evidenceFilesOf } from '@habitat/people';
import { builder } from '../../builder.ts';
import { encodeGlobalId } from '../../global-id.ts';
import { grouped, requestLoader } from '../../loader.ts';
import { MemberRef } from '../member.ref.ts';

/** The type's name in ids of files. */
export const EVIDENCE_FILE = 'EvidenceFile';

export const EvidenceFileRef = builder.objectRef<EvidenceFile>(EVIDENCE_FILE).implement({
  description:
    'A file that shows what was given; GET /api/evidence/{id} gives it to whoever sees the contribution.',
  authScopes: { signedIn: true },
  fields: (t) => ({
    id: t.id({
      description: 'The id to ask for it with.',
      resolve: ({ fileId }) => encodeGlobalId(EVIDENCE_FILE, fileId),
    }),
    name: t.exposeString('name', { description: 'What it is called.' }),
    mediaType: t.exposeString('mediaType', { description: 'Its type by content, such as image/jpeg.' }),
    sizeBytes: t.exposeInt('sizeBytes', { description: 'How many bytes it has.' }),
    sha256: t.exposeString('sha256', { description: 'SHA-256 of its bytes; the audit trail has it too.' }),
    uploadedAt: t.expose('uploadedAt', { type: 'DateTime', description: 'When it came in.' }),
    uploadedBy: t.field({
      type: MemberRef,
      nullable: true,
      description: 'Who brought it; null for somebody who is no member.',
      resolve: ({ uploadedByMemberId }) => uploadedByMemberId,
    }),
  }),
});

export const evidenceFileLoader = requestLoader<string, EvidenceFile[]>(async (ids, context) =>
  grouped(
    ids,
    await evidenceFilesOf(context.database, context.cooperativeId(), ids),
    (file) => file.contributionId ?? '',
  ),
);
