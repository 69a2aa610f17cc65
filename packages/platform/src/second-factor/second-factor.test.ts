// Codes, recovery codes and withheld roles as pure rules, against the numbers of RFC 6238 (appendix B).
import { describe, expect, test } from 'vitest';
import { seal, sealedPrefix, unseal } from '../secret/sealed.ts';
import { deviceOf } from '../session/device.ts';
import { newRecoveryCodes, newSecret, recoveryHash, stepOfCode, withheldRoles } from './second-factor.ts';

// "12345678901234567890" in base32.
const SECRET = 'GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ';
const at = (seconds: number) => new Date(seconds * 1000);

describe('a code', () => {
  test.each([
    [59, '287082'],
    [1_111_111_109, '081804'],
    [1_234_567_890, '005924'],
    [2_000_000_000, '279037'],
  ])('at second %i is the one of the standard', (second, code) => {
    expect(stepOfCode(SECRET, code, at(second), null)).toBe(BigInt(Math.floor(second / 30)));
  });
  test('is good a step early or late, and no more', () => {
    expect(
      [-60, -30, 0, 30, 60].map(
        (off) => stepOfCode(SECRET, '005924', at(1_234_567_890 + off), null) !== null,
      ),
    ).toEqual([false, true, true, true, false]);
  });
  test('is never good twice, nor one from before the last', () => {
    const step = 41_152_263n;
    expect(stepOfCode(SECRET, '005924', at(1_234_567_890), step - 1n)).toBe(step);
    expect(stepOfCode(SECRET, '005924', at(1_234_567_890), step)).toBeNull();
    expect(stepOfCode(SECRET, '005924', at(1_234_567_890), step + 1n)).toBeNull();
  });
  test('has six digits, with a space where people put one', () => {
    expect(stepOfCode(SECRET, '005 924', at(1_234_567_890), null)).not.toBeNull();
    for (const code of ['', '5924', '0059245', '00592x', '-05924'])
      expect(stepOfCode(SECRET, code, at(1_234_567_890), null)).toBeNull();
  });
});

test('secrets have 160 bits and recovery codes 80, none like another', () => {
  expect(newSecret()).toMatch(/^[A-Z2-7]{32}$/);
  const codes = newRecoveryCodes();
  for (const code of codes) expect(code).toMatch(/^([0-9a-hjkmnp-tv-z]{4}-){3}[0-9a-hjkmnp-tv-z]{4}$/);
  expect(new Set(codes.map(recoveryHash)).size).toBe(10);
});

test('a recovery code is read however it is typed, and nothing else is', () => {
  const hash = recoveryHash('0a1b-2c3d-4e5f-6g7h');
  expect(recoveryHash('OAIB 2C3D 4E5F 6G7H')).toBe(hash);
  expect(recoveryHash('oalb2c3d4e5f6g7h')).toBe(hash);
  for (const text of ['', '123456', '0a1b-2c3d-4e5f', '0a1b-2c3d-4e5f-6g7u'])
    expect(recoveryHash(text)).toBeNull();
});

test('a role of the rule gives nothing from its day on, to people without a second factor', () => {
  const policy = { roles: ['treasurer', 'administrator'], requiredFrom: '2026-12-01' } as const;
  const holder = { roles: ['member', 'treasurer'], hasSecondFactor: false, today: '2026-12-01' } as const;
  expect(withheldRoles(policy, holder)).toEqual(['treasurer']);
  expect(withheldRoles(policy, { ...holder, today: '2026-11-30' })).toEqual([]);
  expect(withheldRoles(policy, { ...holder, hasSecondFactor: true })).toEqual([]);
  expect(withheldRoles(null, holder)).toEqual([]);
});

describe('what is sealed', () => {
  const sealed = seal(['one'], 'second-factor', 'alice', SECRET);
  test('opens with its key for its owner, and for nobody else', () => {
    expect(unseal(['two', 'one'], 'second-factor', 'alice', sealed)).toBe(SECRET);
    expect(() => unseal(['one'], 'second-factor', 'bob', sealed)).toThrow();
    expect(() => unseal(['two'], 'second-factor', 'alice', sealed)).toThrow('no longer known');
    expect(() => unseal(['one'], 'second-factor', 'alice', `${sealed.slice(0, -2)}AA`)).toThrow();
  });
  test('never reads the same twice, and names its key', () => {
    expect(seal(['one'], 'second-factor', 'alice', SECRET)).not.toBe(sealed);
    expect(sealed.startsWith(sealedPrefix(['one', 'two'], 'second-factor'))).toBe(true);
    expect(sealed.startsWith(sealedPrefix(['two', 'one'], 'second-factor'))).toBe(false);
  });
});

test.each([
  ['Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0', 'Firefox, Linux'],
  [
    'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0 Safari/537.36 Edg/140.0',
    'Edge, Windows',
  ],
  [
    'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1',
    'Safari, iOS',
  ],
  ['Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 HeadlessChrome/140.0 Safari/537.36', 'Chrome, Linux'],
  ['curl/8.0', null],
  [null, null],
])('a session opened with %s is shown as %s', (userAgent, device) => {
  expect(deviceOf(userAgent)).toBe(device);
});
