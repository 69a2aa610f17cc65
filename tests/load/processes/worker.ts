// One worker as a process of its own, as an installation runs two: relay or standing by, and a handler for its share of
// the events that does nothing but leave its line in the inbox. Without the handler it only relays.
import type { Database } from '@habitat/database';
import { openDatabase } from '@habitat/database';
import type { Delivery } from '@habitat/messaging';
import { startDelivery } from '@habitat/messaging';
import { answer } from './beside.ts';
import { benchHandler } from '../delivery.ts';

export interface WorkerOrder {
  readonly databaseUrl: string;
  readonly poolSize: number;
  readonly rabbitMqUrl: string;
  readonly workerIndex: number;
  readonly workerCount: number;
  readonly handles: boolean;
}

let database: Database | null = null;
let delivery: Delivery | null = null;

function obey({ databaseUrl, poolSize, rabbitMqUrl, handles, ...share }: WorkerOrder): Promise<null> {
  database = openDatabase({ url: databaseUrl, poolSize });
  delivery = startDelivery({
    database,
    handlers: handles ? [benchHandler] : [],
    transport: { kind: 'rabbitmq', url: rabbitMqUrl, namespace: 'bench', ...share },
  });
  return Promise.resolve(null);
}

answer(obey, async () => {
  await delivery?.stop();
  await database?.end();
});
