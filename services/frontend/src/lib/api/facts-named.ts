// The facts a sentence of the catalogue names. The words a choice chooses between stand in braces too and are none.

/** "{period} is {status, select, closed {closed} other {open}}" names period and status. */
export function factsNamedIn(sentence: string): string[] {
  const names: string[] = [];
  let depth = 0;
  for (const match of sentence.matchAll(/[{}]/g)) {
    if (match[0] === '}') {
      depth -= 1;
      continue;
    }
    // Within a choice every second brace opens its words, not a fact.
    const name = /^\w+/.exec(sentence.slice(match.index + 1))?.[0];
    if (depth % 2 === 0 && name !== undefined) names.push(name);
    depth += 1;
  }
  return names;
}
