// Invited by mail: from the administrator's act over a real mail server to signing in, and everything that must not work.
import type { TestMailServer } from '@habitat/test-services';
import { plainText, startMailServer } from '@habitat/test-services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import { Party } from '../../../testing/party.ts';
import type { Founded } from '../../../testing/served-cooperative.ts';
import { PASSWORD, Served } from '../../../testing/served-cooperative.ts';

let mail: TestMailServer;
let served: Served;
let river: Founded;
let admin = '';
let other = '';
let member = '';

const ADD = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
const INVITE =
  'mutation ($input: InviteMemberInput!) { inviteMember(input: $input) { link member { invitation { email expiresAt } } } }';
const REVOKE =
  'mutation ($input: RevokeInvitationInput!) { revokeInvitation(input: $input) { member { id } } }';
const VIEW =
  'query ($token: String!) { invitation(token: $token) { cooperativeName displayName email timeZone hasAccount } }';
const ACCEPT = 'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { email } }';

async function join(displayName: string): Promise<string> {
  const email = `${displayName.toLowerCase()}@riverbend.example`;
  const added = await served.ask(ADD, { input: { displayName, email, joinedOn: '2026-10-01' } }, admin);
  await served.settle();
  return added.body.data.addMember.member.id;
}

const invite = (memberId: string, who = admin, email?: string) =>
  served.ask(INVITE, { input: { memberId, ...(email === undefined ? {} : { email }) } }, who);
const accept = (token: string, password = 'three words at least') =>
  served.ask(ACCEPT, { input: { token, password } });
const view = (token: string) => served.ask(VIEW, { token });
const reasonOf = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) =>
  answer.errors[0]?.extensions['reason'];

/** The token of the newest mail to an address, once it is delivered. */
async function mailed(to: string): Promise<string> {
  await served.settle();
  const text = plainText(await mail.waitFor(to));
  return /https:\/\/pages\.example\/invitation\/(\S+)/.exec(text)?.[1] ?? '';
}

