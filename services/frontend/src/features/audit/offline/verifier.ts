// The offline verifier: opens a signed copy of an audit trail, line by line, and tells the first entry that is not as it
// was sealed. Bundled into one page by scripts/make-verifier.mjs; nothing here may ask a network for anything.
import type { Anchor, PackageVerdict } from '@habitat/audit';
import { verifyPackage } from '@habitat/audit';
import type { Words } from './words.ts';
import { filled, wordsOf } from './words.ts';

const words = wordsOf(navigator.language);

/** The lines of a file, read as they are needed: a long trail is never in memory as a whole. */
async function* linesOf(file: Blob): AsyncGenerator<string> {
  const reader = file.stream().pipeThrough(new TextDecoderStream()).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    const lines = (rest + value).split('\n');
    rest = lines.pop() ?? '';
    yield* lines;
  }
  yield rest;
}

function element<Kind extends HTMLElement>(id: string, kind: new () => Kind): Kind {
  const found = document.getElementById(id);
  if (!(found instanceof kind)) throw new Error(`the page has no ${id}`);
  return found;
}

/** An end noted as `120:4f2a…`; null when it reads otherwise. */
function anchorOf(text: string): Anchor | null {
  const [, sequence, hash] = /^(\d{1,15}):([0-9a-f]{64})$/i.exec(text) ?? [];
  return sequence === undefined || hash === undefined
    ? null
    : { sequence: Number(sequence), hash: hash.toLowerCase() };
}

/** What the verdict says, sentence by sentence. */
function toldOf(verdict: PackageVerdict): string[] {
  if (!verdict.ok) {
    const { code } = verdict.fault;
    return [filled(words[code], verdict.fault)];
  }
  const { header, entries, fingerprint } = verdict;
  const { after, head } = header;
  const span = {
    entries,
    cooperative: header.cooperativeName,
    first: after.sequence + 1,
    last: head.sequence,
  };
  return [
    filled(words.sound, span),
    filled(words.ends, { head: `${head.sequence}:${head.hash}`, at: header.exportedAt }),
    filled(words.key, { fingerprint }),
    words.compare,
  ];
}

function say(sentences: readonly string[], sound: boolean | null): void {
  const place = element('verdict', HTMLElement);
  place.dataset['sound'] = String(sound);
  place.replaceChildren(
    ...sentences.map((sentence) => Object.assign(document.createElement('p'), { textContent: sentence })),
  );
}

async function check(): Promise<void> {
  const [file] = element('file', HTMLInputElement).files ?? [];
  const noted = element('anchor', HTMLInputElement).value.trim();
  const fingerprint = element('fingerprint', HTMLInputElement).value.trim();
  const anchor = noted === '' ? null : anchorOf(noted);
  if (file === undefined) return say([words.choose], null);
  if (noted !== '' && anchor === null) return say([words.badAnchor], null);
  say([words.working], null);
  const verdict = await verifyPackage(linesOf(file), {
    ...(fingerprint === '' ? {} : { fingerprint }),
    anchors: anchor === null ? [] : [anchor],
  });
  say(toldOf(verdict), verdict.ok);
}

document.documentElement.lang = words === wordsOf('es') ? 'es' : 'en';
document.title = words.title;
for (const one of document.querySelectorAll<HTMLElement>('[data-word]'))
  one.textContent = words[one.dataset['word'] as keyof Words];
element('form', HTMLFormElement).addEventListener('submit', (event) => {
  event.preventDefault();
  void check();
});
