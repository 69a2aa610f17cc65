// How requests are counted, and who comes when.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createRateLimiter, secondsOf } from './rate-limit.ts';
import type { TurnLimits } from './turns.ts';
import { createTurns } from './turns.ts';

describe('a rate', () => {
  test('lets a burst pass, then as many as refill, and keeps actors apart', () => {
    const wait = createRateLimiter({ burst: 3, perSecond: 2 });
    expect([1, 2, 3].map(() => wait('ana', 0))).toEqual([0, 0, 0]);
    expect(wait('ana', 0)).toBe(500);
    expect(secondsOf(500)).toBe(1);
    expect(wait('ben', 0)).toBe(0);
    expect(wait('ana', 500)).toBe(0);
    expect(wait('ana', 500)).toBe(500);
  });

  test('forgets nobody who has not got all of it back: it answers as one that keeps every bucket', () => {
    const ask = fc.record({
      key: fc.constantFrom('ana', 'ben', 'cat'),
      after: fc.nat(9_000),
      weight: fc.nat(4),
    });
    fc.assert(
      fc.property(fc.array(ask, { maxLength: 60 }), (asks) => {
        const limit = { burst: 4, perSecond: 1 };
        const wait = createRateLimiter(limit);
        const kept = new Map<string, { tokens: number; at: number }>();
        let now = 0;
        for (const { key, after, weight } of asks) {
          now += after;
          const { tokens, at } = kept.get(key) ?? { tokens: limit.burst, at: now };
          const there = Math.min(limit.burst, tokens + ((now - at) / 1000) * limit.perSecond);
          const isLetIn = there >= weight;
          expect(wait(key, now, weight) === 0).toBe(isLetIn);
          kept.set(key, { tokens: isLetIn ? there - weight : there, at: now });
        }
      }),
    );
  });

  test('of two hundred thousand strangers at once is as quick for the last as for the first', () => {
    const wait = createRateLimiter({ burst: 100, perSecond: 10 });
    const begun = performance.now();
    for (let stranger = 0; stranger < 200_000; stranger += 1) wait(String(stranger), 0);
    // Looking through the others for each of them would take minutes.
    expect(performance.now() - begun).toBeLessThan(5_000);
  });
});

