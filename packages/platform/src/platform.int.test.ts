// Founding, signing in and staying signed in, against a real Postgres.
import { createTestDatabase } from '@habitat/database/testing';
import type { TestDatabase } from '@habitat/database/testing';
import type { Actor } from '@habitat/kernel';
import { expectAccepted, newId, systemActor } from '@habitat/kernel';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { CreateCooperativeInput } from './index.ts';
import {
  changeCooperative,
  changePassword,
  createCooperative,
  findStanding,
  grantAccess,
  listCooperatives,
  refreshSession,
  signIn,
  signOut,
} from './index.ts';

const settings = { secrets: ['s'.repeat(64)] as const, accessSeconds: 900, refreshSeconds: 604_800 };
const start = new Date('2026-11-20T10:00:00Z');
const after = (seconds: number) => new Date(start.getTime() + seconds * 1000);
const facts = { now: start, correlationId: 'test' };
const password = 'four words do it';

const founding = (slug: string, email: string): CreateCooperativeInput => ({
  name: 'Riverbend',
  slug,
  currency: 'USD',
  timeZone: 'America/New_York',
  taxRegime: 'subchapter_k',
  template: 'worker',
  firstPeriodStartsOn: '2026-01-01',
  periodLength: 'quarter',
  administrator: { email, displayName: 'Ana', password },
});

let test_: TestDatabase;
beforeAll(async () => {
  test_ = await createTestDatabase(await sharedPostgresUrl());
});
afterAll(() => test_.end());

const found = async (slug: string, email: string) =>
  expectAccepted(await createCooperative(test_.database, facts, founding(slug, email)));
const enter = (
  email: string,
  more: Partial<{ password: string; cooperativeSlug: string; now: Date; address: string }> = {},
) =>
  signIn(test_.database, settings, more.now ?? start, {
    email,
    password,
    address: newId(),
    userAgent: null,
    correlationId: 'test',
    ...more,
  });
const codeOf = (result: { ok: boolean; refusal?: { code: string } }) =>
  result.ok ? 'accepted' : result.refusal?.code;

describe('founding a cooperative', () => {
  test('announces it with its first administrator', async () => {
    const { cooperativeId, memberId, loginId } = await found('announced', 'announced@example.org');
    const events = await test_.asOwner<{ type: string; payload: Record<string, unknown> }>(
      'select type, payload from platform.event where cooperative_id = $1',
      [cooperativeId],
    );
    expect(events).toMatchObject([
      {
        type: 'platform.cooperative.created',
        payload: {
          slug: 'announced',
          currencyDigits: 2,
          administrator: { memberId, loginId },
        },
      },
    ]);
    // The log is for ever; who founded it may ask to be forgotten.
    for (const told of [password, 'announced@example.org', 'Ana'])
      expect(JSON.stringify(events)).not.toContain(told);
    expect((await listCooperatives(test_.database)).map((listed) => listed.slug)).toContain('announced');
  });

  test('refuses a short name that is taken, and leaves nothing behind', async () => {
    await found('taken', 'taken@example.org');
    const refused = await createCooperative(test_.database, facts, founding('taken', 'second@example.org'));
    expect(codeOf(refused)).toBe('SLUG_TAKEN');
    expect(codeOf(await enter('second@example.org'))).toBe('SIGN_IN_FAILED');
  });

  test.each([
    ['BAD_NAME', { name: ' ' }],
    ['BAD_SLUG', { slug: 'Two Words' }],
    ['BAD_CURRENCY', { currency: 'usd' }],
    ['BAD_TIME_ZONE', { timeZone: 'Mars/Olympus' }],
    ['NO_SUCH_TEMPLATE', { template: 'commune' }],
    ['BAD_FIRST_PERIOD', { firstPeriodStartsOn: '2026-02-30' }],
    ['BAD_FIRST_PERIOD', { firstPeriodStartsOn: '2026-01-15' }],
    ['BAD_EMAIL', { administrator: { email: 'nobody', displayName: 'Ana', password } }],
    ['BAD_DISPLAY_NAME', { administrator: { email: 'a@example.org', displayName: ' ', password } }],
    [
      'PASSWORD_REQUIRED',
      { administrator: { email: 'new@example.org', displayName: 'Ana', password: null } },
    ],
    [
      'PASSWORD_TOO_SHORT',
      { administrator: { email: 'new@example.org', displayName: 'Ana', password: 'short' } },
    ],
  ])('refuses with %s', async (code, wrong) => {
    expect(
      codeOf(
        await createCooperative(test_.database, facts, { ...founding('wrong', 'w@example.org'), ...wrong }),
      ),
    ).toBe(code);
  });

  test('a changed profile is announced, and only an administrator changes it', async () => {
    const { cooperativeId, loginId, memberId } = await found('changing', 'changing@example.org');
    const as = (roles: readonly ('administrator' | 'member')[]) => ({
      ...facts,
      cooperativeId,
      actor: { kind: 'person' as const, cooperativeId, loginId, memberId, roles },
    });
    expect(codeOf(await changeCooperative(test_.database, as(['member']), { name: 'New' }))).toBe(
      'FORBIDDEN',
    );
    expectAccepted(
      await changeCooperative(test_.database, as(['administrator']), {
        name: 'New',
        timeZone: 'Europe/Berlin',
      }),
    );
    const [event] = await test_.asOwner<{ payload: object }>(
      `select payload from platform.event where cooperative_id = $1 and type = 'platform.cooperative.changed'`,
      [cooperativeId],
    );
    expect(event?.payload).toMatchObject({ name: 'New', timeZone: 'Europe/Berlin', slug: 'changing' });
  });
});

