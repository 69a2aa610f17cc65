import { describe, expect, it } from 'vitest';
import { splitDescription } from './sentence.ts';

describe('a description', () => {
  it('is named by its first sentence and told by the rest', () => {
    expect(splitDescription('Box truck, 2019 Isuzu NPR. 14 ft body. I bought it in 2023.')).toEqual({
      name: 'Box truck, 2019 Isuzu NPR',
      rest: '14 ft body. I bought it in 2023.',
    });
  });

  it('of one line is all name, and an empty one is nothing', () => {
    expect(splitDescription('Walk-in cooler repair')).toEqual({ name: 'Walk-in cooler repair', rest: '' });
    expect(splitDescription('')).toEqual({ name: '', rest: '' });
  });
});
