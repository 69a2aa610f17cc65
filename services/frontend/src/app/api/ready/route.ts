// Whether people shall be sent here: not to a server that is about to end. It asks nothing of the API, because a page
// says in its own words that the API is away.
import { isEnding } from '../../../lib/telemetry/ending.ts';

export const dynamic = 'force-dynamic';

export function GET(): Response {
  const ready = !isEnding();
  return Response.json({ ready }, { status: ready ? 200 : 503, headers: { 'cache-control': 'no-store' } });
}
