// Passkeys over the endpoint: adding one, signing in without a password, and what somebody with an old answer, another
// site, a copied device or another's challenge might try.
import { generateKeyPairSync } from 'node:crypto';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { Authenticator } from '../../../testing/authenticator.ts';
import { Party } from '../../../testing/party.ts';
import { PAGES, PASSWORD, Served } from '../../../testing/served-cooperative.ts';
import { encodeGlobalId } from '../../global-id.ts';

let served: Served;
let party: Party;
let bobs = '';
const device = new Authenticator(PAGES);

beforeAll(async () => {
  served = await Served.start();
  party = await Party.join(served, await served.found('keys-and-doors'), {
    ann: ['administrator'],
    bob: ['member'],
    cleo: ['member'],
  });
});
afterAll(() => served?.stop());

const SIGN_IN =
  'mutation ($input: SignInWithPasskeyInput!) { signInWithPasskey(input: $input) { accessToken } }';
const request = async () => (await served.ask('{ passkeyRequest }')).body.data.passkeyRequest as string;
const signIn = (credential: string) => served.ask(SIGN_IN, { input: { credential } });
const facts = async (credential: string) => (await signIn(credential)).errors[0]?.extensions;
const refused = { code: 'UNAUTHENTICATED', reason: 'PASSKEY_REFUSED' };
const own = async (who: string) =>
  (await party.ask(who, '{ me { passkeySetup passkeys { id name lastUsedAt } } }')).me;

describe('adding a passkey', () => {
  test('asks first who it is, and for a device that was asked for this account just now', async () => {
    served.later(601);
    expect((await own('bob')).passkeySetup).toBeNull();
    expect(await party.refusedAct('bob', 'addPasskey', { credential: '{}', name: 'Laptop' })).toMatchObject({
      reason: 'REAUTHENTICATION_REQUIRED',
    });
    await party.signInAgainFor('bob', 'cleo');
    const forCleo = (await own('cleo')).passkeySetup as string;
    const mine = (await own('bob')).passkeySetup as string;
    const wrong = [
      device.create(forCleo),
      device.create(mine, { origin: 'https://pages.example.evil.example' }),
      device.create(mine, { host: 'evil.example' }),
      device.create(mine, { unverified: true }),
      device.create(JSON.stringify({ ...JSON.parse(await request()), user: { id: '' } })),
      'no credential',
      '{"id":7}',
    ];
    for (const credential of wrong)
      expect(await party.refusedAct('bob', 'addPasskey', { credential, name: 'Laptop' })).toMatchObject({
        reason: 'PASSKEY_REFUSED',
      });
    served.later(300);
    const late = { credential: device.create(mine), name: 'Laptop' };
    expect(await party.refusedAct('bob', 'addPasskey', late)).toMatchObject({ reason: 'PASSKEY_REFUSED' });
  });

  test('takes a name, and a device’s answer once', async () => {
    const setup = (await own('bob')).passkeySetup as string;
    const credential = device.create(setup);
    const add = (input: object) => party.refusedAct('bob', 'addPasskey', { credential, ...input });
    expect(await add({ name: ' ' })).toMatchObject({ reason: 'NAME_REQUIRED' });
    expect(await add({ name: 'x'.repeat(61) })).toMatchObject({ reason: 'NAME_TOO_LONG' });
    await party.act('bob', 'addPasskey', { credential, name: ' Laptop ' }, 'passkeys { name }');
    expect(await add({ name: 'Laptop' })).toMatchObject({ reason: 'PASSKEY_REFUSED' });
    const [kept] = (await own('bob')).passkeys;
    expect(kept).toMatchObject({ name: 'Laptop', lastUsedAt: null });
    bobs = kept.id;
  });
});

