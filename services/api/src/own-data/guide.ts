// The page to begin with: which file holds what, in the member's language, readable in any browser without a network.
import type { Language } from '@habitat/kernel';
import type { Phrase } from '../words/en.ts';
import type { Words } from '../words/words.ts';
import type { Part } from './part.ts';

const FILES = [
  'profile.json',
  'contributions.csv',
  'contributions.json',
  'peer-words.csv',
  'evidence/',
  'capital.csv',
  'allocations.json',
  'retained-patronage.json',
  'distributions.csv',
  'payout-account.json',
  'statements.json',
  'sessions.csv',
  'notices.csv',
  'audit.csv',
] as const;

const escaped = (text: string) =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');

const phraseOf = (file: (typeof FILES)[number]) => `ownData.${file.replace(/\W/g, '_')}` as Phrase;

/** index.html. */
export function guidePart(
  { language, say }: Words & { readonly language: Language },
  facts: { readonly name: string; readonly cooperative: string; readonly at: Date },
): Part {
  const title = escaped(say('ownData.title', { cooperative: facts.cooperative }));
  const lead = escaped(say('ownData.lead', { name: facts.name, at: facts.at.toISOString() }));
  const rows = FILES.map(
    (file) =>
      `<tr><th scope="row"><a href="${file}">${file}</a></th><td>${escaped(say(phraseOf(file)))}</td></tr>`,
  );
  const text = `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${title}</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:46rem;margin:2rem auto;padding:0 1rem}th{text-align:left;vertical-align:top;padding:.3rem 1.5rem .3rem 0}td{padding:.3rem 0}</style>
<h1>${title}</h1>
<p>${lead}</p>
<table>
${rows.join('\n')}
</table>
<p>${escaped(say('ownData.others'))}</p>
</html>
`;
  return { name: 'index.html', text };
}
