/** The pause before a lost stream is opened again: doubling from a second to half a minute, spread so that tabs don't come in step. */
export function retryDelayMs(failures: number, random: number): number {
  const most = Math.min(30_000, 1_000 * 2 ** Math.min(failures, 10));
  return Math.round(most / 2 + (most / 2) * random);
}
