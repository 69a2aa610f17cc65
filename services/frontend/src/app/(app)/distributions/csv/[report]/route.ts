// The payments of a distribution as a file, for whoever makes them; taking it stands in the audit trail.
import { payments } from '../../../../../features/distribution/distribution-tables.ts';
import { csvRoutes } from '../../../../../lib/csv-table.ts';

export const GET = csvRoutes({ payments });
