import { describe, expect, it } from 'vitest';
import { comesFromHere, contentSecurityPolicy, isTooLarge } from './policy.ts';

describe('what a page lets in', () => {
  it('a form without an Origin, or from another site, is refused', () => {
    expect(comesFromHere(null, 'coop.example')).toBe(false);
    expect(comesFromHere('null', 'coop.example')).toBe(false);
    expect(comesFromHere('https://evil.example', 'coop.example')).toBe(false);
    expect(comesFromHere('https://coop.example', 'coop.example')).toBe(true);
    expect(comesFromHere('http://127.0.0.1:3000', '127.0.0.1:3000')).toBe(true);
  });

  it('a form larger than half a megabyte, or of unknown size, is refused', () => {
    expect(isTooLarge('500000')).toBe(false);
    expect(isTooLarge('500001')).toBe(true);
    expect(isTooLarge(null)).toBe(true);
    expect(isTooLarge('chunked')).toBe(true);
  });

  it('a built page allows no inline script or style', () => {
    const policy = contentSecurityPolicy('abc', false);
    expect(policy).not.toContain('unsafe-inline');
    expect(policy).not.toContain('unsafe-eval');
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic'");
  });
});
