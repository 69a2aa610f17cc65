// Whether somebody has an account is told at no door: the same answer, the same statements sent to the database in the same
// order, and the same hashes of passwords computed, whoever is asked for. What is compared is the work and not the clock,
// which the machine moves as it likes.
import type { Database, Queryable } from '@habitat/database';
import type { TestMailServer } from '@habitat/test-services';
import { plainText, startMailServer } from '@habitat/test-services';
import type * as argon2 from '@node-rs/argon2';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Authenticator } from '../testing/authenticator.ts';
import { Party } from '../testing/party.ts';
import type { Answer } from '../testing/served-cooperative.ts';
import { PAGES, PASSWORD, Served } from '../testing/served-cooperative.ts';

/** What each hash that was computed cost, in the library's own words. */
const hashed = vi.hoisted((): string[] => []);
vi.mock('@node-rs/argon2', async (original) => {
  const library = await original<typeof argon2>();
  const verify: typeof library.verify = (stored, ...more) => {
    hashed.push(String(stored).split('$').slice(0, 4).join('$'));
    return library.verify(stored, ...more);
  };
  return { ...library, verify };
});

let mail: TestMailServer;
let served: Served;
let party: Party;
let statements: string[] = [];
/** What a look for an account waits for before it goes out. */
let lookingUp: Promise<unknown> = Promise.resolve();

/** Notes each statement on its way to the database. */
function listen(database: Database): void {
  const noting = <Client extends Queryable>(client: Client): Client => ({
    ...client,
    query: (async (sql, values) => {
      const text = typeof sql === 'string' ? sql : sql.text;
      statements.push(text);
      if (text.includes('where email_key')) await lookingUp;
      return client.query(sql, values);
    }) as Client['query'],
  });
  const { transaction, read } = database;
  vi.spyOn(database, 'transaction').mockImplementation((role, scope, work) =>
    transaction(role, scope, (client) => work(noting(client))),
  );
  vi.spyOn(database, 'read').mockImplementation((role, scope, work) =>
    read(role, scope, (client) => work(noting(client))),
  );
}

beforeAll(async () => {
  mail = await startMailServer();
  served = await Served.start({ allowances: NO_ALLOWANCES, mailUrl: mail.url });
  const cast = {
    ann: ['administrator', 'auditor'],
    off: ['member'],
    gone: ['member'],
    kim: ['member'],
    eve: ['member'],
    sol: ['member'],
  } as const;
  party = await Party.join(served, await served.found('doors'), cast);
  await served.test.asOwner(
    `update platform.login set status = 'disabled' where email = 'off@doors.example'`,
  );
  await served.test.asOwner(
    `update platform.membership set ended_at = now() where member_id = '${party.memberIds.get('gone') ?? ''}'`,
  );
  listen(served.test.database);
});
afterAll(async () => {
  await served?.stop();
  await mail?.stop();
});

/** What somebody outside hears, and what was done for it. */
async function heard(ask: () => Promise<Answer>) {
  statements = [];
  hashed.length = 0;
  const { status, body } = await ask();
  expect(statements).not.toEqual([]);
  return { status, body, done: [...statements], hashed: [...hashed] };
}

const asking = (mutation: string) =>
  `mutation ($input: ${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input!) { ${mutation}(input: $input) { __typename } }`;

