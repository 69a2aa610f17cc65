// A member's contributions as a file, narrowed as the page is.
import { contributionTable } from '../../../../features/contribution-list/contribution-table.ts';
import { csvRoute } from '../../../../lib/csv-table.ts';

export const GET = csvRoute(contributionTable);
