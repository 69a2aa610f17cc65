// An evidence file, to be saved. The API decides who gets it, and names it.
import { download } from '../../../../../lib/api/request.ts';

export async function GET(
  _request: Request,
  { params }: { params: Promise<{ id: string }> },
): Promise<Response> {
  const id = decodeURIComponent((await params).id);
  return download(`/api/evidence/${encodeURIComponent(id)}`);
}
