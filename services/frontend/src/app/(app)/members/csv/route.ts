// The directory as a file, narrowed as the page is.
import { memberTable } from '../../../../features/member/member-table.ts';
import { csvRoute } from '../../../../lib/csv-table.ts';

export const GET = csvRoute(memberTable);
