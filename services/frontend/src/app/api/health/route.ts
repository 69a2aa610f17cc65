// Whether this process answers. It asks nothing of the API: a frontend that lives beside a dead API is still alive.
import { readEnvironment } from '../../../lib/environment.ts';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  return Response.json(
    { status: 'ok', ...readEnvironment().release },
    { headers: { 'cache-control': 'no-store' } },
  );
}
