// The two catalogues say the same things: same keys, same facts in each sentence, nothing left in the other language.
import { readFileSync, readdirSync } from 'node:fs';
import { ACTS, COMMANDS, grantOf } from '@habitat/kernel';
import { describe, expect, it } from 'vitest';
import english from './en/index.ts';
import spanish from './es/index.ts';

type Words = { readonly [key: string]: string | Words };

function linesOf(words: Words, before = ''): [string, string][] {
  return Object.entries(words).flatMap(([key, value]) =>
    typeof value === 'string' ? [[`${before}${key}`, value]] : linesOf(value, `${before}${key}.`),
  );
}

const en = new Map(linesOf(english));
const es = new Map(linesOf(spanish));

/** What a sentence is given and how it is marked: its facts, those it branches on, and the tags around its words. */
function factsOf(sentence: string): string[] {
  const found = new Set<string>();
  let at = 0;
  const text = (): void => {
    for (; at < sentence.length && sentence[at] !== '}'; at += 1) {
      const tag = /^<(\w+)>/.exec(sentence.slice(at));
      if (tag) found.add(`<${tag[1]}>`);
      if (sentence[at] === '{') argument();
    }
  };
  const argument = (): void => {
    const [whole, name, kind] = /^\{(\w+)(?:,\s*(\w+),\s*)?/.exec(sentence.slice(at)) ?? [];
    if (whole === undefined) throw new Error(`cannot read "${sentence}" at ${at}`);
    found.add(kind ? `${name} ${kind}` : (name ?? ''));
    at += whole.length;
    while (kind && sentence[at] !== '}') {
      at = sentence.indexOf('{', at) + 1;
      text();
      at += 1 + (/^\s*/.exec(sentence.slice(at + 1))?.[0].length ?? 0);
    }
  };
  text();
  return [...found].sort();
}

/** Words that are the same in both languages. */
const sameInBoth =
  /^(, capital|Total|No|Error|Habitat|ID|CSV|Capital|Normal|Plan|Formal|Local|Manual|Final|General)\.?$/;

describe('the words of the pages', () => {
  it('have a room for each file, in both languages', () => {
    const rooms = (language: string) => readdirSync(new URL(`./${language}`, import.meta.url)).sort();
    expect(rooms('es')).toEqual(rooms('en'));
    expect(Object.keys(english).length).toBe(rooms('en').length - 1);
  });

  it('exist in both languages, in the same order', () => {
    expect([...es.keys()]).toEqual([...en.keys()]);
  });

  it('have a sentence for every refusal of the contexts', () => {
    const contexts = ['people', 'treasury', 'agreements', 'platform', 'kernel', 'patronage'];
    const codes = new Set<string>();
    for (const context of contexts) {
      const folder = new URL(`../../../packages/${context}/src/`, import.meta.url);
      for (const file of readdirSync(folder, { recursive: true, encoding: 'utf8' })) {
        if (!file.endsWith('.ts') || /\.(test|fixture)\.ts$/.test(file)) continue;
        for (const [, code] of readFileSync(new URL(file, folder), 'utf8').matchAll(
          /\bcode: '([A-Z][A-Z0-9_]+)'/g,
        ))
          codes.add(code ?? '');
      }
    }
    expect(codes.size).toBeGreaterThan(150);
    // What a sign-in elsewhere is refused for is said with the name of who keeps it, in a room of its own.
    const isSaid = (code: string) => en.has(`refusal.${code}`) || en.has(`signIn.provider.${code}`);
    expect([...codes].filter((code) => !isSaid(code)).sort()).toEqual([]);
  });

  it('say what a key may carry and what a webhook is told of', () => {
    const kinds = readFileSync(
      new URL('../../../packages/webhooks/src/message/kind.ts', import.meta.url),
      'utf8',
    );
    const wanted = [
      ...ACTS.filter((act) => !grantOf(act).humanOnly).map((act) => `settings.apiKeys.acts.${act}`),
      ...[...kinds.matchAll(/^ {2}'(\w+\.\w+)':/gm)].map(([, kind]) => `settings.webhooks.kindOf.${kind}`),
    ];
    expect(wanted.length).toBeGreaterThan(50);
    expect(wanted.filter((key) => !en.has(key))).toEqual([]);
  });

  it('say every command and every event the audit trail can hold', () => {
    const folder = new URL('../../../packages/events/src/', import.meta.url);
    const events = readdirSync(folder).flatMap((file) =>
      [...readFileSync(new URL(file, folder), 'utf8').matchAll(/Event\(\s*'(\w+\.\w+\.\w+)'/g)].map(
        ([, type]) => `trail.event.${type}`,
      ),
    );
    expect(events.length).toBeGreaterThan(50);
    const wanted = [...COMMANDS.map((command) => `trail.command.${command}`), ...events];
    expect(wanted.filter((key) => !en.has(key))).toEqual([]);
    // Nor words for what there isn't.
    expect([...en.keys()].filter((key) => key.startsWith('trail.')).sort()).toEqual([...wanted].sort());
  });

  it('are given the same facts in both languages', () => {
    const differing = [...en].filter(
      ([key, sentence]) => factsOf(sentence).join() !== factsOf(es.get(key) ?? '').join(),
    );
    expect(differing.map(([key]) => key)).toEqual([]);
  });

  it('are not left in English in the Spanish', () => {
    const left = [...en].filter(([key, sentence]) => {
      const plain = sentence.replace(/\{[^{}]*\}|<\/?\w+>/g, '');
      const words = plain.match(/\p{L}{3,}/gu) ?? [];
      return words.length > 0 && sentence === es.get(key) && !sameInBoth.test(plain.trim());
    });
    expect(left).toEqual([]);
  });
});
