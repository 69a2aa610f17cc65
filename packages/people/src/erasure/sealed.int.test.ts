// What was written about a member where nothing can be changed: sealed in the tables and in the log, readable while the
// member's key is there, unreadable for everybody the moment it is not.
import { contributionRejected } from '@habitat/events';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { rejectContribution, askAboutContribution } from '../approval/decision.commands.ts';
import { commentsOf, stepsOf } from '../contribution/contribution.queries.ts';
import { logContribution } from '../contribution/logging.commands.ts';
import { changeMemberStatus } from '../member/member.commands.ts';
import { memberSteps } from '../member/member.queries.ts';
import type { TestDatabase } from '../testing/database.ts';
import type { Person, World } from '../testing/cooperative.ts';
import { connect, foundCooperative } from '../testing/cooperative.ts';

const WORDS = 'was at the hospital with a broken arm';
let server: TestDatabase;
let world: World;
let bob: Person;
let carol: Person;
let contributionId: string;

function must<T>(result: { readonly ok: true; readonly value: T } | { readonly ok: false }): T {
  if (!result.ok) throw new Error(JSON.stringify(result));
  return result.value;
}

beforeAll(async () => {
  server = await connect();
  world = await foundCooperative(server);
  bob = await world.join('Bob', ['member', 'contributor']);
  carol = await world.join('Carol', ['member', 'reviewer']);
  const work = { kind: 'cash', category: 'Cash', quantity: '200', workedOn: '2026-09-20' } as const;
  ({ contributionId } = must(
    await logContribution(server.database, world.as(bob), { ...work, description: 'Pump' }),
  ));
  must(
    await askAboutContribution(server.database, world.as(carol), {
      contributionId,
      question: `You ${WORDS}?`,
    }),
  );
  must(
    await rejectContribution(server.database, world.as(carol), { contributionId, reason: `He ${WORDS}.` }),
  );
  const suspended = { memberId: bob.memberId, status: 'suspended', reason: `He ${WORDS}.` } as const;
  must(await changeMemberStatus(server.database, world.as(world.admin), suspended));
});
afterAll(() => server.end());

const told = async () => {
  const [steps, comments, standing] = await Promise.all([
    stepsOf(server.database, world.cooperativeId, [contributionId]),
    commentsOf(server.database, world.cooperativeId, [contributionId]),
    memberSteps(server.database, world.cooperativeId, [bob.memberId]),
  ]);
  return [
    ...steps.flatMap(({ reason }) => reason ?? []),
    ...comments.map(({ body }) => body),
    ...standing.flatMap(({ reason }) => reason ?? []),
  ].filter((text) => text.includes(WORDS));
};

test('what people wrote about a member is read by those who may, and lies nowhere in the clear', async () => {
  expect(await told()).toHaveLength(4);
  for (const table of [
    'people.contribution_step',
    'people.contribution_comment',
    'people.member_step',
    'platform.event',
  ]) {
    const [row] = await server.asOwner<{ found: number }>(
      `select count(*)::int as found from ${table} t where t::text like '%' || $1 || '%'`,
      [WORDS],
    );
    expect(row, table).toEqual({ found: 0 });
  }
  expect(await world.published(contributionRejected.type)).toMatchObject([
    { reason: expect.stringMatching(/^sealed:./) as string },
  ]);
});

test('no role of the product sees a key, and nobody changes one', async () => {
  for (const role of ['platform', 'people', 'treasury', 'agreements', 'relay'] as const)
    await expect(server.database.single(role, 'select key from platform.personal_key')).rejects.toThrow(
      'permission denied',
    );
  await expect(server.asOwner(`update platform.personal_key set key = repeat('0', 64)`)).rejects.toThrow(
    'a personal key is destroyed or kept',
  );
  await expect(server.asOwner('delete from platform.personal_key')).rejects.toThrow('a personal key');
});

test('another member’s key, or another cooperative’s, opens nothing', async () => {
  const open = (cooperativeId: string, memberId: string) =>
    server.database.read('people', { cooperativeId }, (client) =>
      client.query<{ text: string }>(
        `select people.unseal($1, reason) as text from people.contribution_step where act = 'rejected'`,
        [memberId],
      ),
    );
  expect(await open(world.cooperativeId, bob.memberId)).toMatchObject([{ text: `He ${WORDS}.` }]);
  expect(await open(world.cooperativeId, carol.memberId)).toEqual([{ text: '' }]);
  const other = await foundCooperative(server, 'hillside');
  expect(await open(other.cooperativeId, bob.memberId)).toEqual([]);
});

test('with the key gone, the words are gone, the acts stay, and nothing more is kept', async () => {
  const before = await stepsOf(server.database, world.cooperativeId, [contributionId]);
  await server.asOwner(
    `with here as materialized (select set_config('habitat.cooperative_id', $1, true))
     select platform.destroy_personal_key($2, now()) from here`,
    [world.cooperativeId, bob.memberId],
  );
  expect(await told()).toEqual([]);
  const after = await stepsOf(server.database, world.cooperativeId, [contributionId]);
  expect(after.map(({ act, byMemberId }) => [act, byMemberId])).toEqual(
    before.map(({ act, byMemberId }) => [act, byMemberId]),
  );
  const [later] = await server.database.transaction(
    'people',
    { cooperativeId: world.cooperativeId },
    (client) =>
      client.query<{ sealed: string }>('select people.seal($1, $2) as sealed', [bob.memberId, WORDS]),
  );
  expect(later).toEqual({ sealed: 'sealed:' });
});