describe('the same is answered, by the same work, to', () => {
  const signIn = (email: string, password = 'certainly not it') =>
    served.ask(asking('signIn'), { input: { email, password } });

  test.each(['off', 'gone', 'ann'])('a wrong password of nobody and of %s', async (who) => {
    const known = await heard(() => signIn(`${who}@doors.example`));
    expect(known.body.errors[0].extensions.reason).toBe('SIGN_IN_FAILED');
    expect(known.hashed).toEqual(['$argon2id$v=19$m=19456,t=2,p=1']);
    expect(known).toEqual(await heard(() => signIn(`no-${who}@doors.example`)));
  });

  test('a passkey nobody has and one of somebody’s that another device forged', async () => {
    const device = new Authenticator(PAGES);
    const setup = (await party.ask('kim', '{ me { passkeySetup } }')).me.passkeySetup as string;
    await party.act('kim', 'addPasskey', { credential: device.create(setup), name: 'Key' });
    const present = async (change: (credential: object) => object) => {
      const request = (await served.ask('{ passkeyRequest }')).body.data.passkeyRequest as string;
      const credential = JSON.stringify(change(JSON.parse(device.get(request)) as object));
      return heard(() => served.ask(asking('signInWithPasskey'), { input: { credential } }));
    };
    const forged = await present((one) => ({
      ...one,
      response: { ...(one as { response: object }).response, signature: 'AAAA' },
    }));
    expect(forged.body.errors[0].extensions.reason).toBe('PASSKEY_REFUSED');
    expect(forged).toEqual(await present((one) => ({ ...one, id: 'nobodys', rawId: 'nobodys' })));
  });

  test('another address for one’s account that is free and one that is taken', async () => {
    const change = (email: string) =>
      heard(() => served.ask(asking('requestEmailChange'), { input: { email } }, party.token('eve')));
    await change('first@doors.example');
    const taken = await change('ann@doors.example');
    expect(taken.body.errors).toBeUndefined();
    expect(taken).toEqual(await change('free@doors.example'));
  });

  test('a key nobody made and one that was taken back', async () => {
    await party.signInAgainFor('ann');
    const input = { name: 'Key', scopes: ['journal.view'], ceiling: '0.00' };
    const made = await party.act('ann', 'createApiKey', input, 'key { id } secret');
    await party.act('ann', 'revokeApiKey', { apiKeyId: made.key.id });
    const present = (key: string) => heard(() => served.ask('{ me { email } }', {}, key));
    const secret = made.secret as string;
    const end = secret.endsWith('A') ? 'B' : 'A';
    const revoked = await present(secret);
    expect(revoked.body.errors[0].extensions.code).toBe('UNAUTHENTICATED');
    expect(revoked).toEqual(await present(`${secret.slice(0, -1)}${end}`));
  });

  test.each(['off', 'gone', 'ann'])(
    'a forgotten password of nobody and of %s: no answer waits until it is known whose it is',
    async (who) => {
      let found = (): void => undefined;
      lookingUp = new Promise<void>((resolve) => (found = resolve));
      const forgotten = async (email: string) => {
        const answered = await heard(() => served.ask(asking('requestPasswordReset'), { input: { email } }));
        await expect.poll(() => statements.at(-1)).toContain('where email_key');
        return { ...answered, done: [...statements] };
      };
      const known = await forgotten(`${who}@doors.example`);
      expect(known.body.errors).toBeUndefined();
      expect(known).toEqual(await forgotten(`lost-${who}@doors.example`));
      found();
      await served.settle();
      const letters = mail.arrived.map(({ to }) => to[0]);
      expect(letters.filter((to) => to === `${who}@doors.example`)).toHaveLength(who === 'ann' ? 1 : 0);
      expect(letters).not.toContain(`lost-${who}@doors.example`);
    },
  );

  test('an invitation to an address nobody has, and to one of somebody elsewhere', async () => {
    await Party.join(served, await served.found('elsewhere'), { zoe: ['member'] });
    const lea = { displayName: 'Lea', email: 'lea@doors.example', joinedOn: '2026-10-01' };
    const added = await party.act('ann', 'addMember', lea, 'member { id }');
    const invite = (email: string) =>
      heard(() =>
        served.ask(
          asking('inviteMember'),
          { input: { memberId: added.member.id as string, email } },
          party.token('ann'),
        ),
      );
    const known = await invite('zoe@elsewhere.example');
    expect(known.body.errors).toBeUndefined();
    expect(known).toEqual(await invite('no-zoe@elsewhere.example'));
  });

  test('a link nobody made and one that was made for another door', async () => {
    await served.ask(asking('requestPasswordReset'), { input: { email: 'kim@doors.example' } });
    await served.settle();
    const letter = plainText(await mail.waitFor('kim@doors.example'));
    const made = /\/reset\/(\S+)/.exec(letter)?.[1] ?? '';
    const forged = `${made.split('.')[0] ?? ''}.${'x'.repeat(43)}`;
    for (const door of ['acceptInvitation', 'undoEmailChange']) {
      const open = (token: string) =>
        heard(() => served.ask(asking(door), { input: { token, password: PASSWORD } }));
      const known = await open(made);
      expect(known.body.errors[0].extensions.reason).toBe('LINK_UNKNOWN');
      expect(known).toEqual(await open(forged));
    }
  });

  describe('with a second factor,', () => {
    let codes: string[] = [];
    let codeNow = (): string => '';
    const complete = (challenge: string, code: string) =>
      served.ask(asking('completeSignIn'), { input: { challenge, code } });
    const challengeOf = async () =>
      (await signIn('sol@doors.example', PASSWORD)).errors[0]?.extensions['challenge'] as string;
    const given = async (code: string) => {
      const challenge = await challengeOf();
      return heard(() => complete(challenge, code));
    };

    beforeAll(async () => {
      const begun = await party.act('sol', 'beginSecondFactor', {}, 'secondFactor { setup { secret } }');
      const totp = new TOTP({ secret: begun.secondFactor.setup.secret as string });
      codeNow = () => TOTP.generate({ ...totp, timestamp: served.now.getTime() });
      const confirmed = await party.act('sol', 'confirmSecondFactor', { code: codeNow() }, 'recoveryCodes');
      codes = confirmed.recoveryCodes as string[];
    });

    test('a wrong password of nobody and of somebody who has one', async () => {
      const known = await heard(() => signIn('sol@doors.example'));
      expect(known).toEqual(await heard(() => signIn('no-sol@doors.example')));
    });

    test('a challenge nobody was given and one that is over', async () => {
      const over = await challengeOf();
      await complete(over, codes[0] ?? '');
      const known = await heard(() => complete(over, codeNow()));
      expect(known.body.errors[0].extensions.reason).toBe('CHALLENGE_OVER');
      expect(known).toEqual(await heard(() => complete(`${over.slice(0, -1)}_`, codeNow())));
    });

    test('a recovery code nobody was given and one that was used', async () => {
      const used = codes[1] ?? '';
      expect((await given(used)).body.errors).toBeUndefined();
      const known = await given(used);
      expect(known.body.errors[0].extensions.reason).toBe('CODE_WRONG');
      expect(known).toEqual(await given(used.replaceAll(/./g, (letter) => (letter === '-' ? '-' : 'z'))));
    });

    test('a code of no device and one that was used', async () => {
      const used = codeNow();
      const known = await given(used);
      expect(known.body.errors[0].extensions.reason).toBe('CODE_WRONG');
      expect(known).toEqual(await given(used.replaceAll(/\d/g, (digit) => String((Number(digit) + 5) % 10))));
    });
  });
});
