// What is good once, given twenty times at the same moment: exactly one gets through, and nobody afterwards.
import type { TestMailServer } from '@habitat/test-services';
import { startMailServer } from '@habitat/test-services';
import { TOTP } from 'otpauth';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from '../guard/allowance.ts';
import { mailedLink } from '../testing/mailed-link.ts';
import { Party } from '../testing/party.ts';
import type { Answer, Founded } from '../testing/served-cooperative.ts';
import { PASSWORD, Served } from '../testing/served-cooperative.ts';

const AT_ONCE = 20;
let served: Served;
let mail: TestMailServer;
let river: Founded;
let party: Party;
let places = 0;

beforeAll(async () => {
  mail = await startMailServer();
  served = await Served.start({ mailUrl: mail.url, allowances: NO_ALLOWANCES });
  river = await served.found('riverbend');
  party = await Party.join(served, river, {
    ada: ['administrator'],
    ...{ bob: ['member'], cleo: ['member'], dan: ['member'], eve: ['member'] },
  });
});
afterAll(async () => {
  await served.stop();
  await mail.stop();
});

/** Asked from another place each time, so that it is not the count of attempts that keeps anybody out. */
function ask(query: string, input: object, token?: string): Promise<Answer> {
  places += 1;
  const from = { 'x-forwarded-for': `198.51.100.${places % 250}` };
  const known = token === undefined ? {} : { authorization: `Bearer ${token}` };
  return served.send({ query, variables: { input } }, { ...from, ...known });
}

const linkTo = (address: string, path: string) => mailedLink({ served, mail }, address, path);

/** Gives the same thing many times at once, and once more. */
async function expectOnce(give: (at: number) => Promise<Answer>): Promise<void> {
  const answers = await Promise.all(Array.from({ length: AT_ONCE }, (_, at) => give(at)));
  const taken = answers.filter(({ errors }) => errors.length === 0);
  expect(taken).toHaveLength(1);
  // The others are refused, and none of them is a fault of ours.
  const codes = answers.flatMap(({ errors }) => errors.map(({ extensions }) => extensions['code']));
  expect(codes).toHaveLength(AT_ONCE - 1);
  expect(codes).not.toContain('INTERNAL_ERROR');
  expect((await give(AT_ONCE)).errors).toHaveLength(1);
}

const emailOf = (who: string) => `${who}@riverbend.example`;

test('a link for a new password', async () => {
  await ask(
    'mutation ($input: RequestPasswordResetInput!) { requestPasswordReset(input: $input) { asked } }',
    { email: emailOf('bob') },
  );
  const token = await linkTo(emailOf('bob'), 'reset');
  const reset = 'mutation ($input: ResetPasswordInput!) { resetPassword(input: $input) { ended } }';
  const passwordAt = (at: number) => `my password number ${at}`;
  await expectOnce((at) => ask(reset, { token, password: passwordAt(at) }));
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const opened: number[] = [];
  for (let at = 0; at <= AT_ONCE && opened.length === 0; at += 1) {
    const answer = await ask(signIn, { email: emailOf('bob'), password: passwordAt(at) });
    if (answer.errors.length === 0) opened.push(at);
    // Wrong guesses are counted, and are not what is tested.
    await served.test.asOwner('delete from platform.sign_in_failure');
  }
  expect(opened).toHaveLength(1);
});

test('an invitation', async () => {
  const joined = await party.act(
    'ada',
    'addMember',
    { displayName: 'Gil', email: 'gil@new.example', joinedOn: '2026-10-01', roles: ['member'] },
    'member { id }',
  );
  await party.act('ada', 'inviteMember', {
    memberId: joined.member.id,
    email: 'gil@new.example',
  });
  const token = await linkTo('gil@new.example', 'invitation');
  const accept =
    'mutation ($input: AcceptInvitationInput!) { acceptInvitation(input: $input) { __typename } }';
  await expectOnce(() => ask(accept, { token, password: PASSWORD }));
});

test('a link that confirms another address, and the one that undoes it', async () => {
  const { accessToken } = await served.signIn(emailOf('cleo'));
  const change =
    'mutation ($input: RequestEmailChangeInput!) { requestEmailChange(input: $input) { pendingEmail { email } } }';
  await ask(change, { email: 'cleo@new.example' }, accessToken);
  const token = await linkTo('cleo@new.example', 'email');
  const confirm =
    'mutation ($input: ConfirmEmailChangeInput!) { confirmEmailChange(input: $input) { ended } }';
  await expectOnce(() => ask(confirm, { token }, accessToken));
  const back = await linkTo(emailOf('cleo'), 'email-undo');
  const undo = 'mutation ($input: UndoEmailChangeInput!) { undoEmailChange(input: $input) { ended } }';
  await expectOnce(() => ask(undo, { token: back, password: 'a password of mine again' }));
});

async function enrol(who: string): Promise<{ secret: string; codes: readonly string[] }> {
  const begun = await party.act(who, 'beginSecondFactor', {}, 'secondFactor { setup { secret } }');
  const { secret } = begun.secondFactor.setup as { secret: string };
  const code = TOTP.generate({ ...new TOTP({ secret }), timestamp: served.now.getTime() });
  const { recoveryCodes } = await party.act(who, 'confirmSecondFactor', { code }, 'recoveryCodes');
  served.later(30);
  return { secret, codes: recoveryCodes };
}

const COMPLETE = 'mutation ($input: CompleteSignInInput!) { completeSignIn(input: $input) { accessToken } }';

async function challengeOf(who: string): Promise<string> {
  const signIn = 'mutation ($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const answer = await ask(signIn, { email: emailOf(who), password: PASSWORD });
  return String(answer.errors[0]?.extensions['challenge']);
}

test.each([
  ['dan', 'a code of the second factor'],
  ['eve', 'a recovery code'],
])('what %s has: %s', async (who) => {
  const { secret, codes } = await enrol(who);
  const code =
    who === 'eve'
      ? (codes[0] ?? '')
      : TOTP.generate({ ...new TOTP({ secret }), timestamp: served.now.getTime() });
  const challenge = await challengeOf(who);
  await expectOnce(() => ask(COMPLETE, { challenge, code }));
  // Nor is it good for a challenge of its own.
  expect((await ask(COMPLETE, { challenge: await challengeOf(who), code })).errors).toHaveLength(1);
});
