// A real SMTP server for tests: takes mail from anybody and keeps it as it came.
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { SMTPServer } from 'smtp-server';

/** A mail as it arrived: whom the sender named, and the message itself. */
export interface ArrivedMail {
  readonly from: string;
  readonly to: readonly string[];
  /** Headers and parts, undecoded. */
  readonly message: string;
}

export interface TestMailServer {
  readonly url: string;
  readonly arrived: readonly ArrivedMail[];
  /** Refuses the next mails, as a server that is busy does. */
  refuseNext(count: number): void;
  /** From now on refuses every recipient, naming them as servers do. */
  knowNobody(): void;
  /** The newest mail to an address that came after the first `after`, as soon as it is there. */
  waitFor(to: string, after?: number): Promise<ArrivedMail>;
  stop(): Promise<void>;
}

/** Starts one on a free port of this machine; with a folder, each mail is also kept there for other processes. */
export async function startMailServer(folder?: string): Promise<TestMailServer> {
  const arrived: ArrivedMail[] = [];
  let refusals = 0;
  let isKnown = true;
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onRcptTo({ address }, _session, done) {
      const unknown = new Error(`5.1.1 <${address}>: user unknown`);
      done(isKnown ? undefined : Object.assign(unknown, { responseCode: 550 }));
    },
    onData(stream, session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        if (refusals > 0) {
          refusals -= 1;
          done(Object.assign(new Error('busy, try again later'), { responseCode: 451 }));
          return;
        }
        const { mailFrom, rcptTo } = session.envelope;
        const mail: ArrivedMail = {
          from: mailFrom === false ? '' : mailFrom.address,
          to: rcptTo.map(({ address }) => address),
          message: Buffer.concat(chunks).toString('utf8'),
        };
        arrived.push(mail);
        if (folder !== undefined)
          writeFileSync(
            join(folder, `${String(arrived.length).padStart(4, '0')}.json`),
            JSON.stringify(mail),
          );
        done();
      });
    },
  });
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const { port } = server.server.address() as AddressInfo;
  return {
    url: `smtp://127.0.0.1:${port}`,
    arrived,
    refuseNext: (count) => {
      refusals = count;
    },
    knowNobody: () => {
      isKnown = false;
    },
    async waitFor(to, after = 0) {
      for (let waited = 0; waited < 400; waited += 1) {
        const found = arrived.slice(after).findLast((mail) => mail.to.includes(to));
        if (found !== undefined) return found;
        await sleep(50);
      }
      throw new Error(`no mail came for ${to}`);
    },
    stop: () =>
      new Promise((resolve) => {
        server.close(resolve);
      }),
  };
}

/** The mails a server kept in its folder, oldest first. */
export function mailsIn(folder: string): ArrivedMail[] {
  return readdirSync(folder)
    .toSorted()
    .map((name) => JSON.parse(readFileSync(join(folder, name), 'utf8')) as ArrivedMail);
}

/** The text of a mail's plain part, decoded. */
export function plainText({ message }: ArrivedMail): string {
  const [, part = ''] = /content-type: text\/plain[^]*?\r\n\r\n([^]*?)\r\n--/i.exec(message) ?? [];
  const encoding = /content-type: text\/plain[^]*?content-transfer-encoding: ([\w-]+)/i.exec(message)?.[1];
  if (encoding?.toLowerCase() === 'base64') return Buffer.from(part, 'base64').toString('utf8');
  const joined = part.replace(/=\r\n/g, '');
  const bytes = joined.replace(/=([0-9A-F]{2})/g, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  return encoding?.toLowerCase() === 'quoted-printable'
    ? Buffer.from(bytes, 'latin1').toString('utf8')
    : part;
}
