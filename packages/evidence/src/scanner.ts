// The hook for a virus scanner: a program that is given the file's path, or a clamd that is sent its bytes. A file
// counts as clean only when the scanner says so; one that cannot be asked holds everything back.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { connect } from 'node:net';
import type { Socket } from 'node:net';
import type { Written } from '@habitat/storage';

/** What the scanner found; null for a clean file. Throws when it could not look. */
export interface Scanner {
  readonly name: string;
  find(file: Written): Promise<string | null>;
}

const PATIENCE_MS = 60_000;
const MOST_WORDS = 200;

/** A finding is shown and kept: one line, no control characters. */
const told = (text: string) =>
  text
    .replaceAll(/[\p{Cc}\p{Cf}]+/gu, ' ')
    .trim()
    .slice(0, MOST_WORDS);

/**
 * A program that gets the path as its last argument and ends as clamscan does: 0 clean, 1 found something (its last
 * line says what), anything else could not look. No shell is involved.
 */
export function commandScanner(command: string): Scanner {
  const [program = '', ...given] = command.trim().split(/\s+/);
  return {
    name: program.split('/').at(-1) ?? program,
    async find(file) {
      const run = spawn(program, [...given, file.path], {
        stdio: ['ignore', 'pipe', 'ignore'],
        timeout: PATIENCE_MS,
      });
      let said = '';
      run.stdout.setEncoding('utf8').on('data', (text: string) => {
        said = `${said}${text}`.slice(-4_096);
      });
      const [code] = (await once(run, 'close')) as [number | null];
      if (code === 0) return null;
      if (code !== 1) throw new Error(`the scanner ${program} ended with ${code ?? 'a signal'}`);
      return told(said.trim().split('\n').at(-1)?.replace(`${file.path}: `, '') ?? '') || 'found';
    },
  };
}

const write = (socket: Socket, bytes: Buffer | string) =>
  socket.write(bytes) ? undefined : once(socket, 'drain');

/** A clamd, by its INSTREAM command: the bytes in pieces with their lengths, an empty piece at the end. */
export function clamdScanner({ host, port }: { readonly host: string; readonly port: number }): Scanner {
  return {
    name: 'clamd',
    async find(file) {
      const socket = connect({ host, port, timeout: PATIENCE_MS });
      socket.on('timeout', () => socket.destroy(new Error('clamd did not answer in time')));
      let answer = '';
      socket.setEncoding('latin1').on('data', (text: string) => {
        answer = `${answer}${text}`.slice(-4_096);
      });
      const ended = once(socket, 'close');
      ended.catch(() => undefined);
      try {
        await once(socket, 'connect');
        await write(socket, 'zINSTREAM\0');
        for await (const chunk of file.read() as AsyncIterable<Buffer>) {
          const length = Buffer.alloc(4);
          length.writeUInt32BE(chunk.length);
          await write(socket, Buffer.concat([length, chunk]));
        }
        await write(socket, Buffer.alloc(4));
        await ended;
      } finally {
        socket.destroy();
      }
      const words = told(answer.replaceAll('\0', ''));
      if (words === 'stream: OK') return null;
      const [, found] = /^stream: (.+) FOUND$/.exec(words) ?? [];
      if (found === undefined) throw new Error(`clamd said "${words}"`);
      return found;
    },
  };
}