describe('a turn', () => {
  const settled = () => new Promise((resolve) => setImmediate(resolve));
  const PLENTY = { burst: 1_000, perSecond: 1_000 };
  const BESIDE = { atOnce: 2, pace: PLENTY, waitsMs: 60_000 };

  /** A desk at a time that stands until it is moved. */
  function desk(limits: Partial<TurnLimits>) {
    const time = { now: 0 };
    const take = createTurns({ atOnce: 2, inLine: 9, beside: null, ...limits }, () => time.now);
    const come = (key: string, isStranger = false) => {
      const turn = take({ key, isStranger });
      const state = { has: false };
      void turn?.come.then(() => (state.has = true));
      return { isRefused: turn === null, state, leave: () => turn?.leave() };
    };
    /** Who of them has a turn by now. */
    const having = async (turns: readonly { readonly state: { readonly has: boolean } }[]) => {
      await settled();
      return turns.map(({ state }) => state.has);
    };
    return { time, come, having };
  }
  type Come = ReturnType<typeof desk>['come'];
  /** Comes and goes so often that it is the busier one. */
  const hurry = (come: Come, key: string) => {
    for (let asked = 0; asked < 9; asked += 1) come(key).leave();
  };

  test('comes to two at once, to the next when one leaves, and to nobody beyond the line', async () => {
    const { come, having } = desk({ inLine: 2 });
    const [first, second, third, fourth] = [come('river'), come('river'), come('river'), come('river')];
    expect(come('river').isRefused).toBe(true);
    expect(come('hill').isRefused).toBe(false);
    expect(await having([first, second, third, fourth])).toEqual([true, true, false, false]);
    // Who leaves while waiting gives up the place, and leaving twice frees nothing more.
    third.leave();
    third.leave();
    first.leave();
    first.leave();
    expect(await having([third, fourth])).toEqual([false, true]);
    const fifth = come('river');
    expect(await having([fifth])).toEqual([false]);
    for (const turn of [second, fourth, fifth]) turn.leave();
    expect(await having([come('river'), come('river')])).toEqual([true, true]);
  });

  test('comes to fewer at once while another cooperative is there, and to all again ten seconds after it', async () => {
    const { time, come, having } = desk({ atOnce: 3, beside: { ...BESIDE, atOnce: 1 } });
    come('hill').leave();
    const river = [come('river'), come('river'), come('river'), come('river')];
    expect(await having(river)).toEqual([true, false, false, false]);
    time.now = 9_999;
    river[0]?.leave();
    expect(await having(river)).toEqual([true, true, false, false]);
    time.now = 10_000;
    river[1]?.leave();
    expect(await having(river)).toEqual([true, true, true, true]);
    for (const turn of river) turn.leave();
  });

  test('is not made rarer by strangers, who are nobody a cooperative is beside', async () => {
    const { come, having } = desk({ beside: { ...BESIDE, atOnce: 1 } });
    come('192.0.2.7', true);
    expect(await having([come('river'), come('river')])).toEqual([true, true]);
    expect(await having([come('192.0.2.7', true)])).toEqual([false]);
  });

  test('beside another follows at the pace, and alone as fast as one leaves', async () => {
    const { time, come, having } = desk({
      atOnce: 9,
      beside: { ...BESIDE, atOnce: 9, pace: { burst: 2, perSecond: 100 } },
    });
    expect(await having([come('river'), come('river'), come('river')])).toEqual([true, true, true]);
    come('hill').leave();
    const paced = [come('river'), come('river'), come('river'), come('river')];
    expect(await having(paced)).toEqual([true, true, false, false]);
    time.now = 10;
    await expect.poll(() => having(paced)).toEqual([true, true, true, false]);
    time.now = 20;
    await expect.poll(() => having(paced)).toEqual([true, true, true, true]);
  });

  test('beside a quieter cooperative waits until theirs is over, where one has asked much more', async () => {
    const { come, having } = desk({ beside: BESIDE });
    hurry(come, 'river');
    const [hill, river] = [come('hill'), come('river')];
    expect(await having([hill, river])).toEqual([true, false]);
    hill.leave();
    expect(await having([river])).toEqual([true]);
  });

  test('does not wait where both ask alike, nor does the quieter one', async () => {
    const { come, having } = desk({ beside: BESIDE });
    expect(await having([come('hill'), come('river'), come('hill')])).toEqual([true, true, true]);
  });

  test('waits no longer than one waits for others or for a slow one of their own, and nobody who left is called', async () => {
    const { time, come, having } = desk({ beside: { ...BESIDE, atOnce: 1, waitsMs: 5 } });
    hurry(come, 'river');
    const hill = come('hill');
    const gone = come('river');
    gone.leave();
    const [slow, next, third] = [come('river'), come('river'), come('river')];
    expect(await having([hill, slow])).toEqual([true, false]);
    time.now = 5;
    await expect.poll(() => having([slow])).toEqual([true]);
    hill.leave();
    expect(await having([next])).toEqual([false]);
    time.now = 10;
    await expect.poll(() => having([next])).toEqual([true]);
    // Never more at once than alone.
    time.now = 100;
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(await having([gone, third])).toEqual([false, false]);
  });

  test('reaches everybody in line in their order, whatever comes, waits and leaves', async () => {
    const doing = fc.record({
      who: fc.constantFrom('river', 'hill', 'lake'),
      does: fc.constantFrom('come' as const, 'leave' as const, 'wait' as const),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(doing, { maxLength: 40 }), async (doings) => {
        const { time, come, having } = desk({
          inLine: 99,
          beside: { atOnce: 1, pace: { burst: 2, perSecond: 1_000 }, waitsMs: 2 },
        });
        const all: Record<string, ReturnType<Come>[]> = { river: [], hill: [], lake: [] };
        const inOrder = async () => {
          for (const turns of Object.values(all)) {
            const had = await having(turns);
            expect(had.filter(Boolean)).toEqual(had.slice(0, had.filter(Boolean).length));
          }
        };
        for (const { who, does } of doings) {
          if (does === 'wait') time.now += 1;
          else if (does === 'come') all[who]?.push(come(who));
          else all[who]?.find(({ state }) => state.has)?.leave();
          await inOrder();
        }
        const left = () => Object.values(all).flat();
        await expect
          .poll(async () => {
            time.now += 5;
            for (const turn of left()) if (turn.state.has) turn.leave();
            return (await having(left())).every(Boolean);
          })
          .toBe(true);
      }),
      { numRuns: 40 },
    );
  });
});
