// A link's token comes from the operator's secret and the link's name alone, and opens what it was made for.
import { newId } from '@habitat/kernel';
import { describe, expect, test } from 'vitest';
import type { Link, LinkPurpose } from './link.ts';
import { readTenantToken } from '../secret/tenant-token.ts';
import { linkAddress, linkRefusal, linkToken } from './link.ts';

const secret = 's'.repeat(64);
const now = new Date('2026-11-20T10:00:00Z');
const later = (seconds: number) => new Date(now.getTime() + seconds * 1000);
const name = { cooperativeId: newId(), linkId: newId(), purpose: 'invitation' as const };
const link: Link = {
  ...name,
  tokenHash: linkToken(secret, name).tokenHash,
  memberId: newId(),
  loginId: null,
  email: 'ben@example.org',
  displayName: 'Ben',
  language: 'en',
  issuedAt: now,
  expiresAt: later(60),
  usedAt: null,
  revokedAt: null,
};
const settings = (...secrets: [string, ...string[]]) => ({
  secrets,
  publicUrl: 'https://coop.example.org',
  isMailed: true,
});

describe('a token', () => {
  test('is the same whenever it is made, and another for another link, purpose, cooperative or secret', () => {
    const { text, tokenHash } = linkToken(secret, name);
    expect(linkToken(secret, { ...name })).toEqual({ text, tokenHash });
    const others = [
      linkToken(secret, { ...name, linkId: newId() }),
      linkToken(secret, { ...name, purpose: 'password_reset' as LinkPurpose }),
      linkToken(secret, { ...name, cooperativeId: newId() }),
      linkToken('t'.repeat(64), name),
    ];
    expect(new Set([tokenHash, ...others.map((other) => other.tokenHash)]).size).toBe(5);
  });

  test('is read back to what is stored of it, and nothing else is', () => {
    const { text, tokenHash } = linkToken(secret, name);
    expect(readTenantToken(text)).toEqual({ cooperativeId: name.cooperativeId, tokenHash });
    for (const forged of ['', text.slice(1), `${text}.x`, text.replace('.', ''), `${newId()}.short`])
      expect(readTenantToken(forged)).toBeNull();
  });

  test('is not to be had from what is stored', () => {
    expect(JSON.stringify(link)).not.toContain(linkToken(secret, name).text.split('.')[1]);
  });
});

test('the address is found again after the secret was replaced, as long as the one before is known', () => {
  const { text } = linkToken(secret, name);
  const address = `https://coop.example.org/invitation/${text}`;
  expect(linkAddress(settings(secret), link)).toBe(address);
  expect(linkAddress(settings('n'.repeat(64), secret), link)).toBe(address);
  expect(() => linkAddress(settings('n'.repeat(64)), link)).toThrow('no longer known');
});

test.each([
  ['LINK_UNKNOWN', null],
  ['LINK_UNKNOWN', { ...link, purpose: 'password_reset' as const }],
  ['LINK_USED', { ...link, usedAt: now, expiresAt: now }],
  ['LINK_REPLACED', { ...link, revokedAt: now }],
  ['LINK_EXPIRED', { ...link, expiresAt: now }],
])('opens nothing: %s', (code, stored) => {
  expect(linkRefusal(stored, 'invitation', now)).toEqual({ code });
});

test('opens its purpose until its last second', () => {
  expect(linkRefusal(link, 'invitation', later(59))).toBeNull();
  expect(linkRefusal(link, 'invitation', later(60))).toEqual({ code: 'LINK_EXPIRED' });
});
