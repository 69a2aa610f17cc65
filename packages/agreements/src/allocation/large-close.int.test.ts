// A close over 100,000 contributions: what is proposed and approved is set-based, whatever the number.
import type { TestDatabase } from '@habitat/database/testing';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { closeToStepFive, must, tellCapital, tellClosed, tellCredited } from '../testing/ledger-answers.ts';
import { faults } from '../testing/checks.ts';
import { beginStory, connect } from '../testing/story.ts';
import { approveAllocation, proposeAllocation } from './allocation.commands.ts';
import { verifyAllocation } from './allocation.queries.ts';
import { draftAllocation } from './draft.queries.ts';

let server: TestDatabase;
beforeAll(async () => {
  server = await connect();
});
afterAll(() => server.end());

const MEMBERS = 1_000;
const CONTRIBUTIONS = 100_000;

test('100,000 contributions of 1,000 members are divided exactly and in little time', async () => {
  const story = await beginStory(server);
  const { database, cooperativeId } = story;
  // The copies are loaded straight, as a replay would leave them: what is measured is the close.
  await server.asOwner(
    `insert into agreements.member select $1, ('0198a000-0000-7000-8000-' || lpad(n::text, 12, '0'))::uuid, n, 'cooperative',
       'active', '2024-01-15', 0 from generate_series(1, ${MEMBERS}) n`,
    [cooperativeId],
  );
  await server.asOwner(
    `insert into agreements.contribution (cooperative_id, id, number, member_id, kind, category, worked_on, status,
       patronage_category, value_minor, hours, changed_at)
     select $1, gen_random_uuid(), n, ('0198a000-0000-7000-8000-' || lpad((1 + n % ${MEMBERS})::text, 12, '0'))::uuid, 'labor', 'any',
       date '2026-07-01' + n % 92, 'applied', (array['labor', 'revenue', 'cash', 'community'])[1 + n % 4],
       1000 + n * 37 % 90001, 1.25, now() from generate_series(1, ${CONTRIBUTIONS}) n`,
    [cooperativeId],
  );
  const closeId = await closeToStepFive(story, 987_654_321n);
  const begun = performance.now();
  const { allocationId, recordHash } = must(
    await proposeAllocation(database, story.as(story.allocator), { closeId }),
  );
  const proposed = performance.now();
  must(await approveAllocation(database, story.as(story.board), { closeId, recordHash }));
  const approved = performance.now();
  await tellCredited(story, closeId, allocationId);
  const rows = await server.asOwner<{ id: string; book: string }>(
    'select member_id as id, book_minor::text as book from agreements.allocation_line where allocation_id = $1',
    [allocationId],
  );
  expect(rows.reduce((running, row) => running + BigInt(row.book), 0n)).toBe(987_654_321n);
  const shares = rows.map((row): [string, bigint] => [row.id, BigInt(row.book)]);
  const stating = performance.now();
  for (let from = 0; from < MEMBERS; from += 500)
    await tellCapital(story, closeId, new Map(shares.slice(from, from + 500)));
  const stated = performance.now();
  await tellClosed(story);
  expect(await faults(server)).toEqual([]);
  expect(await verifyAllocation(database, cooperativeId, allocationId)).toMatchObject({
    sameBytes: true,
    linesMatch: true,
  });
  const drafting = performance.now();
  must(await draftAllocation(database, cooperativeId, { periodId: story.period.periodId, now: story.now }));
  const drafted = performance.now();
  console.info(
    `propose ${(proposed - begun).toFixed()} ms, approve ${(approved - proposed).toFixed()} ms, ` +
      `1,000 statements ${(stated - stating).toFixed()} ms, draft ${(drafted - drafting).toFixed()} ms`,
  );
});
