// Another email for an account: who may bring it about, what it ends, the way back, and what it never tells.
import type { TestMailServer } from '@habitat/test-services';
import { plainText, startMailServer } from '@habitat/test-services';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../../../guard/allowance.ts';
import { Authenticator } from '../../../testing/authenticator.ts';
import { mailedLink } from '../../../testing/mailed-link.ts';
import type { Answer } from '../../../testing/served-cooperative.ts';
import { PAGES, Served } from '../../../testing/served-cooperative.ts';

const ASK = `mutation ($input: RequestEmailChangeInput!) {
  requestEmailChange(input: $input) { pendingEmail { email } } }`;
const CONFIRM = 'mutation ($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { ended } }';
const UNDO =
  'mutation ($input: UndoEmailChangeInput!) { undoEmailChange(input: $input) { ended revokedKeys stoppedWebhooks } }';
const fresh = 'a brand new password';

const reasonOf = ({ errors }: Answer) => errors[0]?.extensions['reason'];

let mail: TestMailServer;
let served: Served;
beforeAll(async () => {
  mail = await startMailServer();
  served = await Served.start({
    mailUrl: mail.url,
    allowances: NO_ALLOWANCES,
    resolve: async () => [{ address: '93.184.215.14', family: 4 }],
  });
});
afterAll(async () => {
  await served?.stop();
  await mail?.stop();
});

const tokenOf = async (email: string, slug?: string) =>
  (await served.signIn(email, undefined, slug)).accessToken;
const ask = (email: string, token: string) => served.ask(ASK, { input: { email } }, token);
const confirm = (link: string, token?: string) => served.ask(CONFIRM, { input: { token: link } }, token);
const undo = (link: string, password = fresh) => served.ask(UNDO, { input: { token: link, password } });
const emailOf = async (token: string) =>
  (await served.ask('{ me { email } }', {}, token)).body.data?.me.email as string | undefined;

const linkTo = (address: string, path: 'email' | 'email-undo') => mailedLink({ served, mail }, address, path);

describe('a new address', () => {
  test('counts once its link is used: it signs in from then on, and every other session is over', async () => {
    const { email } = await served.found('moving');
    await served.admit(await served.found('moving-too'), email);
    const here = await tokenOf(email, 'moving');
    const elsewhere = await tokenOf(email, 'moving-too');
    const asked = await ask('ada@new.example', here);
    expect(asked.body.data.requestEmailChange.pendingEmail).toEqual({ email: 'ada@new.example' });
    expect(await emailOf(here)).toBe(email);
    const link = await linkTo('ada@new.example', 'email');
    expect((await confirm(link, here)).body.data.confirmEmailChange).toEqual({ ended: 1 });
    expect(await emailOf(here)).toBe('ada@new.example');
    expect(reasonOf(await served.ask('{ me { email } }', {}, elsewhere))).toBe('SESSION_ENDED');
    await expect(served.signIn(email, undefined, 'moving')).rejects.toThrow('SIGN_IN_FAILED');
    expect(await tokenOf('ada@new.example', 'moving-too')).toBeTruthy();
    expect(reasonOf(await confirm(link, here))).toBe('LINK_USED');
    const [event] = await served.test.asOwner(
      `select actor_kind as actor, payload from platform.event where type = 'platform.account_email.changed'`,
    );
    expect(event).toMatchObject({ actor: 'person', payload: { change: 'changed' } });
    expect(JSON.stringify(event)).not.toContain('@');
  });

  test('is asked for only shortly after a proof of who one is, and five times an hour', async () => {
    const { email } = await served.found('asking');
    let token = await tokenOf(email);
    expect(reasonOf(await ask('nonsense', token))).toBe('BAD_EMAIL');
    expect(reasonOf(await ask(email.toUpperCase(), token))).toBe('EMAIL_UNCHANGED');
    served.later(601);
    expect(reasonOf(await ask('eve@asking.example', token))).toBe('REAUTHENTICATION_REQUIRED');
    token = await tokenOf(email);
    await ask('eve0@asking.example', token);
    const first = await linkTo('eve0@asking.example', 'email');
    for (let asked = 1; asked < 5; asked += 1)
      expect((await ask(`eve${asked}@asking.example`, token)).errors).toEqual([]);
    expect(reasonOf(await ask('eve@asking.example', token))).toBe('TOO_MANY_ATTEMPTS');
    expect(reasonOf(await confirm(first, token))).toBe('LINK_REPLACED');
    const last = await linkTo('eve4@asking.example', 'email');
    served.later(86_400);
    expect(reasonOf(await confirm(last, await tokenOf(email)))).toBe('LINK_EXPIRED');
  });

  test('never becomes part of an account its reader is not signed in to', async () => {
    const attacker = await served.found('attacking');
    const victim = await served.found('attacked');
    await ask('shared@mail.example', await tokenOf(attacker.email));
    const link = await linkTo('shared@mail.example', 'email');
    expect((await confirm(link)).errors[0]?.extensions['code']).toBe('UNAUTHENTICATED');
    expect(reasonOf(await confirm(link, await tokenOf(victim.email)))).toBe('LINK_NOT_YOURS');
    expect(await emailOf(await tokenOf(attacker.email))).toBe(attacker.email);
  });

  test('that another account has is answered and mailed like any other; only its own mail tells', async () => {
    const { email } = await served.found('prying');
    const other = await served.found('pried');
    const token = await tokenOf(email);
    const [known, unknown] = [await ask(other.email, token), await ask('nobody@pried.example', token)];
    expect(known.errors).toEqual(unknown.errors);
    expect(JSON.stringify(known.body).replace(other.email, 'nobody@pried.example')).toBe(
      JSON.stringify(unknown.body),
    );
    await ask(other.email, token);
    expect(reasonOf(await confirm(await linkTo(other.email, 'email'), token))).toBe('EMAIL_TAKEN');
    expect(await tokenOf(other.email)).toBeTruthy();
  });

  test('a link to a new password sent to the address before opens nothing any more', async () => {
    const { email } = await served.found('leaving');
    await served.ask(
      'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { asked } }',
      { input: { email } },
    );
    await served.settle();
    const reset = /reset\/(\S+)/.exec(plainText(await mail.waitFor(email)))?.[1] ?? '';
    const token = await tokenOf(email);
    await ask('lea@new.example', token);
    await confirm(await linkTo('lea@new.example', 'email'), token);
    const tried = await served.ask(
      'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { ended } }',
      { input: { token: reset, password: fresh } },
    );
    expect(reasonOf(tried)).toBe('LINK_REPLACED');
  });
});

