// Writes src/fonts/: Newsreader cut down to what the pages print with it. Its optical size stands at 40 (the display cut
// is used at every size), its weights are the ones in use, and its letters those of Latin-1 with the signs of print and
// sums. A name with other letters falls back to the uncut extended file. Run again after a new release of the fonts.
import { copyFile, mkdir, readFile, writeFile } from 'node:fs/promises';
import subsetFont from 'subset-font';

const range = (from, to) => Array.from({ length: to - from + 1 }, (_, index) => from + index);
const signs = '–—‘’“”„…•·×÷−±≤≥≈§€£¥¢←→↵⌘ŒœŠšŽžŸ™\u2009\u202f';
const letters = `${String.fromCodePoint(...range(0x20, 0x7e), ...range(0xa0, 0xff))}${signs}`;

const fonts = new URL('../node_modules/@fontsource-variable/newsreader/', import.meta.url);
const target = new URL('../src/fonts/', import.meta.url);

const cuts = [
  [
    'newsreader-latin-opsz-normal.woff2',
    'newsreader-display.woff2',
    { opsz: 40, wght: { min: 400, max: 600 } },
  ],
  ['newsreader-latin-opsz-italic.woff2', 'newsreader-display-italic.woff2', { opsz: 40, wght: 400 }],
];

await mkdir(target, { recursive: true });
for (const [from, to, variationAxes] of cuts) {
  const whole = await readFile(new URL(`files/${from}`, fonts));
  const cut = await subsetFont(whole, letters, { targetFormat: 'woff2', variationAxes });
  await writeFile(new URL(to, target), cut);
  console.log(`${to}: ${whole.length} → ${cut.length} bytes`);
}
await copyFile(new URL('LICENSE', fonts), new URL('OFL.txt', target));
