// A second factor over the endpoint: setting it up, signing in by two steps, and everything somebody with only the
// password, an old code or a foreign challenge might try.
import { createHash } from 'node:crypto';
import { resealSecondFactors } from '@habitat/platform';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Party } from '../../../testing/party.ts';
import type { Answer } from '../../../testing/served-cooperative.ts';
import { PASSWORD, Served } from '../../../testing/served-cooperative.ts';

let served: Served;
let party: Party;
const facts = (answer: Answer) => answer.errors[0]?.extensions;

beforeAll(async () => {
  served = await Served.start();
  party = await Party.join(served, await served.found('two-steps'), {
    ann: ['administrator'],
    ted: ['member', 'treasurer'],
    bob: ['member'],
    cleo: ['member'],
    dan: ['member'],
  });
});
afterAll(() => served?.stop());

const emailOf = (who: string) => `${who}@two-steps.example`;
const SIGN_IN = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken refreshToken } }';
const COMPLETE =
  'mutation ($input: CompleteSignInInput!) { completeSignIn(input: $input) { accessToken refreshToken } }';
const first = (who: string, password = PASSWORD) =>
  served.ask(SIGN_IN, { input: { email: emailOf(who), password } });
const second = (challenge: unknown, code: string) => served.ask(COMPLETE, { input: { challenge, code } });
const codeNow = (secret: string, offset = 0) =>
  TOTP.generate({ ...new TOTP({ secret }), timestamp: served.now.getTime() + offset * 1000 });

/** Sets a second factor up and answers its secret and recovery codes; half a minute later its next code is good. */
async function enrol(who: string): Promise<{ secret: string; codes: string[] }> {
  const SETUP = 'secondFactor { setup { secret address } }';
  const begun = await party.act(who, 'beginSecondFactor', {}, SETUP);
  const { secret, address } = begun.secondFactor.setup;
  expect(address).toContain(
    `otpauth://totp/Habitat:${who}%40two-steps.example?issuer=Habitat&secret=${secret}`,
  );
  const code = codeNow(secret);
  const confirmed = await party.act(who, 'confirmSecondFactor', { code }, 'recoveryCodes');
  served.later(30);
  return { secret, codes: confirmed.recoveryCodes };
}

async function challengeOf(who: string): Promise<string> {
  const refused = facts(await first(who));
  expect(refused).toMatchObject({ code: 'UNAUTHENTICATED', reason: 'SECOND_FACTOR_REQUIRED' });
  return refused?.['challenge'] as string;
}

