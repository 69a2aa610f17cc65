// How long a bar is: a part of a whole between nothing and all of it. For drawing only.
export function fractionOf(part: string, ...whole: string[]): number {
  const size = Math.abs(Number(part));
  const total = whole.reduce((sum, amount) => sum + Math.abs(Number(amount)), 0);
  return total > 0 ? Math.min(1, size / total) : 0;
}
