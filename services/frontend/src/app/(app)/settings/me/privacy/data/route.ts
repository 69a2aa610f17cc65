// One's own data, passed through from the API: the browser has no token to ask for it itself.
import { download } from '../../../../../../lib/api/request.ts';

export const GET = (): Promise<Response> => download('/api/me/data');
