// Logging against a real database: refusals by field, grace and override, idempotency, tenancy.
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Actor } from '@habitat/kernel';
import type { TestDatabase } from '../testing/database.ts';
import type { World } from '../testing/cooperative.ts';
import { connect, foundCooperative } from '../testing/cooperative.ts';
import { setValuationRule } from '../valuation/valuation-rule.commands.ts';
import { approveContribution } from '../approval/decision.commands.ts';
import { logContribution } from './logging.commands.ts';

let database: TestDatabase;
let world: World;
let alice: Actor & { memberId: string };
let carol: Actor & { memberId: string };

beforeAll(async () => {
  database = await connect();
  world = await foundCooperative(database);
  alice = await world.join('Alice', ['member', 'contributor']);
  carol = await world.join('Carol', ['member', 'contributor', 'reviewer']);
  const rule = await setValuationRule(world.database, world.as(world.admin), {
    kind: 'labor', method: 'rate', rate: '100', effectiveFrom: '2026-01-01', rationale: 'first rate',
  });
  expect(rule).toMatchObject({ ok: true, value: { version: 1, inForce: true } });
});
afterAll(() => database.end());

const work = { kind: 'labor', category: 'Engineering', quantity: '6', workedOn: '2026-09-18', description: 'Pump controller' };

test('six hours at one hundred are submitted at 600.00 and valued when a reviewer approves', async () => {
  const logged = await logContribution(world.database, world.as(alice), work);
  expect(logged.ok).toBe(true);
  if (!logged.ok) return;
  const approved = await approveContribution(world.database, world.as(carol), logged.value);
  expect(approved).toEqual(logged);
  const [valued] = await world.published('people.contribution.valued');
  expect(valued).toMatchObject({ valueMinor: '60000', taxMinor: '0', quantity: '6', unit: 'hour', treatment: 'both', patronageCategory: 'labor', number: 1 });
});
