// What an integration test file asks for: the address of the run's PostgreSQL or RabbitMQ, started when first asked.
import { inject } from 'vitest';
import './vitest-global-setup.ts';

async function ask(name: string): Promise<string> {
  const response = await fetch(`${inject('testServersUrl')}/${name}`);
  const answer = await response.text();
  if (!response.ok) throw new Error(answer);
  return answer;
}

/** Superuser URL of the run's PostgreSQL, database `postgres`: make a database of your own in it. */
export function sharedPostgresUrl(): Promise<string> {
  return ask('postgres');
}

/** URL of the run's RabbitMQ: name your exchanges and queues apart from others' (tests run side by side). */
export function sharedRabbitMqUrl(): Promise<string> {
  return ask('rabbitmq');
}
