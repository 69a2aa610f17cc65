// The committed output is what the product answers today, byte for byte, whichever transport carries the events.
import { readFile } from 'node:fs/promises';
import { createTestDatabase } from '@habitat/database/testing';
import { newId } from '@habitat/kernel';
import type { TransportChoice } from '@habitat/messaging';
import { sharedPostgresUrl, sharedRabbitMqUrl } from '@habitat/test-services/shared';
import { describe, expect, it } from 'vitest';
import { runFiscalYear } from './world.ts';

const committed = () => readFile(new URL('../output.txt', import.meta.url), 'utf8');

async function yearOver(transport: TransportChoice): Promise<string> {
  const place = await createTestDatabase(await sharedPostgresUrl());
  try {
    return await runFiscalYear(place.database, transport);
  } finally {
    await place.end();
  }
}

describe('the fiscal year', () => {
  it('comes out as committed with events carried inside the process', async () => {
    expect(await yearOver({ kind: 'postgres' })).toBe(await committed());
  }, 180_000);

  it('comes out as committed with events carried by RabbitMQ', async () => {
    const url = await sharedRabbitMqUrl();
    expect(await yearOver({ kind: 'rabbitmq', url, namespace: `year-${newId().slice(-8)}.` })).toBe(
      await committed(),
    );
  }, 180_000);
});
