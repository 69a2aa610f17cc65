// What the cells of a week would be worth, each by the rule of its day. It changes nothing.
import { z } from 'zod';
import { kinds } from '../../../../../features/contribution/kind.ts';
import { weekPreviewDocument } from '../../../../../features/week/week.documents.ts';
import { reasonText } from '../../../../../lib/api/refusal-words.ts';
import { ask } from '../../../../../lib/api/request.ts';

const entries = z
  .array(
    z.object({
      kind: z.enum(kinds),
      category: z.string().max(80),
      quantity: z.string().min(1).max(64),
      workedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
    }),
  )
  .max(84);

export async function POST(request: Request): Promise<Response> {
  const parsed = entries.safeParse(await request.json().catch(() => null));
  if (!parsed.success) return Response.json({ cells: [] }, { status: 400 });
  const answer = await ask(weekPreviewDocument, { inputs: parsed.data });
  if (!answer.ok)
    return Response.json({ cells: [] }, { status: answer.faults[0].kind === 'signed-out' ? 401 : 503 });
  const cells = await Promise.all(
    answer.data.contributionPreviews.map(async ({ preview, problem }) => ({
      value: preview?.value ?? null,
      problem: await reasonText(problem),
    })),
  );
  return Response.json({ cells });
}
