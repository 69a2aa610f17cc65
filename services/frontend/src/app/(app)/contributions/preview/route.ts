// What an entry would be worth by the rule of its day, asked while it is typed. It changes nothing.
import { z } from 'zod';
import { previewDocument } from '../../../../features/contribution/contribution.documents.ts';
import { kinds } from '../../../../features/contribution/kind.ts';
import { reasonText, refusalWords } from '../../../../lib/api/refusal-words.ts';
import { ask } from '../../../../lib/api/request.ts';

const entry = z.object({
  kind: z.enum(kinds),
  category: z.string().optional(),
  quantity: z.string().min(1).max(64),
  workedOn: z.string().regex(/^\d{4}-\d{2}-\d{2}$/),
  declaredValue: z.string().max(32).optional(),
  costBasis: z.string().max(32).optional(),
});

export async function GET(request: Request): Promise<Response> {
  const parsed = entry.safeParse(Object.fromEntries(new URL(request.url).searchParams));
  if (!parsed.success) return Response.json({ problem: null }, { status: 400 });
  const { category, declaredValue, costBasis, ...rest } = parsed.data;
  const input = {
    ...rest,
    category: category || null,
    ...(declaredValue ? { declaredValue } : {}),
    ...(costBasis ? { costBasis } : {}),
  };
  const answer = await ask(previewDocument, { input });
  if (answer.ok) {
    const preview = answer.data.contributionPreview;
    return Response.json({ preview, problem: await reasonText(preview.problem), reason: preview.problem });
  }
  const words = await refusalWords();
  const [fault] = answer.faults;
  // A refusal is an answer like any other: the browser's console stays quiet.
  if (fault.kind === 'refused' || fault.kind === 'forbidden') {
    return Response.json({ problem: words(fault), reason: fault.reason });
  }
  return Response.json({ problem: null }, { status: fault.kind === 'signed-out' ? 401 : 503 });
}
