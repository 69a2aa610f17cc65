// A member's address in the list follows their account's: in every cooperative of theirs and in no other, there and back,
// once; not where it was set apart, where another member has it, or where the member is erased.
import { addMember, changeMember, findMemberByEmail, memberSteps } from '@habitat/people';
import { expectAccepted, systemActor } from '@habitat/kernel';
import type { TestMailServer } from '@habitat/test-services';
import { startMailServer } from '@habitat/test-services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import { mailedLink } from '../../../testing/mailed-link.ts';
import type { Founded } from '../../../testing/served-cooperative.ts';
import { Served } from '../../../testing/served-cooperative.ts';

const ASK =
  'mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { __typename } }';
const CONFIRM = 'mutation ($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { ended } }';
const UNDO = 'mutation ($input: UndoEmailChangeInput!) { undoEmailChange(input: $input) { ended } }';

let mail: TestMailServer;
let served: Served;
beforeAll(async () => {
  mail = await startMailServer();
  served = await Served.start({ mailUrl: mail.url, allowances: NO_ALLOWANCES });
});
afterAll(async () => {
  expect(await served.test.asOwner('select handler, error from platform.dead_letter')).toEqual([]);
  await served?.stop();
  await mail?.stop();
});

const linkTo = (address: string, path: 'email' | 'email-undo') => mailedLink({ served, mail }, address, path);

/** Changes an account's address as its person does; answers the link of the way back. The event is still on its way. */
async function move(from: string, to: string, slug: string): Promise<string> {
  const { accessToken } = await served.signIn(from, undefined, slug);
  expect((await served.ask(ASK, { input: { email: to } }, accessToken)).errors).toEqual([]);
  const back = await linkTo(from, 'email-undo');
  const token = await linkTo(to, 'email');
  expect((await served.ask(CONFIRM, { input: { token } }, accessToken)).errors).toEqual([]);
  return back;
}

const undo = async (token: string) => {
  const answer = await served.ask(UNDO, { input: { token, password: 'a brand new password' } });
  expect(answer.errors).toEqual([]);
};

/** A person of two cooperatives, founder of the first. */
async function personOfTwo(slug: string): Promise<{ email: string; here: Founded; there: Founded }> {
  const here = await served.found(slug);
  const there = await served.found(`${slug}-too`);
  await served.admit(there, here.email);
  await served.settle();
  return { email: here.email, here, there };
}

const memberWith = (email: string, { cooperativeId }: Founded) =>
  findMemberByEmail(served.test.database, cooperativeId, email);

async function followed(memberId: string, { cooperativeId }: Founded): Promise<number> {
  const steps = await memberSteps(served.test.database, cooperativeId, [memberId]);
  return steps.filter(({ act }) => act === 'email_followed').length;
}

/** Where an event of a changed address stands, by the cooperative's name in links. */
const toldIn = async (slugs: string) => {
  const rows = await served.test.asOwner<{ where: string; payload: string }>(
    `select slug as where, payload::text from platform.event join platform.cooperative using (cooperative_id)
     where type = 'platform.account_email.changed' and slug like $1 order by position`,
    [slugs],
  );
  for (const { payload } of rows) expect(payload).not.toContain('@');
  return rows.map(({ where }) => where).sort();
};

