// The tables of the audit pages as files, under the same rights as the pages.
import { trail } from '../../../../../features/audit/audit-table.ts';
import { duties } from '../../../../../features/audit/duty-table.ts';
import { csvRoutes } from '../../../../../lib/csv-table.ts';

export const GET = csvRoutes({ duties, trail });
