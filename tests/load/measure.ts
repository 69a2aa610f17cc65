// Measures by turns: every contender gets short slices in the same run, one after another, so that a change in
// the machine's speed meets them all. What counts are the ratios to the baseline, never the absolute rates.

/** One thing to be measured, for as long as it is told; answers with operations per second. */
export interface Contender {
  readonly name: string;
  run(milliseconds: number): Promise<number>;
}

export interface Measured {
  readonly name: string;
  /** Operations per second in each round. */
  readonly rates: readonly number[];
}

/** A contender that calls `act` over and over from several clients of this process; `act` tells how many operations it did. */
export function clients(name: string, count: number, act: () => Promise<number>): Contender {
  return {
    name,
    async run(milliseconds) {
      const start = performance.now();
      const end = start + milliseconds;
      let operations = 0;
      await Promise.all(
        Array.from({ length: count }, async () => {
          while (performance.now() < end) {
            // Counted after the wait: `operations += await …` reads the sum before it and loses the others' counts.
            const done = await act();
            operations += done;
          }
        }),
      );
      return (operations * 1000) / (performance.now() - start);
    },
  };
}

/** Runs the contenders in turns over some rounds, after one round that is not counted. */
export async function measureInTurns(
  contenders: readonly Contender[],
  rounds: number,
  milliseconds: number,
): Promise<Measured[]> {
  const rates = contenders.map((): number[] => []);
  for (let round = 0; round <= rounds; round += 1) {
    for (const [index, contender] of contenders.entries()) {
      const rate = await contender.run(round === 0 ? milliseconds / 2 : milliseconds);
      if (round > 0) rates[index]?.push(rate);
    }
  }
  return contenders.map((contender, index) => ({ name: contender.name, rates: rates[index] ?? [] }));
}

/** The middle value. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((left, right) => left - right);
  const middle = sorted[Math.floor(sorted.length / 2)];
  if (middle === undefined) throw new Error('no values to take the median of');
  return middle;
}

/** Median over the rounds of contender ÷ baseline, pair by pair. */
export function ratio(of: Measured, to: Measured): number {
  return median(of.rates.map((rate, round) => rate / (to.rates[round] ?? Number.NaN)));
}