test('follows in every cooperative of the account and comes back with it; no other cooperative hears of it', async () => {
  const stranger = await served.found('follow-stranger');
  const { email, here, there } = await personOfTwo('follow');
  const ids = await Promise.all([here, there].map(async (one) => (await memberWith(email, one))?.memberId));
  const back = await move(email, 'new@follow.example', 'follow');
  await served.settle();
  for (const one of [here, there]) {
    expect(await memberWith(email, one)).toBeNull();
    expect(ids).toContain((await memberWith('new@follow.example', one))?.memberId);
  }
  const { accessToken } = await served.signIn('new@follow.example', undefined, 'follow');
  const shown = await served.ask(
    '{ members(first: 5, search: "new@follow") { edges { node { email history { act by { displayName } } } } } }',
    {},
    accessToken,
  );
  const [{ node }] = shown.body.data.members.edges;
  expect(node.email).toBe('new@follow.example');
  expect(node.history).toContainEqual({ act: 'email_followed', by: null });

  await undo(back);
  await served.settle();
  for (const one of [here, there]) {
    expect(await memberWith('new@follow.example', one)).toBeNull();
    expect(ids).toContain((await memberWith(email, one))?.memberId);
  }
  expect(await toldIn('follow%')).toEqual(['follow', 'follow', 'follow-too', 'follow-too']);
  expect(await memberWith(stranger.email, stranger)).toMatchObject({ email: stranger.email });
});

test('delivered to two workers, late and once more after the way back, it happened once', async () => {
  const { email, here, there } = await personOfTwo('again');
  const back = await move(email, 'new@again.example', 'again');
  await Promise.all([served.settle(), served.settle()]);
  await undo(back);
  await served.settle();
  await served.test.asOwner(
    `insert into platform.outbox (cooperative_id, position) select cooperative_id, position from platform.event
     where type = 'platform.account_email.changed'`,
  );
  await served.settle();
  for (const one of [here, there]) {
    const member = await memberWith(email, one);
    expect(await followed(member?.memberId ?? '', one)).toBe(2);
  }
});

test('an address the cooperative set apart stays, and one that another member has', async () => {
  const { database } = served.test;
  const { email, here, there } = await personOfTwo('apart');
  const as = ({ cooperativeId }: Founded) => ({
    cooperativeId,
    actor: systemActor(cooperativeId),
    now: served.now,
    correlationId: 'apart',
  });
  const { memberId } = expectAccepted(
    await changeMember(database, as(there), {
      memberId: (await memberWith(email, there))?.memberId ?? '',
      email: 'office@apart.example',
    }),
  );
  const invited = { displayName: 'Another', email: 'new@apart.example' };
  const other = expectAccepted(await addMember(database, as(here), invited));
  const back = await move(email, 'NEW@apart.example', 'apart');
  await served.settle();
  expect(await memberWith('office@apart.example', there)).toMatchObject({ memberId });
  expect(await memberWith(email, here)).toMatchObject({ memberId: here.memberId });
  expect(await memberWith('new@apart.example', here)).toMatchObject({ memberId: other.memberId });

  await undo(back);
  await served.settle();
  expect(await memberWith('office@apart.example', there)).toMatchObject({ memberId });
  expect(await followed(memberId, there)).toBe(0);
  expect(await followed(here.memberId, here)).toBe(0);
});

test('who is erased while it is on its way gets nothing of it', async () => {
  const { email, here, there } = await personOfTwo('gone');
  const memberId = (await memberWith(email, there))?.memberId ?? '';
  await move(email, 'new@gone.example', 'gone');
  await served.test.asOwner(
    `select set_config('habitat.cooperative_id', '${there.cooperativeId}', false);
     select people.erase_member('${memberId}', now())`,
  );
  await served.settle();
  expect(await memberWith('new@gone.example', there)).toBeNull();
  expect(await memberWith(`${memberId}@erased.invalid`, there)).toMatchObject({ isErased: true });
  expect(await followed(memberId, there)).toBe(0);
  expect(await memberWith('new@gone.example', here)).toMatchObject({ memberId: here.memberId });
});

test('a change that was only asked for, and stopped, is no news elsewhere', async () => {
  const { email } = await personOfTwo('stopped');
  const { accessToken } = await served.signIn(email, undefined, 'stopped');
  await served.ask(ASK, { input: { email: 'new@stopped.example' } }, accessToken);
  await undo(await linkTo(email, 'email-undo'));
  expect(await toldIn('stopped%')).toEqual(['stopped']);
});