describe('signing in with a passkey', () => {
  test('takes no password, and each answer once, also of two at the same moment', async () => {
    const credential = device.get(await request());
    const both = await Promise.all([signIn(credential), signIn(credential)]);
    expect(both.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    const [signed] = both.filter(({ errors }) => errors.length === 0);
    const token = signed?.body.data.signInWithPasskey.accessToken as string;
    const me = await served.ask('{ me { email passkeys { lastUsedAt } } }', {}, token);
    expect(me.body.data.me).toMatchObject({
      email: 'bob@keys-and-doors.example',
      passkeys: [{ lastUsedAt: served.now.toISOString() }],
    });
    expect(await facts(credential)).toMatchObject(refused);
  });

  test('is refused for another site, another key, a copied device, one nobody verified and one nobody knows', async () => {
    const { privateKey: key } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const options = await request();
    const stranger = new Authenticator(PAGES);
    stranger.create((await own('bob')).passkeySetup as string);
    const wrong = [
      device.get(options, { origin: 'http://pages.example' }),
      device.get(options, { host: 'example' }),
      device.get(options, { key }),
      device.get(options, { count: 1 }),
      device.get(options, { unverified: true }),
      device.get((await own('bob')).passkeySetup as string),
      device.get(JSON.stringify({ challenge: Buffer.alloc(56).toString('base64url') })),
      stranger.get(options),
    ];
    const told = await Promise.all(wrong.map(facts));
    for (const one of told) expect(one).toEqual(told[0]);
    expect(told[0]).toMatchObject(refused);
    served.later(300);
    expect(await facts(device.get(options))).toMatchObject(refused);
    expect((await signIn(device.get(await request()))).errors).toEqual([]);
  });

  test('stands for the second factor, which the password alone still has to be followed by', async () => {
    await party.signInAgainFor('bob');
    const begun = await party.act('bob', 'beginSecondFactor', {}, 'secondFactor { setup { secret } }');
    const { secret } = begun.secondFactor.setup;
    const code = TOTP.generate({ ...new TOTP({ secret }), timestamp: served.now.getTime() });
    await party.act('bob', 'confirmSecondFactor', { code });
    const byPassword = await served.ask(
      'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }',
      { input: { email: 'bob@keys-and-doors.example', password: PASSWORD } },
    );
    expect(byPassword.errors[0]?.extensions).toMatchObject({ reason: 'SECOND_FACTOR_REQUIRED' });
    expect((await signIn(device.get(await request()))).errors).toEqual([]);
  });

  test('whoever sends what nobody signed is stopped after twenty', async () => {
    for (let tried = 0; tried < 21; tried += 1) await signIn('{"id":"nobody"}');
    expect(await facts('{"id":"nobody"}')).toMatchObject({ code: 'RATE_LIMITED' });
    served.later(901);
  });
});

describe('proving who is there with a passkey', () => {
  const PROVE = `mutation ($input: ReauthenticateWithPasskeyInput!) {
    reauthenticateWithPasskey(input: $input) { proven } }`;
  const prove = (credential: string, who = 'bob') =>
    served.ask(PROVE, { input: { credential } }, party.token(who));
  const refusal = async (credential: string, who = 'bob') =>
    (await prove(credential, who)).errors[0]?.extensions;
  const proof = async (who = 'bob') => (await party.ask(who, '{ me { passkeyProof } }')).me.passkeyProof;

  test('opens what is sensitive without password and code, by each answer once', async () => {
    await party.signInByPasskey('bob', device.get(await request()));
    served.later(601);
    expect((await own('bob')).passkeySetup).toBeNull();
    const options = (await proof()) as string;
    expect(JSON.parse(options).allowCredentials).toHaveLength(1);
    const credential = device.get(options);
    expect((await prove(credential)).body.data.reauthenticateWithPasskey).toEqual({ proven: true });
    expect((await own('bob')).passkeySetup).not.toBeNull();
    expect(await refusal(credential)).toMatchObject(refused);
  });

  test('takes no answer meant for signing in, of another account, nobody verified, or too late', async () => {
    await party.signInAgainFor('cleo');
    await party.signInByPasskey('bob', device.get(await request()));
    expect(await proof('cleo')).toBeNull();
    const options = (await proof()) as string;
    expect(await refusal(device.get(await request()))).toMatchObject(refused);
    expect(await refusal(device.get(options), 'cleo')).toMatchObject(refused);
    expect(await refusal(device.get(options, { unverified: true }))).toMatchObject(refused);
    expect(await facts(device.get(options))).toMatchObject(refused);
    served.later(300);
    expect(await refusal(device.get(options))).toMatchObject(refused);
  });
});

test('a passkey gets another name from its owner alone', async () => {
  const rename = { passkeyId: bobs, name: ' Work laptop ' };
  expect(await party.refusedAct('cleo', 'renamePasskey', rename)).toMatchObject({
    reason: 'PASSKEY_NOT_FOUND',
  });
  expect(await party.refusedAct('bob', 'renamePasskey', { ...rename, name: ' ' })).toMatchObject({
    reason: 'NAME_REQUIRED',
  });
  const { passkeys } = await party.act('bob', 'renamePasskey', rename, 'passkeys { name }');
  expect(passkeys).toEqual([{ name: 'Work laptop' }]);
});

describe('removing', () => {
  test('is for one’s own passkeys, and ends what they open', async () => {
    await party.signInAgainFor('cleo');
    expect(await party.refusedAct('cleo', 'removePasskey', { passkeyId: bobs })).toMatchObject({
      reason: 'PASSKEY_NOT_FOUND',
    });
    const second = new Authenticator(PAGES);
    const credential = second.create((await own('cleo')).passkeySetup as string);
    const added = await party.act('cleo', 'addPasskey', { credential, name: 'Phone' }, 'passkeys { id }');
    await party.act('cleo', 'removePasskey', { passkeyId: added.passkeys[0].id });
    expect(await facts(second.get(await request()))).toMatchObject(refused);
  });

  test('an administrator takes the passkeys of a lost device away with the second factor', async () => {
    await party.signInAgainFor('ann');
    const memberId = encodeGlobalId('Member', party.memberIds.get('bob') ?? '');
    const asked = 'query ($id: ID!) { member(id: $id) { hasPasskey } }';
    expect((await party.ask('ann', asked, { id: memberId })).member.hasPasskey).toBe(true);
    await party.act('ann', 'resetSecondFactor', { memberId, reason: 'Lost in the river' });
    expect(await facts(device.get(await request()))).toMatchObject(refused);
    expect((await party.ask('ann', asked, { id: memberId })).member.hasPasskey).toBe(false);
  });
});