beforeAll(async () => {
  mail = await startMailServer();
  served = await Served.start({ mailUrl: mail.url, allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
  admin = (await served.signIn(river.email)).accessToken;
  other = (await served.signIn((await served.found('elsewhere')).email)).accessToken;
  member = await join('Alice');
});
afterAll(async () => {
  await served?.stop();
  await mail?.stop();
});

describe('an invitation', () => {
  test('comes by mail in words and as a page, and lets the member choose a password and sign in', async () => {
    const invited = await invite(member);
    expect(invited.errors).toEqual([]);
    expect(invited.body.data.inviteMember).toMatchObject({
      link: null,
      member: { invitation: { email: 'alice@riverbend.example', expiresAt: '2026-12-04T15:00:00.000Z' } },
    });
    const token = await mailed('alice@riverbend.example');
    const { message, from } = await mail.waitFor('alice@riverbend.example');
    expect(from).toBe('habitat@pages.example');
    expect(message).toMatch(/subject: riverbend invites you to Habitat/i);
    expect(message).toMatch(/content-type: text\/html/i);
    expect((await view(token)).body.data.invitation).toEqual({
      cooperativeName: 'riverbend',
      displayName: 'Alice',
      email: 'alice@riverbend.example',
      timeZone: 'America/New_York',
      hasAccount: false,
    });
    for (const [password, reason] of [
      ['too short', 'PASSWORD_TOO_SHORT'],
      ['password12345', 'PASSWORD_TOO_SIMPLE'],
      ['my alice@riverbend.example', 'PASSWORD_NAMES_ACCOUNT'],
    ] as const)
      expect(reasonOf(await accept(token, password))).toBe(reason);
    expect((await accept(token)).errors).toEqual([]);
    await served.settle();
    const { accessToken } = await served.signIn('alice@riverbend.example', 'three words at least');
    const me = await served.ask('{ me { displayName member { id hasLogin } } }', {}, accessToken);
    expect(me.body.data.me).toEqual({ displayName: 'Alice', member: { id: member, hasLogin: true } });
    expect(reasonOf(await accept(token))).toBe('LINK_USED');
    expect(reasonOf(await view(token))).toBe('LINK_USED');
    expect(reasonOf(await invite(member))).toBe('ALREADY_HAS_ACCESS');
  });

  test('its token stands in no table and no event', async () => {
    const bob = await join('Bob');
    await invite(bob);
    const secret = (await mailed('bob@riverbend.example')).split('.')[1] ?? '';
    expect(secret).toHaveLength(43);
    const rows = await served.test.asOwner<{ all: string }>(
      `select string_agg(kept, '') as all from (
         select to_jsonb(e)::text as kept from platform.event e
         union all select to_jsonb(l)::text from platform.identity_link l
         union all select to_jsonb(k)::text from platform.idempotency_key k) as everything`,
    );
    expect(rows[0]?.all).toContain('identity_link');
    expect(rows[0]?.all).not.toContain(secret);
  });

  test('is over after fourteen days, when a newer one was sent, and when it was taken back', async () => {
    const carol = await join('Carol');
    await invite(carol);
    const first = await mailed('carol@riverbend.example');
    await invite(carol);
    const second = await mailed('carol@riverbend.example');
    expect(second).not.toBe(first);
    expect(reasonOf(await view(first))).toBe('LINK_REPLACED');
    expect((await view(second)).errors).toEqual([]);
    expect((await served.ask(REVOKE, { input: { memberId: carol } }, admin)).errors).toEqual([]);
    expect(reasonOf(await view(second))).toBe('LINK_REPLACED');
    expect(reasonOf(await served.ask(REVOKE, { input: { memberId: carol } }, admin))).toBe(
      'INVITATION_NOT_FOUND',
    );
    await invite(carol);
    const third = await mailed('carol@riverbend.example');
    const before = served.now;
    served.later(14 * 86_400);
    expect(reasonOf(await accept(third))).toBe('LINK_EXPIRED');
    served.now = before;
  });

  test('used twice at once opens one account', async () => {
    const dana = await join('Dana');
    await invite(dana);
    const token = await mailed('dana@riverbend.example');
    const both = await Promise.all([
      accept(token, 'four good long words'),
      accept(token, 'other good long words'),
    ]);
    expect(both.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(both.map(reasonOf)).toContain('LINK_USED');
  });

  test('for an address that has an account asks for that account’s password, and ties it', async () => {
    const noor = await join('Noor');
    await invite(noor, admin, 'admin@elsewhere.example');
    const token = await mailed('admin@elsewhere.example');
    expect((await view(token)).body.data.invitation.hasAccount).toBe(true);
    expect(reasonOf(await accept(token, 'a new password of mine'))).toBe('WRONG_PASSWORD');
    expect((await accept(token, PASSWORD)).errors).toEqual([]);
    const both = await served.ask(
      'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }',
      {
        input: { email: 'admin@elsewhere.example', password: PASSWORD },
      },
    );
    expect(reasonOf(both)).toBe('CHOOSE_COOPERATIVE');
  });
});

describe('what must not work', () => {
  test('a member invites nobody, and another cooperative’s administrator finds no member', async () => {
    const party = await Party.join(served, river, { ed: ['member'] });
    const ed = await join('Edna');
    expect(await party.refusedAct('ed', 'inviteMember', { memberId: ed })).toMatchObject({
      code: 'FORBIDDEN',
    });
    expect((await invite(ed, other)).errors[0]?.extensions).toMatchObject({ code: 'NOT_FOUND' });
    const seen = await served.ask(
      'query ($id: ID!) { member(id: $id) { invitation { email } } }',
      { id: ed },
      other,
    );
    expect(seen.body.data?.member ?? null).toBeNull();
  });

  test('an address with a line break in it is refused, and a name with one stays one line', async () => {
    const id = await join('Fay');
    const forged = 'fay@riverbend.example\r\nBcc: eve@elsewhere.example';
    expect(reasonOf(await invite(id, admin, forged))).toBe('BAD_EMAIL');
    const change = 'mutation ($input: ChangeMemberInput!) { changeMember(input: $input) { member { id } } }';
    const displayName = 'Fay\r\nBcc: eve@elsewhere.example';
    await served.ask(change, { input: { memberId: id, displayName } }, admin);
    await invite(id);
    await mailed('fay@riverbend.example');
    const { message, to } = await mail.waitFor('fay@riverbend.example');
    expect(to).toEqual(['fay@riverbend.example']);
    expect(message).not.toMatch(/^bcc:/im);
  });

  test('an administrator sends a member five in an hour, and no more', async () => {
    const id = await join('Gus');
    for (let sent = 0; sent < 5; sent += 1) expect((await invite(id)).errors).toEqual([]);
    expect((await invite(id)).errors[0]?.extensions).toMatchObject({ code: 'RATE_LIMITED' });
  });

  test('whoever tries tokens is stopped after twenty, while a real one counts nothing', async () => {
    const id = await join('Hal');
    await invite(id);
    const token = await mailed('hal@riverbend.example');
    const guess = `${river.cooperativeId}.${'x'.repeat(43)}`;
    const from = (address: string, value: string) =>
      served.send({ query: VIEW, variables: { token: value } }, { 'x-forwarded-for': address });
    for (let tried = 0; tried < 20; tried += 1)
      expect(reasonOf(await from('203.0.113.9', guess))).toBe('LINK_UNKNOWN');
    expect(reasonOf(await from('203.0.113.9', token))).toBe('TOO_MANY_ATTEMPTS');
    for (let tried = 0; tried < 25; tried += 1)
      expect((await from('203.0.113.10', token)).errors).toEqual([]);
  });

  test('a mail server that is away is tried again, and the mail comes once', async () => {
    const id = await join('Ida');
    const before = mail.arrived.length;
    mail.refuseNext(2);
    await invite(id);
    await served.settle();
    await served.settle();
    await served.settle();
    const mine = mail.arrived.slice(before).filter(({ to }) => to.includes('ida@riverbend.example'));
    expect(mine).toHaveLength(1);
  });
});
