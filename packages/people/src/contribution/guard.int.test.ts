// The rules of a contribution's own facts, met by every way of writing there is: a superuser in replica mode too.
import { newId } from '@habitat/kernel';
import { createTestDatabase } from '@habitat/database/testing';
import type { TestDatabase } from '@habitat/database/testing';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import pg from 'pg';
import { afterAll, beforeAll, expect, test } from 'vitest';

let database: TestDatabase;
let owner: pg.Client;

beforeAll(async () => {
  database = await createTestDatabase(await sharedPostgresUrl());
  owner = new pg.Client({ connectionString: database.ownerUrl });
  await owner.connect();
});
afterAll(async () => {
  await owner.end();
  await database.end();
});

const sound = {
  cooperative_id: newId(),
  contribution_id: newId(),
  number: 1,
  member_id: newId(),
  kind: 'labor',
  category: 'farm',
  unit: 'hour',
  quantity: '1.683333333333',
  minutes: '101',
  worked_on: '2026-05-01',
  description: '',
  status: 'applied',
  value_minor: '3000',
  tax_minor: '0',
  treatment: 'both',
  patronage_category: 'work',
  submitted_at: '2026-05-02Z',
  valued_at: '2026-05-02Z',
  posted_at: '2026-05-02Z',
  step_count: 1,
  created_at: '2026-05-02Z',
  changed_at: '2026-05-02Z',
};

/** The error code of writing the facts in replica mode, as a new row or over a sound one; null when they went through. */
async function refused(facts: Record<string, unknown>, how: 'insert' | 'update'): Promise<string | null> {
  const write = async (row: Record<string, unknown>) => {
    const names = Object.keys(row);
    const places = names.map((_, index) => `$${index + 1}`);
    await owner.query(
      `insert into people.contribution (${names.join(', ')}) values (${places.join(', ')})`,
      Object.values(row),
    );
  };
  await owner.query('begin');
  try {
    await owner.query('set local session_replication_role = replica');
    if (how === 'insert') await write({ ...sound, ...facts });
    else {
      await write(sound);
      const changes = Object.keys(facts).map((name, index) => `${name} = $${index + 1}`);
      await owner.query(`update people.contribution set ${changes.join(', ')}`, Object.values(facts));
    }
    return null;
  } catch (error) {
    return (error as { code?: string }).code ?? 'none';
  } finally {
    await owner.query('rollback');
  }
}

test('facts that agree are written, also those of a draft that knows little yet', async () => {
  expect(await refused({}, 'insert')).toBeNull();
  const draft = { status: 'draft', value_minor: null, tax_minor: null, submitted_at: null, valued_at: null };
  expect(await refused(draft, 'insert')).toBeNull();
  expect(await refused(draft, 'update')).toBeNull();
});

test.each<[string, Record<string, unknown>]>([
  ['a number from one', { number: 0 }],
  ['a kind we know', { kind: 'gift' }],
  ['a category', { category: '' }],
  ['a category of at most 80 letters', { category: 'x'.repeat(81) }],
  ['a unit we know', { unit: 'day', minutes: null }],
  ['a quantity above nothing', { quantity: '0', minutes: null }],
  ['no more hours than a day', { quantity: '24.5', minutes: null }],
  ['minutes that are the hours', { minutes: '100' }],
  ['minutes only with hours', { unit: 'unit' }],
  ['a description of at most 2,000 letters', { description: 'x'.repeat(2001) }],
  ['evidence as a list', { evidence: '{}' }],
  ['a declared value above nothing', { declared_value_minor: 0 }],
  ['no cost below nothing', { cost_basis_minor: -1 }],
  ['a reason when logged for another', { logged_by_member_id: newId(), logged_for_reason: '' }],
  ['a status we know', { status: 'lost' }],
  ['no value below nothing', { value_minor: -1 }],
  ['a value once submitted', { value_minor: null }],
  ['a tax value once submitted', { tax_minor: null }],
  ['a moment of submission', { submitted_at: null }],
  ['a moment of valuation', { valued_at: null }],
  ['a moment of posting once applied', { posted_at: null }],
  ['a treatment we know', { treatment: 'none' }],
  ['a patronage category with patronage', { patronage_category: null }],
  ['no patronage category without', { treatment: 'capital' }],
  ['at most two signatures', { signatures_needed: 3 }],
])('a contribution has %s', async (_rule, facts) => {
  expect(await refused(facts, 'insert')).toBe('23514');
  expect(await refused(facts, 'update')).toBe('23514');
});
