// Whether somebody has an account is told at no door: the same answer, and the same statements sent to the database in the
// same order, whoever is asked for. What is compared is the work and not the clock, which the machine moves as it likes.
import type { Database, Queryable } from '@habitat/database';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { Authenticator } from '../testing/authenticator.ts';
import { Party } from '../testing/party.ts';
import type { Answer } from '../testing/served-cooperative.ts';
import { PAGES, Served } from '../testing/served-cooperative.ts';

let served: Served;
let party: Party;
let statements: string[] = [];

/** Notes each statement on its way to the database. */
function listen(database: Database): void {
  const noting = <Client extends Queryable>(client: Client): Client => ({
    ...client,
    query: ((sql, values) => {
      statements.push(typeof sql === 'string' ? sql : sql.text);
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
  served = await Served.start({ allowances: NO_ALLOWANCES, mailUrl: 'smtp://127.0.0.1:9' });
  const cast = {
    ann: ['administrator', 'auditor'],
    off: ['member'],
    gone: ['member'],
    kim: ['member'],
    eve: ['member'],
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
afterAll(() => served.stop());

/** What somebody outside hears, and what was done for it. */
async function heard(ask: () => Promise<Answer>) {
  statements = [];
  const { status, body } = await ask();
  expect(statements).not.toEqual([]);
  return { status, body, done: statements };
}

describe('the same is answered, by the same work, to', () => {
  const query = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const signIn = (email: string) => () =>
    served.ask(query, { input: { email, password: 'certainly not it' } });

  test.each(['off', 'gone', 'ann'])('a wrong password of nobody and of %s', async (who) => {
    const known = await heard(signIn(`${who}@doors.example`));
    expect(known.body.errors[0].extensions.reason).toBe('SIGN_IN_FAILED');
    expect(known).toEqual(await heard(signIn(`no-${who}@doors.example`)));
  });

  test('a passkey nobody has and one of somebody’s that another device forged', async () => {
    const device = new Authenticator(PAGES);
    const setup = (await party.ask('kim', '{ me { passkeySetup } }')).me.passkeySetup as string;
    await party.act('kim', 'addPasskey', { credential: device.create(setup), name: 'Key' });
    const present = async (change: (credential: object) => object) => {
      const request = (await served.ask('{ passkeyRequest }')).body.data.passkeyRequest as string;
      const credential = JSON.stringify(change(JSON.parse(device.get(request)) as object));
      const asked =
        'mutation ($input: SignInWithPasskeyInput!) { signInWithPasskey(input: $input) { accessToken } }';
      return heard(() => served.ask(asked, { input: { credential } }));
    };
    const forged = await present((one) => ({
      ...one,
      response: { ...(one as { response: object }).response, signature: 'AAAA' },
    }));
    expect(forged.body.errors[0].extensions.reason).toBe('PASSKEY_REFUSED');
    expect(forged).toEqual(await present((one) => ({ ...one, id: 'nobodys', rawId: 'nobodys' })));
  });

  test('another address for one’s account that is free and one that is taken', async () => {
    const asked =
      'mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { __typename } }';
    const change = (email: string) =>
      heard(() => served.ask(asked, { input: { email } }, party.token('eve')));
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
});
