// A worker as a process of its own, for the tests that kill it: `node --import tsx worker-process.ts <options JSON>`.
import { openDatabase } from '@habitat/database';
import type { TransportChoice } from '../src/index.ts';
import { startDelivery } from '../src/index.ts';
import { tallyHandler } from './counter.ts';

export interface WorkerProcessOptions {
  readonly databaseUrl: string;
  readonly transport: TransportChoice;
  readonly retryLimit?: number;
}

const options = JSON.parse(process.argv[2] ?? '{}') as WorkerProcessOptions;
const database = openDatabase({ url: options.databaseUrl, applicationName: 'worker-process' });
startDelivery({
  database,
  handlers: [tallyHandler],
  transport: options.transport,
  retryDelayMs: () => 30,
  ...(options.retryLimit === undefined ? {} : { retryLimit: options.retryLimit }),
});
// The test that started us is gone: so are we.
process.on('disconnect', () => process.exit());
process.send?.('started');
