// Weights and policies over a real PostgreSQL: which version counts for a period, and who must agree to one that
// reaches into a period already begun.
import type { TestDatabase } from '@habitat/database/testing';
import { periodOpened } from '@habitat/events';
import { newId } from '@habitat/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { code, must } from '../testing/ledger-answers.ts';
import { faults } from '../testing/checks.ts';
import type { Person, Story } from '../testing/story.ts';
import { beginStory, connect } from '../testing/story.ts';
import { decideTerms, setPolicies, setWeights } from './terms.commands.ts';
import { listTerms, termsInForce } from './terms.queries.ts';

let server: TestDatabase;
beforeAll(async () => {
  server = await connect();
});
afterAll(async () => {
  expect(await faults(server)).toEqual([]);
  await server.end();
});

const weighs = (story: Story, labor: string, effectiveFrom: string, who: Person = story.administrator) =>
  setWeights(story.database, story.as(who), {
    effectiveFrom,
    weights: { labor },
    rationale: 'The assembly said so',
  });

async function laborOn(story: Story, day: string): Promise<string | undefined> {
  return (await termsInForce(story.database, story.cooperativeId, { day }))?.weights.document.weights[
    'labor'
  ];
}

describe('weights', () => {
  test('those set before a period begins count from its first day on, at once', async () => {
    const story = await beginStory(server);
    expect(await laborOn(story, '2026-10-01')).toBe('0.40');
    expect(must(await weighs(story, '0.5', '2027-01-01'))).toMatchObject({ version: 2, needsSecond: false });
    expect(await laborOn(story, '2026-12-31')).toBe('0.40');
    expect(await laborOn(story, '2027-01-01')).toBe('0.5');
    expect(await laborOn(story, '1999-01-01')).toBe('0.40');
  });

  test('those that reach into a running period count once a second person approves, and only then', async () => {
    const story = await beginStory(server);
    const { termsId, needsSecond } = must(await weighs(story, '0.6', '2026-10-01'));
    expect(needsSecond).toBe(true);
    expect(await laborOn(story, '2026-10-01')).toBe('0.40');
    const decide = (who: Person, outcome: 'approved' | 'declined', reason?: string) =>
      decideTerms(story.database, story.as(who), { termsId, outcome, reason: reason ?? null });
    expect(code(await decide(story.treasurer, 'approved'))).toBe('FORBIDDEN');
    expect(code(await decide(story.administrator, 'approved'))).toBe('SAME_PERSON');
    expect(code(await decide(story.board, 'declined'))).toBe('REASON_REQUIRED');
    const late = { termsId, outcome: 'approved', secondPersonDays: 0 } as const;
    expect(code(await decideTerms(story.database, story.as(story.board), late))).toBe('NOTHING_TO_DECIDE');
    const codes = (await Promise.all([decide(story.board, 'approved'), decide(story.board, 'approved')]))
      .map(code)
      .sort();
    expect(codes).toEqual(['NOTHING_TO_DECIDE', 'accepted']);
    expect(await laborOn(story, '2026-10-01')).toBe('0.6');
    const [latest] = await listTerms(story.database, story.cooperativeId, 'weights');
    expect(latest).toMatchObject({
      version: 2,
      outcome: 'approved',
      decidedByMemberId: story.board.memberId,
    });
    const forged = server.asOwner(
      `insert into agreements.terms_decision values ($1, $2, 'approved', null, null, $3, now())`,
      [
        story.cooperativeId,
        must(await weighs(story, '0.7', '2026-10-01')).termsId,
        story.administrator.memberId,
      ],
    );
    await expect(forged).rejects.toMatchObject({ code: 'HB006' });
  });

  test('whoever proposed them takes them back with a reason, and may not agree to them in any other way', async () => {
    const story = await beginStory(server);
    const propose = async () => must(await weighs(story, '0.6', '2026-10-01')).termsId;
    const [first, second] = [await propose(), await propose()];
    const decide = (who: Person, termsId: string, outcome: 'approved' | 'declined', reason = 'a slip') =>
      decideTerms(story.database, story.as(who), { termsId, outcome, reason });
    expect(code(await decide(story.administrator, first, 'declined', ' '))).toBe('REASON_REQUIRED');
    expect(code(await decide(story.treasurer, first, 'declined'))).toBe('FORBIDDEN');
    expect(code(await decide(story.administrator, first, 'declined'))).toBe('accepted');
    expect(code(await decide(story.administrator, second, 'approved'))).toBe('SAME_PERSON');
    const told = await server.asOwner(
      `select 1 from platform.event where cooperative_id = $1 and type = 'platform.request.declined'`,
      [story.cooperativeId],
    );
    expect(told).toEqual([]);
    const [, back] = await listTerms(story.database, story.cooperativeId, 'weights');
    expect(back).toMatchObject({ outcome: 'declined', reason: 'a slip' });
    expect(await laborOn(story, '2026-10-01')).toBe('0.40');
  });

  test('for a period that closed meanwhile no yes is taken, but a no is', async () => {
    const story = await beginStory(server);
    const { termsId } = must(await weighs(story, '0.6', '2026-04-01'));
    const other = must(await weighs(story, '0.7', '2026-04-01')).termsId;
    const closed = {
      name: 'Q2 2026',
      startsOn: '2026-04-01',
      endsOn: '2026-06-30',
      status: 'closed' as const,
    };
    const periodId = newId();
    await story.tell(periodOpened, periodId, { periodId, ...closed });
    const decide = (who: Person, id: string, outcome: 'approved' | 'declined') =>
      decideTerms(story.database, story.as(who), { termsId: id, outcome, reason: 'too late' });
    expect(await decide(story.board, termsId, 'approved')).toMatchObject({
      refusal: { code: 'PERIOD_CLOSED', periodName: 'Q2 2026' },
    });
    const [newest] = await listTerms(story.database, story.cooperativeId, 'weights');
    expect(newest).toMatchObject({ id: other, closedPeriod: 'Q2 2026' });
    expect(code(await decide(story.board, termsId, 'declined'))).toBe('accepted');
    expect(code(await decide(story.administrator, other, 'declined'))).toBe('accepted');
  });

  test('zero, negative and missing weights, no reason and no date are each refused', async () => {
    const story = await beginStory(server);
    const set = (weights: Record<string, string>, rationale = 'why', effectiveFrom = '2027-01-01') =>
      setWeights(story.database, story.as(story.administrator), { effectiveFrom, weights, rationale });
    expect(code(await weighs(story, '1', '2027-01-01', story.allocator))).toBe('FORBIDDEN');
    expect(code(await set({ labor: '0' }))).toBe('WEIGHT_NOT_POSITIVE');
    expect(code(await set({ labor: '-0.1' }))).toBe('MALFORMED');
    expect(code(await set({}))).toBe('NO_WEIGHTS');
    expect(code(await set({ labor: '1' }, ' '))).toBe('REASON_REQUIRED');
    expect(code(await set({ labor: '1' }, 'why', '2027-02-30'))).toBe('NOT_A_DATE');
    const closed = {
      periodId: newId(),
      name: 'Q2 2026',
      startsOn: '2026-04-01',
      endsOn: '2026-06-30',
      status: 'closed' as const,
    };
    await story.tell(periodOpened, closed.periodId, closed);
    expect(await weighs(story, '1', '2026-04-01')).toMatchObject({
      refusal: { code: 'PERIOD_CLOSED', periodName: 'Q2 2026' },
    });
    expect(
      code(
        await decideTerms(story.database, story.as(story.board), { termsId: newId(), outcome: 'approved' }),
      ),
    ).toBe('TERMS_NOT_FOUND');
  });

  test('two versions at once get two numbers, and the same key gets one', async () => {
    const story = await beginStory(server);
    const set = (key: string) =>
      setWeights(story.database, story.as(story.administrator, key), {
        effectiveFrom: '2027-01-01',
        weights: { labor: '1' },
        rationale: 'why',
      });
    const versions = (await Promise.all([set('a'), set('b'), set('a'), set('b')])).map(
      (one) => must(one).version,
    );
    expect(new Set(versions)).toEqual(new Set([2, 3]));
    expect(await listTerms(story.database, story.cooperativeId, 'weights')).toHaveLength(3);
  });
});

