// Tokens and throttling as pure rules: what is believed, what ends a session, when to wait.
import jwt from 'jsonwebtoken';
import { newId } from '@habitat/kernel';
import { describe, expect, test } from 'vitest';
import { signAccessToken, verifyAccessToken } from './access-token.ts';
import type { PresentedToken } from './refresh-token.ts';
import { decideRefresh } from './refresh-token.ts';
import { newTenantToken, readTenantToken } from '../secret/tenant-token.ts';
import { secondsToWait, signInKeys } from '../throttle/throttle.ts';

const now = new Date('2026-11-20T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const settings = { secrets: ['s'.repeat(64)] as const, accessSeconds: 900, refreshSeconds: 604_800 };
const claims = { loginId: newId(), sessionId: newId(), cooperativeId: newId(), memberId: newId() };

describe('an access token', () => {
  const { token } = signAccessToken(claims, settings, now);
  const [header, body, signature] = token.split('.') as [string, string, string];
  const encode = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

  test('names its session until its fifteen minutes are over', () => {
    expect(verifyAccessToken(token, settings, later(899))).toEqual(claims);
    expect(verifyAccessToken(token, settings, later(900))).toBeNull();
  });
  test('signed with another secret is not believed', () => {
    expect(verifyAccessToken(token, { secrets: ['t'.repeat(64)] }, now)).toBeNull();
  });
  test('is believed after the secret was replaced, as long as the one before is known', () => {
    const rotated = { ...settings, secrets: ['n'.repeat(64), ...settings.secrets] as const };
    expect(verifyAccessToken(token, rotated, now)).toEqual(claims);
    const newer = signAccessToken(claims, rotated, now).token;
    expect(verifyAccessToken(newer, rotated, now)).toEqual(claims);
    expect(verifyAccessToken(newer, settings, now)).toBeNull();
  });
  test('with a changed claim is not believed', () => {
    const forged = JSON.parse(Buffer.from(body, 'base64url').toString()) as Record<string, unknown>;
    expect(
      verifyAccessToken(`${header}.${encode({ ...forged, mem: newId() })}.${signature}`, settings, now),
    ).toBeNull();
  });
  test('that says alg none is not believed', () => {
    expect(verifyAccessToken(`${encode({ alg: 'none', typ: 'JWT' })}.${body}.`, settings, now)).toBeNull();
  });
  test('of another algorithm, issuer or audience is not believed, nor one that never runs out', () => {
    const good = {
      iss: 'habitat',
      aud: 'habitat-api',
      sub: claims.loginId,
      sid: claims.sessionId,
      coop: claims.cooperativeId,
      mem: claims.memberId,
      iat: 1,
      exp: 4_000_000_000,
    };
    const sign = (payload: object, algorithm: 'HS256' | 'HS512' = 'HS256') =>
      jwt.sign(payload, settings.secrets[0], { algorithm });
    expect(verifyAccessToken(sign(good), settings, now)).toEqual(claims);
    expect(verifyAccessToken(sign(good, 'HS512'), settings, now)).toBeNull();
    expect(verifyAccessToken(sign({ ...good, iss: 'else' }), settings, now)).toBeNull();
    expect(verifyAccessToken(sign({ ...good, aud: 'else' }), settings, now)).toBeNull();
    expect(verifyAccessToken(sign({ ...good, sid: 'not-a-uuid' }), settings, now)).toBeNull();
    const { exp: _exp, ...endless } = good;
    expect(verifyAccessToken(sign(endless), settings, now)).toBeNull();
  });
  test('that is no token at all is not believed', () => {
    for (const text of ['', 'x', 'a.b.c', '..']) expect(verifyAccessToken(text, settings, now)).toBeNull();
  });
});

describe('a refresh token', () => {
  const fresh: PresentedToken = {
    expiresAt: later(604_800),
    usedAt: null,
    sessionEndedAt: null,
    standing: true,
  };

  test('is exchanged once, and again only by a parallel request', () => {
    expect(decideRefresh(fresh, now)).toBe('exchange');
    expect(decideRefresh({ ...fresh, usedAt: now }, later(10))).toBe('exchange');
    expect(decideRefresh({ ...fresh, usedAt: now }, later(11))).toBe('reused');
  });
  test('that ran out is not exchanged, and its reuse is still noticed', () => {
    expect(decideRefresh(fresh, later(604_800))).toBe('expired');
    expect(decideRefresh({ ...fresh, usedAt: now }, later(604_801))).toBe('reused');
  });
  test('of an ended session or a disabled account is not exchanged', () => {
    expect(decideRefresh({ ...fresh, sessionEndedAt: now }, now)).toBe('ended');
    expect(decideRefresh({ ...fresh, standing: false }, now)).toBe('ended');
  });
  test('names its cooperative and keeps its secret out of what is stored', () => {
    const token = newTenantToken(claims.cooperativeId);
    expect(readTenantToken(token.text)).toEqual({
      cooperativeId: claims.cooperativeId,
      tokenHash: token.tokenHash,
    });
    expect(token.tokenHash).not.toContain(token.text.split('.')[1]);
    for (const text of ['', 'a.b', `${claims.cooperativeId}.short`, `${token.text}.x`])
      expect(readTenantToken(text)).toBeNull();
  });
});

describe('the throttle', () => {
  const keys = signInKeys('Ana@Example.org', '10.0.0.1');
  const counted = (failures: number, which = 0) =>
    new Map([[keys[which]?.hash ?? '', { failures, startedAt: now }]]);

  test('lets five failures pass and then waits out the window', () => {
    expect(secondsToWait(keys, counted(4), later(60))).toBe(0);
    expect(secondsToWait(keys, counted(5), later(60))).toBe(840);
  });
  test('counts one account however its email is written, and each address apart', () => {
    expect(signInKeys(' ana@example.org ', '10.0.0.1')[0]?.hash).toBe(keys[0]?.hash);
    expect(signInKeys('ana@example.org', '10.0.0.2')[0]?.hash).not.toBe(keys[0]?.hash);
    expect(signInKeys('ana@example.org', '10.0.0.2')[1]?.hash).toBe(keys[1]?.hash);
  });
  test('needs far more failures to stop an account everywhere', () => {
    expect(secondsToWait(keys, counted(49, 1), now)).toBe(0);
    expect(secondsToWait(keys, counted(50, 1), now)).toBe(900);
  });
});