describe('the way back', () => {
  test('brings the address back with a new password, though whoever took it moved on and added a passkey', async () => {
    const { email } = await served.found('taken');
    const thief = await tokenOf(email);
    await ask('thief@one.example', thief);
    const back = await linkTo(email, 'email-undo');
    await confirm(await linkTo('thief@one.example', 'email'), thief);
    served.later(60);
    const setup = await served.ask('{ me { passkeySetup } }', {}, thief);
    const device = new Authenticator(PAGES);
    const credential = device.create(setup.body.data.me.passkeySetup as string);
    await served.ask(
      'mutation ($input: AddPasskeyInput!) { addPasskey(input: $input) { __typename } }',
      { input: { credential, name: 'Thief' } },
      thief,
    );
    await ask('thief@two.example', thief);
    await confirm(await linkTo('thief@two.example', 'email'), thief);
    const theirs = await linkTo('thief@one.example', 'email-undo');

    expect(reasonOf(await undo(back, 'short'))).toBe('PASSWORD_TOO_SHORT');
    expect((await undo(back)).body.data.undoEmailChange).toEqual({
      ended: 1,
      revokedKeys: 0,
      stoppedWebhooks: 0,
    });
    expect(reasonOf(await served.ask('{ me { email } }', {}, thief))).toBe('SESSION_ENDED');
    await expect(served.signIn(email)).rejects.toThrow('SIGN_IN_FAILED');
    const { accessToken } = await served.signIn(email, fresh);
    const me = await served.ask('{ me { email passkeys { name } } }', {}, accessToken);
    expect(me.body.data.me).toEqual({ email, passkeys: [] });
    expect(reasonOf(await undo(theirs))).toBe('LINK_REPLACED');
    expect(reasonOf(await undo(back))).toBe('LINK_USED');
  });

  test('takes back the keys for programs made meanwhile, in every cooperative, and leaves those from before', async () => {
    const { email } = await served.found('keyed');
    const second = await served.found('keyed-too');
    await served.admit(second, email, ['administrator']);
    const thief = await tokenOf(email, 'keyed');
    const make = async (name: string, token: string): Promise<string> => {
      const query = 'mutation ($input: CreateApiKeyInput!) { createApiKey(input: $input) { secret } }';
      const input = { name, scopes: ['member.view_all'], ceiling: '0.00', hourlyLimit: 100 };
      return (await served.ask(query, { input }, token)).body.data.createApiKey.secret as string;
    };
    const own = await make('Own', thief);
    served.later(1);
    await ask('keys@one.example', thief);
    const back = await linkTo(email, 'email-undo');
    await confirm(await linkTo('keys@one.example', 'email'), thief);
    const theirs = [
      await make('Here', thief),
      await make('There', await tokenOf('keys@one.example', 'keyed-too')),
    ];
    const opens = async (key: string) =>
      (await served.ask('{ members(first: 1) { totalCount } }', {}, key)).errors.length === 0;
    for (const key of [own, ...theirs]) expect(await opens(key)).toBe(true);
    expect((await undo(back)).body.data.undoEmailChange).toMatchObject({ ended: 2, revokedKeys: 2 });
    for (const key of theirs) expect(await opens(key)).toBe(false);
    expect(await opens(own)).toBe(true);
  });

  test('stops the webhooks set up or given another secret meanwhile, in every cooperative, on record in each', async () => {
    const first = await served.found('hooked');
    const second = await served.found('hooked-too');
    await served.admit(second, first.email, ['administrator']);
    const thief = await tokenOf(first.email, 'hooked');
    const act = async (name: string, input: object, token: string) => {
      const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
      const query = `mutation ($input: ${type}!) { ${name}(input: $input) { webhook { id } } }`;
      return (await served.ask(query, { input }, token)).body.data[name].webhook.id as string;
    };
    const register = (name: string, token: string) =>
      act('registerWebhook', { name, url: 'https://till.example/', kinds: ['member.joined'] }, token);
    await register('Before', thief);
    const rotated = await register('Rotated', thief);
    served.later(1);
    await ask('hooks@one.example', thief);
    const back = await linkTo(first.email, 'email-undo');
    await confirm(await linkTo('hooks@one.example', 'email'), thief);
    await act('rotateWebhookSecret', { webhookId: rotated }, thief);
    await register('There', await tokenOf('hooks@one.example', 'hooked-too'));
    await register('Another’s', await tokenOf(second.email));
    await served.settle();

    expect((await undo(back)).body.data.undoEmailChange).toMatchObject({ stoppedWebhooks: 2 });
    const states = await served.test.asOwner(
      'select name, stop_reason as reason from platform.webhook order by name',
    );
    expect(states).toEqual([
      { name: 'Another’s', reason: null },
      { name: 'Before', reason: null },
      { name: 'Rotated', reason: 'undone' },
      { name: 'There', reason: 'undone' },
    ]);
    const told = await served.test.asOwner<{ where: string; stopped: number }>(
      `select slug as where, jsonb_array_length(payload -> 'stoppedWebhookIds') as stopped
       from platform.event join platform.cooperative using (cooperative_id)
       where type = 'platform.account_email.changed' and payload ->> 'change' = 'undone' and slug like 'hooked%'
       order by slug`,
    );
    expect(told).toEqual([
      { where: 'hooked', stopped: 1 },
      { where: 'hooked-too', stopped: 1 },
    ]);
    const waiting = await served.test.asOwner(
      `select 1 from platform.webhook_delivery d join platform.webhook w on w.id = d.webhook_id
       where w.stop_reason = 'undone' and d.state = 'waiting'`,
    );
    expect(waiting).toEqual([]);
  });

  test('also stops a change that is only asked for, and is over after a week', async () => {
    const { email } = await served.found('stopping');
    await ask('stop@new.example', await tokenOf(email));
    const link = await linkTo('stop@new.example', 'email');
    expect((await undo(await linkTo(email, 'email-undo'))).errors).toEqual([]);
    const { accessToken } = await served.signIn(email, fresh);
    expect(reasonOf(await confirm(link, accessToken))).toBe('LINK_REPLACED');
    await ask('stop@new.example', accessToken);
    const late = await linkTo(email, 'email-undo');
    served.later(7 * 86_400);
    expect(reasonOf(await undo(late))).toBe('LINK_EXPIRED');
  });
});

test('where no mail is sent there is no new address', async () => {
  const quiet = await Served.start();
  try {
    const { email } = await quiet.found('quiet');
    const { accessToken } = await quiet.signIn(email);
    const asked = await quiet.ask(ASK, { input: { email: 'new@quiet.example' } }, accessToken);
    expect(reasonOf(asked)).toBe('MAIL_NOT_SET_UP');
  } finally {
    await quiet.stop();
  }
});