describe('policies', () => {
  const set = (story: Story, changes: Record<string, unknown>) =>
    setPolicies(story.database, story.as(story.administrator), {
      effectiveFrom: '2027-01-01',
      changes,
      rationale: 'why',
    });

  test('what is not changed stays as it was', async () => {
    const story = await beginStory(server);
    must(await set(story, { cashRate: '0.30', maximumShare: '0.40' }));
    const found = await termsInForce(story.database, story.cooperativeId, { day: '2027-01-01' });
    expect(found?.policies.document).toMatchObject({
      cashRate: '0.30',
      maximumShare: '0.40',
      cashReserveMinor: '1000000',
    });
  });

  test.each([
    [{ cashRate: '1.5' }, 'CASH_RATE_OUT_OF_RANGE'],
    [{ maximumShare: '0' }, 'MAXIMUM_SHARE_OUT_OF_RANGE'],
    [{ formula: { kind: 'custom' } }, 'MALFORMED'],
    [{ formula: { kind: 'tiered', multipliers: { community: '0' } } }, 'MULTIPLIER_NOT_POSITIVE'],
    [{ threshold: { kind: 'fixed', amountMinor: '-1' } }, 'THRESHOLD_INVALID'],
    [{ cashReserveMinor: '-1' }, 'RESERVE_NEGATIVE'],
    [
      {
        surplusLines: ['a', 'a'].map((id) => ({
          id,
          label: 'Reserve',
          kind: 'reserve',
          indivisible: true,
          accountCode: null,
          amount: { kind: 'fraction', fraction: '0.1', of: 'net_income' },
        })),
      },
      'DUPLICATE_SURPLUS_LINE',
    ],
  ])('%j is refused as %s', async (changes, expected) => {
    const story = await beginStory(server);
    expect(code(await set(story, changes))).toBe(expected);
  });
});
