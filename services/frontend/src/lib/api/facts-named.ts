// The facts a sentence of the catalogue names. Sentences are compiled when the pages are built: a plain one is its text, any
// other a list of texts and of parts, [fact], [fact, form, words by choice] or [tag, …what it encloses].

/** "{period} is {status, select, closed {closed} other {open}}" names period and status; the words of a choice are none. */
export function factsNamedIn(sentence: unknown): string[] {
  if (!Array.isArray(sentence)) return [];
  return sentence.flatMap((part: unknown) => {
    if (!Array.isArray(part)) return [];
    const [name, form, ...rest] = part as unknown[];
    if (form !== undefined && typeof form !== 'number') return factsNamedIn([form, ...rest]);
    const choices = rest.flatMap((one) =>
      typeof one === 'object' && one !== null ? Object.values(one) : [],
    );
    return [String(name), ...choices.flatMap(factsNamedIn)];
  });
}
