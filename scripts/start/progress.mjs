// Shows each step as it goes: a line that counts seconds on a terminal, two plain lines elsewhere.

const terminal = process.stdout.isTTY === true;
const dim = (text) => (terminal ? `\u001b[2m${text}\u001b[22m` : text);
const green = (text) => (terminal ? `\u001b[32m${text}\u001b[39m` : text);
const red = (text) => (terminal ? `\u001b[31m${text}\u001b[39m` : text);

const seconds = (since) => ((Date.now() - since) / 1000).toFixed(1);

export const say = (text = '') => process.stdout.write(`${text}\n`);

/**
 * Runs one step and shows it. The step may return a text that replaces its title.
 *
 * @template T
 * @param {string} title
 * @param {() => Promise<T>} work
 * @returns {Promise<T>}
 */
export async function step(title, work) {
  const start = Date.now();
  const draw = () => process.stdout.write(`\r\u001b[2K  · ${title} … ${dim(`${seconds(start)} s`)}`);
  if (terminal) draw();
  else say(`  · ${title} …`);
  const timer = terminal ? setInterval(draw, 200) : null;
  const clear = () => {
    if (timer) clearInterval(timer);
    if (terminal) process.stdout.write('\r\u001b[2K');
  };
  try {
    const result = await work();
    clear();
    say(`  ${green('✓')} ${title} ${dim(`(${seconds(start)} s)`)}`);
    return result;
  } catch (fault) {
    clear();
    say(`  ${red('✗')} ${title}`);
    throw fault;
  }
}

/** A step that had nothing to do. */
export function done(title) {
  say(`  ${green('✓')} ${title}`);
}
