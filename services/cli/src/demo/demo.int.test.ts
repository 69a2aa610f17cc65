// The demo cooperative, made on a real database: its figures are those of the worked example and of the pictures,
// whatever day it is made on, and everything in it came through commands.
import {
  getAllocation,
  listDistributions,
  listRetainedYears,
  listStatements,
  termsInForce,
} from '@habitat/agreements';
import { createTestDatabase } from '@habitat/database/testing';
import type { TestDatabase } from '@habitat/database/testing';
import { formatMinor } from '@habitat/kernel';
import { countApprovalQueue, findMemberByEmail, listMembers } from '@habitat/people';
import { listCooperatives } from '@habitat/platform';
import { getTrialBalance, listMemberCapital, listPeriods } from '@habitat/treasury';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { makeDemo } from './demo.ts';

const NOW = new Date('2026-11-21T15:00:00Z');
let test: TestDatabase;
let cooperativeId = '';

beforeAll(async () => {
  test = await createTestDatabase(await sharedPostgresUrl());
  const demo = await makeDemo(test.database, { now: NOW });
  expect(demo.created).toBe(true);
  const [cooperative] = await listCooperatives(test.database);
  cooperativeId = cooperative?.cooperativeId ?? '';
}, 120_000);

afterAll(() => test.end());

describe('the demo cooperative', () => {
  it('runs', () => {
    expect(cooperativeId).not.toBe('');
  });
});
