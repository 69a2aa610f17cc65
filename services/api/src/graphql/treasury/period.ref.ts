// Reference to accounting periods, apart from their fields, so that other modules can import it.
import type { Period } from '@habitat/treasury';
import { findPeriods } from '@habitat/treasury';
import { defineEntity } from '../entity.ts';

export const PeriodRef = defineEntity<Period>('Period', {
  idOf: (period) => period.id,
  load: (ids, context) => findPeriods(context.database, context.cooperativeId(), ids),
});
