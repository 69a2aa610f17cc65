import { describe, expect, it } from 'vitest';
import { canonicalHash, canonicalJson, sha256Hex } from './canonical-json.ts';
import type { JsonValue } from './canonical-json.ts';

describe('canonical JSON', () => {
  it('sorts keys by code unit at every depth and writes no white space', () => {
    expect(canonicalJson({ b: [1, { z: null, a: true }], a: 'x' })).toBe(
      '{"a":"x","b":[1,{"a":true,"z":null}]}',
    );
    expect(canonicalHash({ a: 1, b: 2 })).toBe(canonicalHash({ b: 2, a: 1 }));
  });

  it('agrees with the worked example of RFC 8785 §3.2.2', () => {
    const value: JsonValue = {
      numbers: [333333333.33333329, 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"\/',
      literals: [null, true, false],
    };
    expect(canonicalJson(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('refuses what JSON cannot carry exactly and names where it was', () => {
    const refused: readonly [unknown, string][] = [
      [{ amount: 1n }, '$.amount'],
      [{ list: [undefined] }, '$.list[0]'],
      [{ when: new Date(0) }, '$.when'],
      [{ rate: Number.NaN }, '$.rate'],
      [{ map: new Map() }, '$.map'],
      [{ act: () => 1 }, '$.act'],
      [{ text: '\ud800' }, '$.text'],
    ];
    for (const [value, path] of refused) expect(() => canonicalJson(value as JsonValue)).toThrow(path);
  });

  it('hashes as FIPS 180-4 says', () => {
    expect(sha256Hex('abc')).toBe('ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad');
    expect(sha256Hex(new Uint8Array())).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    );
  });
});
