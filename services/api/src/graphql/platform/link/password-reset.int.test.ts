// A forgotten password, by mail and by hand: what it changes, and what it never tells.
import type { TestMailServer } from '@habitat/test-services';
import { plainText, startMailServer } from '@habitat/test-services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import { Party } from '../../../testing/party.ts';
import { Served } from '../../../testing/served-cooperative.ts';

const ASK = 'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { asked } }';
const RESET = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { ended } }';
const fresh = 'a brand new password';

const reasonOf = (answer: { errors: readonly { extensions: Record<string, unknown> }[] }) =>
  answer.errors[0]?.extensions['reason'];
const meOf = (served: Served, token: string) => served.ask('{ me { email } }', {}, token);

describe('by mail', () => {
  let mail: TestMailServer;
  let served: Served;
  let address = 0;
  /** Each time from another place, so that the throttle by address is not what is tested. */
  const ask = (email: string, from = `198.51.100.${(address += 1)}`) =>
    served.send({ query: ASK, variables: { input: { email } } }, { 'x-forwarded-for': from });
  const reset = (token: string, password = fresh) => served.ask(RESET, { input: { token, password } });
  async function mailed(to: string): Promise<string> {
    await served.settle();
    return /https:\/\/pages\.example\/reset\/(\S+)/.exec(plainText(await mail.waitFor(to)))?.[1] ?? '';
  }

  beforeAll(async () => {
    mail = await startMailServer();
    served = await Served.start({ mailUrl: mail.url, allowances: NO_ALLOWANCES });
  });
  afterAll(async () => {
    await served?.stop();
    await mail?.stop();
  });

  test('ends every session of the account in every cooperative, and works once', async () => {
    const one = await served.found('one');
    await served.admit(await served.found('two'), one.email);
    const tokens = [];
    for (const cooperativeSlug of ['one', 'two'])
      tokens.push((await served.signIn(one.email, undefined, cooperativeSlug)).accessToken);
    expect((await ask(one.email)).body).toEqual({ data: { requestPasswordReset: { asked: true } } });
    const token = await mailed(one.email);
    expect(reasonOf(await reset(token, 'short'))).toBe('PASSWORD_TOO_SHORT');
    const done = await reset(token);
    expect(done.body.data.resetPassword.ended).toBe(2);
    for (const token of tokens) expect(reasonOf(await meOf(served, token))).toBe('SESSION_ENDED');
    await expect(served.signIn(one.email, undefined, 'one')).rejects.toThrow('SIGN_IN_FAILED');
    expect((await served.signIn(one.email, fresh, 'one')).accessToken).toBeTruthy();
    expect(reasonOf(await reset(token, 'yet another password'))).toBe('LINK_USED');
  });

  test('an account that was locked by wrong guesses is open again to its owner', async () => {
    const { email } = await served.found('locked');
    for (let tried = 0; tried < 5; tried += 1)
      await served.signIn(email, 'a wrong password').catch(() => undefined);
    await expect(served.signIn(email)).rejects.toThrow('TOO_MANY_ATTEMPTS');
    await ask(email);
    await reset(await mailed(email));
    expect((await served.signIn(email, fresh)).accessToken).toBeTruthy();
  });

  test('is over after an hour and when a newer one was asked for', async () => {
    const { email } = await served.found('slow');
    await ask(email);
    const first = await mailed(email);
    await ask(email);
    const second = await mailed(email);
    expect(reasonOf(await reset(first))).toBe('LINK_REPLACED');
    const before = served.now;
    served.later(3_600);
    expect(reasonOf(await reset(second))).toBe('LINK_EXPIRED');
    served.now = before;
  });

  test('is asked for three times in a quarter of an hour, for any address alike', async () => {
    const { email } = await served.found('asked');
    for (const who of [email, 'nobody@asked.example']) {
      for (let asked = 0; asked < 3; asked += 1) expect(reasonOf(await ask(who))).toBeUndefined();
      expect(reasonOf(await ask(who))).toBe('TOO_MANY_ATTEMPTS');
    }
    const from = '203.0.113.77';
    await Promise.all(Array.from({ length: 20 }, (_, asked) => ask(`n${asked}@asked.example`, from)));
    expect(reasonOf(await ask('n21@asked.example', from))).toBe('TOO_MANY_ATTEMPTS');
  });

  test('no administrator makes a link where mail is sent', async () => {
    const coop = await served.found('mailing');
    const party = await Party.join(served, coop, { ann: ['administrator'] });
    const memberId = (await party.ask('ann', '{ me { member { id } } }')).me.member.id as string;
    expect(await party.refusedAct('ann', 'makeResetLink', { memberId })).toMatchObject({
      code: 'CONFLICT',
      reason: 'RESET_BY_MAIL',
    });
  });
});

describe('by hand, where no mail is sent', () => {
  let served: Served;
  let party: Party;
  let bob = '';
  let cleo = '';
  const idOf = async (who: string) =>
    (await party.ask(who, '{ me { member { id } } }')).me.member.id as string;
  beforeAll(async () => {
    served = await Served.start();
    const coop = await served.found('handing');
    party = await Party.join(served, coop, { ann: ['administrator'], bob: ['member'], cleo: ['member'] });
    bob = await idOf('bob');
    cleo = await idOf('cleo');
  });
  afterAll(() => served?.stop());

  test('asking for a mail is refused alike for everybody', async () => {
    for (const email of ['bob@handing.example', 'nobody@handing.example'])
      expect(reasonOf(await served.ask(ASK, { input: { email } }))).toBe('MAIL_NOT_SET_UP');
  });

  test('an administrator makes a link, on record, and it opens the member’s account', async () => {
    const made = await party.act('ann', 'makeResetLink', { memberId: bob }, 'link');
    const token = /\/reset\/(\S+)$/.exec(made.link as string)?.[1] ?? '';
    const done = await served.ask(RESET, { input: { token, password: fresh } });
    expect(done.errors).toEqual([]);
    expect((await served.signIn('bob@handing.example', fresh)).accessToken).toBeTruthy();
    const recorded = await served.test.asOwner(
      `select 1 from platform.event where type = 'platform.identity_link.issued' and actor_kind = 'person'`,
    );
    expect(recorded).toHaveLength(1);
  });

  test('never for a person of several cooperatives: it would open the others as well', async () => {
    await served.admit(await served.found('next-door'), 'cleo@handing.example');
    expect(await party.refusedAct('ann', 'makeResetLink', { memberId: cleo })).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'FORBIDDEN_BELONGS_ELSEWHERE',
    });
  });

  test('a member makes none, and an administrator only shortly after proving who they are', async () => {
    const input = { memberId: bob };
    expect(await party.refusedAct('cleo', 'makeResetLink', input)).toMatchObject({ code: 'FORBIDDEN' });
    served.later(601);
    expect(await party.refusedAct('ann', 'makeResetLink', input)).toMatchObject({
      code: 'FORBIDDEN',
      reason: 'REAUTHENTICATION_REQUIRED',
    });
  });
});
