// Reads tokens.css, the one list of colours, and works out each colour's contrast on the three grounds in both themes
// (WCAG 2.2). Run as a program it writes src/features/design/tokens.json, which the page of the design system shows.
import { readFile, writeFile } from 'node:fs/promises';
import { fileURLToPath } from 'node:url';

const source = new URL('../src/styles/tokens.css', import.meta.url);
const target = new URL('../src/features/design/tokens.json', import.meta.url);
const grounds = ['paper', 'sheet', 'sunk'];

function luminance(hex) {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * r + 0.7152 * g + 0.0722 * b;
}

function contrast(one, other) {
  const [light, dark] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return ((light + 0.05) / (dark + 0.05)).toFixed(2);
}

/** Every colour written as light-dark(#…, #…), with its contrast on paper, sheet and sunk. */
export async function tokenList() {
  const css = await readFile(source, 'utf8');
  const colours = [...css.matchAll(/--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)/g)];
  const of = Object.fromEntries(colours.map(([, name, light, dark]) => [name, { light, dark }]));
  return colours.map(([, name, light, dark]) => ({
    name,
    light,
    dark,
    ratios: {
      light: grounds.map((ground) => contrast(light, of[ground].light)),
      dark: grounds.map((ground) => contrast(dark, of[ground].dark)),
    },
  }));
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  await writeFile(target, `${JSON.stringify(await tokenList(), null, 2)}\n`);
}