describe('signing in', () => {
  test('works however the email is written, and names the member', async () => {
    const { memberId, cooperativeId } = await found('entering', 'Entering@Example.org');
    const session = expectAccepted(await enter(' entering@EXAMPLE.org '));
    expect(session).toMatchObject({ memberId, cooperativeId });
    expect(await findStanding(test_.database, session)).toMatchObject({
      memberId,
      slug: 'entering',
      email: 'Entering@Example.org',
    });
  });

  test('sounds the same for a wrong password and an unknown email', async () => {
    await found('quiet', 'quiet@example.org');
    const wrong = await enter('quiet@example.org', { password: 'not the password' });
    expect(wrong).toEqual(await enter('nobody@example.org'));
    expect(codeOf(wrong)).toBe('SIGN_IN_FAILED');
  });

  test('is refused after five failures from one address, also with the right password, until the window is over', async () => {
    await found('guessed', 'guessed@example.org');
    const at = { address: '192.0.2.7' };
    for (let tried = 0; tried < 5; tried += 1)
      await enter('guessed@example.org', { ...at, password: 'a wrong password' });
    const refused = await enter('guessed@example.org', at);
    expect(refused).toMatchObject({
      ok: false,
      refusal: { code: 'TOO_MANY_ATTEMPTS', retryAfterSeconds: 900 },
    });
    expect(codeOf(await enter('guessed@example.org', { address: '192.0.2.8' }))).toBe('accepted');
    expect(codeOf(await enter('guessed@example.org', { ...at, now: after(901) }))).toBe('accepted');
  });

  test('asks which cooperative when there are several, and knows only one’s own', async () => {
    await found('first-of-two', 'both@example.org');
    await found('second-of-two', 'both@example.org');
    await found('not-mine', 'other@example.org');
    const asked = await enter('both@example.org');
    expect(asked).toMatchObject({ ok: false, refusal: { code: 'CHOOSE_COOPERATIVE' } });
    expect(JSON.stringify(asked)).not.toContain('not-mine');
    expect(codeOf(await enter('both@example.org', { cooperativeSlug: 'second-of-two' }))).toBe('accepted');
    expect(codeOf(await enter('both@example.org', { cooperativeSlug: 'not-mine' }))).toBe('SIGN_IN_FAILED');
  });
});

describe('a session', () => {
  test('goes on by exchanging its refresh token, and two tabs may do it at once', async () => {
    await found('tabs', 'tabs@example.org');
    const session = expectAccepted(await enter('tabs@example.org'));
    const both = await Promise.all(
      [1, 2].map(() => refreshSession(test_.database, settings, after(60), session.refreshToken, 'test')),
    );
    const [left, right] = both.map((result) => expectAccepted(result));
    expect(left?.refreshToken).not.toBe(right?.refreshToken);
    expect(
      codeOf(await refreshSession(test_.database, settings, after(900), left?.refreshToken ?? '', 'test')),
    ).toBe('accepted');
  });

  test('ends for both holders when an exchanged token is presented again', async () => {
    await found('stolen', 'stolen@example.org');
    const session = expectAccepted(await enter('stolen@example.org'));
    const next = expectAccepted(
      await refreshSession(test_.database, settings, after(60), session.refreshToken, 'test'),
    );
    expect(
      codeOf(await refreshSession(test_.database, settings, after(120), session.refreshToken, 'test')),
    ).toBe('SESSION_REUSED');
    expect(
      codeOf(await refreshSession(test_.database, settings, after(130), next.refreshToken, 'test')),
    ).toBe('SESSION_ENDED');
    expect(await findStanding(test_.database, next)).toBeNull();
  });

  test('ends after seven days without use, on signing out, and with an unknown token nothing happens', async () => {
    await found('leaving', 'leaving@example.org');
    const session = expectAccepted(await enter('leaving@example.org'));
    expect(
      codeOf(await refreshSession(test_.database, settings, after(604_800), session.refreshToken, 'test')),
    ).toBe('SESSION_ENDED');
    await signOut(test_.database, start, 'never-a-token', 'test');
    expect(await findStanding(test_.database, session)).not.toBeNull();
    await signOut(test_.database, start, session.refreshToken, 'test');
    expect(await findStanding(test_.database, session)).toBeNull();
  });

  test('ends everywhere else when the password is changed', async () => {
    const { cooperativeId, loginId, memberId } = await found('changed', 'pw@example.org');
    const here = expectAccepted(await enter('pw@example.org'));
    const elsewhere = expectAccepted(await enter('pw@example.org'));
    const context = {
      ...facts,
      cooperativeId,
      actor: { kind: 'person' as const, cooperativeId, loginId, memberId, roles: [] },
    };
    const change = (currentPassword: string, newPassword: string) =>
      changePassword(test_.database, context, {
        currentPassword,
        newPassword,
        sessionId: here.sessionId,
        address: 'here',
      });
    expect(codeOf(await change('not this one at all', 'another long one'))).toBe('WRONG_PASSWORD');
    expect(codeOf(await change(password, 'short'))).toBe('PASSWORD_TOO_SHORT');
    expectAccepted(await change(password, 'another long one'));
    expect(await findStanding(test_.database, here)).not.toBeNull();
    expect(await findStanding(test_.database, elsewhere)).toBeNull();
    expect(codeOf(await enter('pw@example.org'))).toBe('SIGN_IN_FAILED');
    expect(codeOf(await enter('pw@example.org', { password: 'another long one' }))).toBe('accepted');
  });
});

