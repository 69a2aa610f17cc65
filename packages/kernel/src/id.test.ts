import { describe, expect, it } from 'vitest';
import { createIdGenerator, isId, newId } from './id.ts';

describe('ids', () => {
  it('are version 7 UUIDs that rise strictly within the process', () => {
    const ids = Array.from({ length: 20_000 }, () => newId());
    expect(ids.every((id) => isId(id) && id[14] === '7')).toBe(true);
    expect(ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? ''))).toBe(true);
  });

  it('carry the millisecond they were made in', () => {
    const id = createIdGenerator({ now: () => 0x0192_3456_789a, fillRandom: (bytes) => bytes.fill(0) })();
    expect(id).toBe('01923456-789a-7000-8000-000000000000');
  });

  it('rise even when the clock steps back or a millisecond runs out of numbers', () => {
    let now = 1_000;
    const next = createIdGenerator({ now: () => now, fillRandom: (bytes) => bytes.fill(0xff) });
    const ids = Array.from({ length: 5_000 }, (_, i) => {
      if (i === 10) now = 500;
      return next();
    });
    expect(ids.every((id, i) => i === 0 || id > (ids[i - 1] ?? ''))).toBe(true);
    expect(new Set(ids).size).toBe(ids.length);
  });

  it('are told apart from other text', () => {
    for (const text of [
      '',
      'x',
      newId().toUpperCase(),
      `${newId()} `,
      '00000000-0000-0000-0000-000000000000',
    ]) {
      expect(isId(text)).toBe(false);
    }
  });
});
