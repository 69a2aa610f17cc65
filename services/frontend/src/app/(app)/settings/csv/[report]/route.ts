// Any table of the settings as a file, under the same rights as its page.
import { bookChanges, postingRules } from '../../../../../features/setting/books/books-tables.ts';
import { absences } from '../../../../../features/setting/absence/absence-tables.ts';
import { apiKeys } from '../../../../../features/setting/key/key-tables.ts';
import { erasures } from '../../../../../features/setting/privacy/privacy-tables.ts';
import {
  allocation,
  approval,
  classVersions,
  classes,
  contributionVersions,
  contributions,
  rates,
  weights,
} from '../../../../../features/setting/setting-tables.ts';
import { waiting } from '../../../../../features/setting/waiting/waiting-tables.ts';
import { webhookDeliveries, webhooks } from '../../../../../features/setting/webhook/webhook-tables.ts';
import { csvRoutes } from '../../../../../lib/csv-table.ts';

export const GET = csvRoutes({
  absences,
  rates,
  weights,
  allocation,
  approval,
  contributions,
  'contribution-versions': contributionVersions,
  classes,
  'class-versions': classVersions,
  'posting-rules': postingRules,
  'books-changes': bookChanges,
  'api-keys': apiKeys,
  waiting,
  erasures,
  webhooks,
  'webhook-deliveries': webhookDeliveries,
});
