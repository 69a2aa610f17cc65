// The tables of the audit pages as files, under the same rights as the pages.
import { duties } from '../../../../../features/audit/duty-table.ts';
import { csvRoutes } from '../../../../../lib/csv-table.ts';

export const GET = csvRoutes({ duties });
