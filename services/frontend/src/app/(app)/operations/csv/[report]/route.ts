// The tables of the operators' page as files, under the same rights as the page.
import { deadLetters, handlers, jobs } from '../../../../../features/operation/operation-tables.ts';
import { csvRoutes } from '../../../../../lib/csv-table.ts';

export const GET = csvRoutes({ handlers, jobs, 'dead-letters': deadLetters });