describe('access for a member', () => {
  test('is granted by an administrator once, to one account', async () => {
    const { cooperativeId, loginId, memberId } = await found('granting', 'admin@granting.org');
    const as = (roles: readonly ('administrator' | 'member')[]) => ({
      ...facts,
      cooperativeId,
      actor: { kind: 'person' as const, cooperativeId, loginId, memberId, roles },
    });
    const input = { memberId: newId(), email: 'ben@granting.org', displayName: 'Ben', password };
    expect(codeOf(await grantAccess(test_.database, as(['member']), input))).toBe('FORBIDDEN');
    const granted = expectAccepted(await grantAccess(test_.database, as(['administrator']), input));
    expect(expectAccepted(await grantAccess(test_.database, as(['administrator']), input))).toEqual(granted);
    const twice = await grantAccess(test_.database, as(['administrator']), { ...input, memberId: newId() });
    expect(twice).toMatchObject({ ok: false, refusal: { code: 'ALREADY_HAS_ACCESS', field: 'email' } });
    expect(expectAccepted(await enter('ben@granting.org')).memberId).toBe(input.memberId);
  });

  test('is not granted to the account of somebody elsewhere, who is asked by an invitation; the operator may', async () => {
    const elsewhere = await found('elsewhere', 'cy@elsewhere.org');
    const { cooperativeId, loginId, memberId } = await found('taking', 'admin@taking.org');
    const administrator = {
      cooperativeId,
      loginId,
      memberId,
      kind: 'person',
      roles: ['administrator'],
    } as const;
    const input = { memberId: newId(), email: 'cy@elsewhere.org', displayName: 'Cy', password };
    const grant = (actor: Actor) => grantAccess(test_.database, { ...facts, cooperativeId, actor }, input);
    expect(await grant(administrator)).toMatchObject({
      ok: false,
      refusal: { code: 'ACCOUNT_EXISTS', field: 'email' },
    });
    expect(expectAccepted(await enter('cy@elsewhere.org')).cooperativeId).toBe(elsewhere.cooperativeId);
    expect(expectAccepted(await grant(systemActor(cooperativeId))).loginId).toBe(elsewhere.loginId);
    // Tied now: asking again changes nothing, whoever asks.
    expect(expectAccepted(await grant(administrator)).loginId).toBe(elsewhere.loginId);
  });
});

describe('the wall', () => {
  test('no context but the platform sees an account, and nobody sees another cooperative’s membership', async () => {
    const mine = await found('walled', 'walled@example.org');
    const theirs = await found('theirs', 'theirs@example.org');
    for (const role of ['treasury', 'people', 'agreements', 'relay'] as const) {
      await expect(test_.database.single(role, 'select 1 from platform.login')).rejects.toThrow(
        /permission denied/,
      );
    }
    const seen = await test_.database.read('platform', { cooperativeId: mine.cooperativeId }, (client) =>
      client.query<{ cooperative_id: string }>('select cooperative_id from platform.membership'),
    );
    expect(seen.map((row) => row.cooperative_id)).toEqual([mine.cooperativeId]);
    const none = await test_.database.read('platform', {}, (client) =>
      client.query(
        'select 1 from platform.membership union all select 1 from platform.session union all select 1 from platform.cooperative',
      ),
    );
    expect(none).toEqual([]);
    expect(theirs.cooperativeId).not.toBe(mine.cooperativeId);
  });
});
