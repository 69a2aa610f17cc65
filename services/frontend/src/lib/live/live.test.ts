import { describe, expect, it } from 'vitest';
import { retryDelayMs } from './retry.ts';
import { newsOf, topicsOf } from './topic.ts';

describe('live news', () => {
  it('is only of topics we know, each once', () => {
    expect(topicsOf('approvalQueueChanged,approvalQueueChanged,periodCloseChanged')).toEqual([
      'approvalQueueChanged',
      'periodCloseChanged',
    ]);
    expect(topicsOf('approvalQueueChanged,secrets')).toBeNull();
    expect(topicsOf('')).toBeNull();
    expect(topicsOf(null)).toBeNull();
  });

  it('names what changed and who did it, and nothing else of the answer', () => {
    const change = {
      contributionId: 'c-1',
      type: 'people.contribution.valued',
      by: { displayName: 'Bob' },
      byYou: false,
      value: '600.00',
    };
    expect(newsOf('approvalQueueChanged', { change })).toEqual({
      topic: 'approvalQueueChanged',
      id: 'c-1',
      type: 'people.contribution.valued',
      by: 'Bob',
      byYou: false,
    });
    expect(newsOf('periodCloseChanged', { change: { periodId: 'p-1', type: 't' } })?.by).toBeNull();
    expect(newsOf('approvalQueueChanged', { change: null })).toBeNull();
  });

  it('a lost stream is opened again later and later, never after more than half a minute', () => {
    expect([0, 1, 2, 20].map((failures) => retryDelayMs(failures, 1))).toEqual([1_000, 2_000, 4_000, 30_000]);
    expect(retryDelayMs(0, 0)).toBe(500);
  });
});
