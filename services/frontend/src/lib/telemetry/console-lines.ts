// What the framework says for itself on the console, as lines of the log: Next prints faults and warnings as plain text
// over several lines, with what a stranger sent in quotes (the name of an act that is not there). One line each, without it.
import { stripVTControlCharacters } from 'node:util';
import type { Log } from '@habitat/observability';

const MOST_LETTERS = 300;
const MOST_FRAMES = 12;
/** From the first quote to the last: what stands between may have been sent by a stranger, with quotes of its own. */
const QUOTED = /".*"|`.*`/gsu;

/** A sentence on one line, short, without what it quotes. */
function sentence(text: string): string {
  const plain = stripVTControlCharacters(text).replaceAll(QUOTED, '"…"');
  const line = plain.replaceAll(/[\p{Cc}\p{Zl}\p{Zp}\s]+/gu, ' ').trim();
  return line.length > MOST_LETTERS ? `${line.slice(0, MOST_LETTERS)}…` : line;
}

/** The places of a fault, which stand behind its sentence; none where the sentence cannot be told from them. */
function framesOf({ message, stack = '' }: Error): string[] {
  const begins = stack.indexOf(message);
  if (begins < 0) return [];
  const frames = stack.slice(begins + message.length).split('\n');
  return frames
    .map((line) => line.trim())
    .filter((line) => line.startsWith('at '))
    .slice(0, MOST_FRAMES);
}

function factsOf(fault: Error): Record<string, unknown> {
  const digest = 'digest' in fault ? { digest: sentence(String(fault.digest)) } : {};
  return { type: sentence(fault.name), ...digest, stack: framesOf(fault) };
}

const isFacts = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The line for what was given to the console: its sentence, the first fault's places, and facts handed over by name. */
export function lineOf(said: readonly unknown[]): { readonly msg: string; readonly facts: object } {
  const fault = said.find((one) => one instanceof Error);
  const words = said.flatMap((one) => {
    if (one instanceof Error) return one.message;
    return isFacts(one) ? [] : String(one);
  });
  const facts: object = Object.assign({}, ...said.filter(isFacts));
  return {
    msg: sentence(words.join(' ')),
    facts: { ...facts, ...(fault === undefined ? {} : { err: factsOf(fault) }) },
  };
}

/** From now on what is said on the console as a fault or a warning is a line of the log. */
export function sayInLines(log: Log, spoken: Pick<Console, 'error' | 'warn'> = console): void {
  for (const level of ['error', 'warn'] as const)
    spoken[level] = (...said: unknown[]) => {
      const { msg, facts } = lineOf(said);
      log[level](facts, msg);
    };
}
