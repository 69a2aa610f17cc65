// The first sentence of a description is its name in lists; the rest is told where there is room.
export function firstSentence(description: string): string {
  return splitDescription(description).name;
}

export function splitDescription(description: string): { name: string; rest: string } {
  const [first = description, ...rest] = description.trim().split(/(?<=[.!?])\s+|\n+/);
  return { name: first.replace(/\.$/, ''), rest: rest.join(' ') };
}
