// The signed copy of the audit trail, passed through from the API: the browser has no token to ask for it itself.
import { download } from '../../../../lib/api/request.ts';

export const GET = (request: Request): Promise<Response> =>
  download(`/api/audit/package${new URL(request.url).search}`);
