// What an administrator sees and may ask of the machinery over HTTP, and that nobody else does.
import { takeRedriveRequests } from '@habitat/messaging';
import { allHandlers } from '@habitat/worker';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../guard/allowance.ts';
import type { Founded } from '../../testing/served-cooperative.ts';
import { PASSWORD, Served } from '../../testing/served-cooperative.ts';

let served: Served;
let river: Founded;
let letterId = '';
const token = { admin: '', alice: '', other: '' };

const OPERATIONS = `{ operations { undeliveredEvents lagSeconds
  handlers { handler pendingEvents lagSeconds } schedules { name outcome startedAt finishedAt }
  deadLetters { id eventType handler attempts firstFailedAt lastFailedAt redrive { state requestedBy { displayName } finishedAt } } } }`;
const REDRIVE = `mutation ($input: RedriveDeadLetterInput!) {
  redriveDeadLetter(input: $input) { deadLetter { id redrive { state requestedBy { displayName } } } } }`;

async function operations(who: string) {
  const answer = await served.ask(OPERATIONS, {}, who);
  expect(answer.errors).toEqual([]);
  return answer.body.data.operations;
}

const redrive = (who: string, idempotencyKey = 'mend') =>
  served.ask(REDRIVE, { input: { deadLetterId: letterId, idempotencyKey } }, who);

beforeAll(async () => {
  served = await Served.start({ allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
  token.admin = (await served.signIn(river.email)).accessToken;
  token.other = (await served.signIn((await served.found('elsewhere')).email)).accessToken;
  const add = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  const email = 'alice@riverbend.example';
  const input = { displayName: 'Alice', email, roles: ['full_member'], joinedOn: '2026-10-01' };
  const added = await served.ask(add, { input }, token.admin);
  await served.settle();
  const grant = 'mutation ($input: GrantAccessInput!) { grantAccess(input: $input) { memberId } }';
  const memberId: string = added.body.data.addMember.member.id;
  await served.ask(
    grant,
    { input: { memberId, email, displayName: 'Alice', password: PASSWORD } },
    token.admin,
  );
  token.alice = (await served.signIn(email)).accessToken;
  // As if treasury had given up on the founding's event, which it handles by itself when it is tried again.
  await served.test.asOwner(
    `insert into platform.dead_letter (cooperative_id, id, event_id, handler, attempts, error, dead_at, first_failed_at, last_failed_at)
     select cooperative_id, gen_random_uuid(), event_id, handler, 4, 'secret words of a fault', now(), now() - interval '1 hour', now()
     from platform.inbox where cooperative_id = $1 and handler like 'treasury.%' limit 1`,
    [river.cooperativeId],
  );
  letterId = (await operations(token.admin)).deadLetters[0].id;
});
afterAll(() => served.stop());

test('an administrator sees the dead letter and when it failed, but not the words of the fault', async () => {
  const seen = await operations(token.admin);
  expect(seen.deadLetters).toHaveLength(1);
  expect(seen.deadLetters[0]).toMatchObject({ attempts: 4, redrive: null });
  expect(seen.deadLetters[0].handler).toMatch(/^treasury\./);
  expect(Date.parse(seen.deadLetters[0].lastFailedAt) - Date.parse(seen.deadLetters[0].firstFailedAt)).toBe(
    3_600_000,
  );
  expect(JSON.stringify(seen)).not.toContain('secret words');
  expect((await operations(token.other)).deadLetters).toEqual([]);
});

test('a member sees nothing of it and asks for nothing', async () => {
  for (const answer of [await served.ask(OPERATIONS, {}, token.alice), await redrive(token.alice)])
    expect(answer.errors[0]?.extensions).toMatchObject({ code: 'FORBIDDEN' });
});

test('another cooperative’s administrator does not find the letter', async () => {
  expect((await redrive(token.other)).errors[0]?.extensions).toMatchObject({
    code: 'NOT_FOUND',
    reason: 'DEAD_LETTER_NOT_FOUND',
  });
});

test('a redrive is asked for once per key, waits, and another wish is a conflict until it ended', async () => {
  const first = await redrive(token.admin);
  expect(first.errors).toEqual([]);
  expect(first.body.data.redriveDeadLetter.deadLetter).toMatchObject({
    id: letterId,
    redrive: { state: 'waiting', requestedBy: { displayName: 'Admin of riverbend' } },
  });
  expect((await redrive(token.admin)).body).toEqual(first.body);
  expect((await redrive(token.admin, 'again')).errors[0]?.extensions).toMatchObject({
    code: 'CONFLICT',
    reason: 'ALREADY_REQUESTED',
  });
});

test('the worker takes it up, and the letter is gone from the list', async () => {
  const outcomes = await takeRedriveRequests(served.test.database, allHandlers, served.now);
  expect(outcomes).toMatchObject([{ outcome: 'handled' }]);
  expect((await operations(token.admin)).deadLetters).toEqual([]);
  const all = await served.ask(
    '{ operations { deadLetters(includeRedriven: true) { id redrivenAt redrive { state } } } }',
    {},
    token.admin,
  );
  expect(all.body.data.operations.deadLetters).toMatchObject([
    { id: letterId, redrive: { state: 'handled' } },
  ]);
  expect((await redrive(token.admin, 'once more')).errors[0]?.extensions).toMatchObject({
    code: 'CONFLICT',
    reason: 'ALREADY_REDRIVEN',
  });
});
