// One person in several cooperatives: going over from one to the other, and what must stay behind.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Answer, Founded } from '../../../testing/served-cooperative.ts';
import { Served } from '../../../testing/served-cooperative.ts';

const SWITCH = `mutation ($input: SwitchCooperativeInput!) {
  switchCooperative(input: $input) { accessToken refreshToken } }`;
const ME = '{ me { roles acts cooperative { slug } memberships { slug current } sessions { device } } }';

let served: Served;
let home: Founded;
let away: Founded;
beforeAll(async () => {
  served = await Served.start();
  home = await served.found('north');
  away = await served.found('south');
  await served.admit(away, home.email);
  await served.found('east');
  await served.settle();
});
afterAll(() => served?.stop());

type Tokens = Awaited<ReturnType<Served['signIn']>>;
const atHome = () => served.signIn(home.email, undefined, 'north');
const switchTo = (cooperativeSlug: string, { accessToken }: Tokens) =>
  served.ask(SWITCH, { input: { cooperativeSlug } }, accessToken);
const tokensOf = ({ body }: Answer) => body.data.switchCooperative as Tokens;
const reasonOf = ({ errors }: Answer) => errors[0]?.extensions['reason'];
const me = async ({ accessToken }: Tokens) => (await served.ask(ME, {}, accessToken)).body.data?.me;

describe('going over', () => {
  test('begins a session with tokens of its own, and ends the one before with all its tokens', async () => {
    const before = await atHome();
    const after = tokensOf(await switchTo('south', before));
    expect((await me(after)).cooperative).toEqual({ slug: 'south' });
    expect((await me(after)).memberships).toEqual([
      { slug: 'north', current: false },
      { slug: 'south', current: true },
    ]);
    expect(reasonOf(await served.ask(ME, {}, before.accessToken))).toBe('SESSION_ENDED');
    const refreshed = await served.ask(
      'mutation ($input: RefreshSessionInput!) { refreshSession(input: $input) { accessToken } }',
      { input: { refreshToken: before.refreshToken } },
    );
    expect(reasonOf(refreshed)).toBe('SESSION_ENDED');
    expect((await me(tokensOf(await switchTo('north', after)))).cooperative).toEqual({ slug: 'north' });
  });

  test('leaves the roles behind: an administrator here is a member there, and sees nothing of here', async () => {
    const before = await atHome();
    expect((await me(before)).roles).toContain('administrator');
    const after = tokensOf(await switchTo('south', before));
    const { roles, acts } = await me(after);
    expect(roles).toEqual(['member']);
    expect(acts).not.toContain('member.manage');
    const asked = await served.ask('{ members { edges { node { id } } } }', {}, after.accessToken);
    expect(asked.errors[0]?.extensions['code']).toBe('FORBIDDEN');
    const there = `query ($id: ID!) { member(id: $id) { displayName } }`;
    const mine = (await served.ask('{ me { member { id } } }', {}, (await atHome()).accessToken)).body.data
      .me;
    const read = await served.ask(there, { id: mine.member.id as string }, after.accessToken);
    expect(read.body.data?.member ?? null).toBeNull();
  });

  test('takes along when the person proved who they are, and proves nothing anew', async () => {
    const before = await atHome();
    served.later(500);
    const after = tokensOf(await switchTo('south', before));
    const setup = async () =>
      (await served.ask('{ me { passkeySetup } }', {}, after.accessToken)).body.data.me
        .passkeySetup as unknown;
    expect(await setup()).not.toBeNull();
    served.later(101);
    expect(await setup()).toBeNull();
  });

  test('leads only where one belongs, alike whether the cooperative exists', async () => {
    const here = await atHome();
    const [exists, none] = [await switchTo('east', here), await switchTo('nowhere', here)];
    expect(reasonOf(exists)).toBe('COOPERATIVE_NOT_FOUND');
    expect(exists.errors).toEqual(none.errors);
    expect((await me(here)).cooperative).toEqual({ slug: 'north' });
    expect(
      (await served.ask(SWITCH, { input: { cooperativeSlug: 'north' } })).errors[0]?.extensions['code'],
    ).toBe('UNAUTHENTICATED');
  });

  test('of one session twice at once goes through once', async () => {
    const here = await atHome();
    const answers = await Promise.all([switchTo('south', here), switchTo('south', here)]);
    expect(answers.filter(({ errors }) => errors.length === 0)).toHaveLength(1);
    expect(answers.map(reasonOf).filter((reason) => reason !== undefined)).toEqual(['SESSION_ENDED']);
  });
});