describe('signing in with a second factor', () => {
  let secret = '';
  let codes: string[] = [];

  test('is asked for after its first code was given, and ends the sessions opened without it', async () => {
    const elsewhere = await served.signIn(emailOf('bob'));
    const wrong = party.refusedAct('bob', 'confirmSecondFactor', { code: '123456' });
    expect(await wrong).toMatchObject({ reason: 'SETUP_EXPIRED' });
    ({ secret, codes } = await enrol('bob'));
    expect(new Set(codes).size).toBe(10);
    expect(facts(await served.ask('{ me { email } }', {}, elsewhere.accessToken))).toMatchObject({
      reason: 'SESSION_ENDED',
    });
    const mine = (
      await party.ask('bob', '{ me { secondFactor { since recoveryCodesLeft setup { secret } } } }')
    ).me;
    expect(mine.secondFactor).toMatchObject({ recoveryCodesLeft: 10, setup: null });
    expect(await party.refusedAct('bob', 'beginSecondFactor', {})).toMatchObject({
      code: 'CONFLICT',
      reason: 'SECOND_FACTOR_EXISTS',
    });
  });

  test('takes a password and a code, each once', async () => {
    const challenge = await challengeOf('bob');
    const code = codeNow(secret);
    expect((await second(challenge, code)).errors).toEqual([]);
    expect(facts(await second(challenge, codeNow(secret, 30)))).toMatchObject({ reason: 'CHALLENGE_OVER' });
    expect(facts(await second(await challengeOf('bob'), code))).toMatchObject({ reason: 'CODE_WRONG' });
    served.later(30);
  });

  test('lets only one of two in who give the same code at once', async () => {
    // A newer challenge takes the place of one before it, so both hold the same.
    const challenge = await challengeOf('bob');
    const code = codeNow(secret);
    const both = await Promise.all([second(challenge, code), second(challenge, code)]);
    expect(both.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    served.later(30);
  });

  test('takes the code before and after, and none further away', async () => {
    expect(facts(await second(await challengeOf('bob'), codeNow(secret, -60)))).toMatchObject({
      reason: 'CODE_WRONG',
    });
    expect(facts(await second(await challengeOf('bob'), codeNow(secret, 60)))).toMatchObject({
      reason: 'CODE_WRONG',
    });
    expect((await second(await challengeOf('bob'), codeNow(secret, 30))).errors).toEqual([]);
    served.later(60);
  });

  test('takes a recovery code, however it is typed, once', async () => {
    const [one = ''] = codes;
    const typed = one.toUpperCase().replaceAll('-', ' ').replaceAll('0', 'O');
    expect((await second(await challengeOf('bob'), typed)).errors).toEqual([]);
    expect(facts(await second(await challengeOf('bob'), one))).toMatchObject({ reason: 'CODE_WRONG' });
    served.later(901);
    await served.signIn(emailOf('ann'));
    const challenge = await challengeOf('bob');
    const signed = await second(challenge, codeNow(secret));
    const token = signed.body.data.completeSignIn.accessToken as string;
    const left = await served.ask('{ me { secondFactor { recoveryCodesLeft } } }', {}, token);
    expect(left.body.data.me.secondFactor.recoveryCodesLeft).toBe(9);
    served.later(30);
  });

  test('a challenge is no token, runs out after five minutes, and is gone after five wrong codes', async () => {
    const challenge = await challengeOf('bob');
    expect(facts(await served.ask('{ me { email } }', {}, challenge))).toMatchObject({
      code: 'UNAUTHENTICATED',
    });
    const refresh =
      'mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { accessToken } }';
    expect(facts(await served.ask(refresh, { input: { refreshToken: challenge } }))).toMatchObject({
      reason: 'SESSION_ENDED',
    });
    served.later(300);
    expect(facts(await second(challenge, codeNow(secret)))).toMatchObject({ reason: 'CHALLENGE_OVER' });
    for (const forged of ['x', `${challenge.slice(0, -1)}x`])
      expect(facts(await second(forged, codeNow(secret)))).toMatchObject({ reason: 'CHALLENGE_OVER' });
  });

  test('guessing is stopped after five codes, also over new challenges, and the right code has to wait', async () => {
    const reasons: unknown[] = [];
    for (let tried = 0; tried < 6; tried += 1)
      reasons.push(facts(await second(await challengeOf('bob'), '000000'))?.['reason']);
    expect(reasons).toEqual([...Array<string>(5).fill('CODE_WRONG'), 'TOO_MANY_ATTEMPTS']);
    expect(facts(await second(await challengeOf('bob'), codeNow(secret)))).toMatchObject({
      code: 'RATE_LIMITED',
    });
    served.later(901);
    expect((await second(await challengeOf('bob'), codeNow(secret))).errors).toEqual([]);
  });

  test('a wrong password is told as ever: nothing says that there is a second factor', async () => {
    expect(facts(await first('bob', 'not the password'))).toEqual(
      facts(await first('nobody', 'not the password')),
    );
  });

  test('neither the secret nor a code stands in the database', async () => {
    const rows = await served.test.asOwner(
      `select sealed_secret, (select string_agg(code_hash, ' ') from platform.recovery_code) as hashes from platform.second_factor`,
    );
    const stored = JSON.stringify(rows);
    expect(stored).not.toContain(secret);
    for (const code of codes) expect(stored).not.toContain(code);
    expect(stored).toContain(
      createHash('sha256')
        .update((codes[0] ?? '').replaceAll('-', ''))
        .digest('hex'),
    );
    const kept = await served.test.asOwner(
      `select 1 from platform.idempotency_key where response::text like '%' || $1 || '%'`,
      [codes[0]],
    );
    expect(kept).toEqual([]);
  });
});

describe('before what is sensitive', () => {
  test('the password alone proves nothing any more', async () => {
    await party.signInAgainFor('cleo');
    const { secret } = await enrol('cleo');
    served.later(600);
    expect(await party.refusedAct('cleo', 'turnOffSecondFactor', {})).toMatchObject({
      reason: 'REAUTHENTICATION_REQUIRED',
    });
    expect(
      (await party.ask('cleo', '{ me { secondFactor { setup { secret } } } }')).me.secondFactor.setup,
    ).toBeNull();
    const prove = (input: object) => party.refusedAct('cleo', 'reauthenticate', input);
    expect(await prove({ password: PASSWORD })).toMatchObject({ reason: 'CODE_REQUIRED' });
    expect(await prove({ password: PASSWORD, code: '000000' })).toMatchObject({
      reason: 'CODE_WRONG',
      path: ['input', 'code'],
    });
    await party.act('cleo', 'reauthenticate', { password: PASSWORD, code: codeNow(secret) });
    const renewed = await party.act('cleo', 'renewRecoveryCodes', {}, 'recoveryCodes');
    expect(renewed.recoveryCodes).toHaveLength(10);
    await party.act('cleo', 'turnOffSecondFactor', {}, 'turnedOff');
    expect((await first('cleo')).errors).toEqual([]);
    expect(await party.refusedAct('cleo', 'turnOffSecondFactor', {})).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('a secret nobody confirmed within a quarter of an hour is forgotten', async () => {
    await party.signInAgainFor('cleo');
    const begun = await party.act('cleo', 'beginSecondFactor', {}, 'secondFactor { setup { secret } }');
    const { secret } = begun.secondFactor.setup;
    served.later(901);
    await party.signInAgainFor('cleo');
    expect(await party.refusedAct('cleo', 'confirmSecondFactor', { code: codeNow(secret) })).toMatchObject({
      reason: 'SETUP_EXPIRED',
    });
    expect((await first('cleo')).errors).toEqual([]);
  });

  test('guesses of the password at a changed password are counted like those at the sign-in', async () => {
    await party.signInAgainFor('dan');
    const change = (currentPassword: string) =>
      party.refusedAct('dan', 'changePassword', { currentPassword, newPassword: 'quite another one' });
    for (let tried = 0; tried < 5; tried += 1)
      expect(await change('a guess of it')).toMatchObject({ reason: 'WRONG_PASSWORD' });
    expect(await change(PASSWORD)).toMatchObject({ code: 'RATE_LIMITED' });
    served.later(901);
  });
});

describe('an administrator', () => {
  test('takes a lost second factor away with a reason, on record, and never their own', async () => {
    await party.signInAgainFor('dan', 'ann');
    await enrol('dan');
    const memberId = (await party.ask('dan', '{ me { member { id } } }')).me.member.id as string;
    const asked = `query ($id: ID!) { member(id: $id) { hasSecondFactor } }`;
    expect((await party.ask('ann', asked, { id: memberId })).member.hasSecondFactor).toBe(true);
    const reset = { memberId, reason: 'Lost in the river' };
    expect(await party.refusedAct('dan', 'resetSecondFactor', reset)).toMatchObject({ code: 'FORBIDDEN' });
    expect(await party.refusedAct('ann', 'resetSecondFactor', { ...reset, reason: ' ' })).toMatchObject({
      reason: 'REASON_REQUIRED',
    });
    await party.act('ann', 'resetSecondFactor', reset);
    expect(await party.refusal('dan', '{ me { email } }')).toMatchObject({ reason: 'SESSION_ENDED' });
    expect((await first('dan')).errors).toEqual([]);
    const own = (await party.ask('ann', '{ me { member { id } } }')).me.member.id as string;
    expect(await party.refusedAct('ann', 'resetSecondFactor', { ...reset, memberId: own })).toMatchObject({
      reason: 'FORBIDDEN_OWN_FACTOR',
    });
    const [told] = await served.test.asOwner(
      `select payload ->> 'change' as change, payload ->> 'reason' as reason, command from platform.event
       where type = 'platform.second_factor.changed' order by position desc limit 1`,
    );
    expect(told).toEqual({ change: 'reset', reason: 'Lost in the river', command: 'resetSecondFactor' });
  });

  test('says which roles need one: from that day they give nothing without, through a key neither', async () => {
    await party.signInAgainFor('ann', 'ted', 'dan');
    const rule = {
      roles: ['treasurer'],
      requiredFrom: '2026-11-21',
      rationale: 'Who moves money proves it twice.',
    };
    expect(await party.refusedAct('dan', 'setSecondFactorPolicy', rule)).toMatchObject({ code: 'FORBIDDEN' });
    expect(
      await party.refusedAct('ann', 'setSecondFactorPolicy', { ...rule, requiredFrom: '2026-11-19' }),
    ).toMatchObject({ reason: 'PAST_DATE' });
    expect(
      await party.refusedAct('ann', 'setSecondFactorPolicy', { ...rule, roles: ['captain'] }),
    ).toMatchObject({
      code: 'VALIDATION_ERROR',
      reason: 'UNKNOWN_ROLE',
    });
    await party.act('ann', 'setSecondFactorPolicy', rule);
    // A key of hers for every day: what was found behind one is remembered for a moment.
    const keyOf = async (name: string) =>
      (
        await party.act(
          'ted',
          'createApiKey',
          { name, scopes: ['journal.view', 'report.view'], ceiling: '0.00' },
          'secret',
        )
      ).secret as string;
    const [before, withheld, back] = [await keyOf('before'), await keyOf('withheld'), await keyOf('back')];
    const byKey = async (key: string) => facts(await served.ask('{ trialBalance { asOf } }', {}, key));
    expect(await byKey(before)).toBeUndefined();
    const roles = async () => (await party.ask('ted', '{ me { roles secondFactor { withheldRoles } } }')).me;
    expect((await roles()).roles).toContain('treasurer');
    served.later(24 * 3_600);
    await party.signInAgainFor('ted');
    expect(await roles()).toEqual({ roles: ['member'], secondFactor: { withheldRoles: ['treasurer'] } });
    expect(await party.refusal('ted', '{ trialBalance { asOf } }')).toMatchObject({ code: 'FORBIDDEN' });
    expect(await byKey(withheld)).toMatchObject({ code: 'FORBIDDEN' });
    await enrol('ted');
    expect((await roles()).roles).toEqual(['member', 'treasurer']);
    expect(await byKey(back)).toBeUndefined();
  });
});

test('a new SECRETS_KEY opens what the one before sealed, and seals it anew at the start', async () => {
  const sealed = () =>
    served.test.asOwner('select sealed_secret from platform.second_factor where confirmed_at is not null');
  const before = await sealed();
  expect(before.length).toBeGreaterThan(0);
  const old = 'k'.repeat(64);
  const fresh = 'n'.repeat(64);
  const { database } = served.test;
  await expect(resealSecondFactors(database, [fresh])).rejects.toThrow('no longer known');
  expect(await resealSecondFactors(database, [fresh, old])).toBeGreaterThanOrEqual(before.length);
  expect(await resealSecondFactors(database, [fresh])).toBe(0);
  expect(await sealed()).not.toEqual(before);
  await resealSecondFactors(database, [old, fresh]);
});
