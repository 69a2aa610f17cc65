import { describe, expect, it } from 'vitest';
import { needsRefresh, tokenEndsAt } from './cookie.ts';
import type { Renewal } from './refresh.ts';
import { renewSession } from './refresh.ts';
import { returnPath } from './return-path.ts';

const tokenEnding = (exp: number) =>
  `h.${Buffer.from(JSON.stringify({ exp })).toString('base64url')}.signature`;

describe('a session', () => {
  it('twenty requests with the same refresh token trade it once', async () => {
    let trades = 0;
    const trade = async (): Promise<Renewal> => {
      trades += 1;
      await new Promise((resolve) => setTimeout(resolve, 5));
      return { kind: 'renewed', tokens: { accessToken: 'a', refreshToken: 'b' } };
    };
    const answers = await Promise.all(Array.from({ length: 20 }, () => renewSession('one-token', trade)));
    expect(trades).toBe(1);
    expect(answers.every((answer) => answer.kind === 'renewed')).toBe(true);
  });

  it('an API that was away is asked again, not remembered as an ended session', async () => {
    let trades = 0;
    const trade = async (): Promise<Renewal> => {
      trades += 1;
      return { kind: 'unreachable' };
    };
    await renewSession('another-token', trade);
    await renewSession('another-token', trade);
    expect(trades).toBe(2);
  });

  it('a token within half a minute of its end is renewed before it is used', () => {
    expect(needsRefresh(tokenEnding(1_029), 1_000)).toBe(true);
    expect(needsRefresh(tokenEnding(1_031), 1_000)).toBe(false);
    expect(needsRefresh(undefined, 1_000)).toBe(true);
    expect(tokenEndsAt('not a token')).toBeNull();
  });

  it('the way back after signing in never leads to another site', () => {
    expect(returnPath('/contributions?status=DRAFT')).toBe('/contributions?status=DRAFT');
    expect(returnPath('https://evil.example/')).toBe('/');
    expect(returnPath('//evil.example/')).toBe('/');
    expect(returnPath('/\\evil.example')).toBe('/');
    expect(returnPath('/sign-in?return=/')).toBe('/');
    expect(returnPath(null)).toBe('/');
  });
});
