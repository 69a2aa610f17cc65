// The five dashboards. Every query is run by a test against a Prometheus that scraped the real services.
import { api } from './api.mjs';
import { business } from './business.mjs';
import { database } from './database.mjs';
import { system } from './system.mjs';
import { worker } from './worker.mjs';

/** File name → dashboard. */
export const dashboards = { system, api, worker, database, business };
