// What goes through the mail server, where there is one. Links are mailed as they are issued by a handler of the delivery:
// once per event, tried again while the server is away, put to the dead letters when it stays away. Notices are mailed by
// the clock, each with tries of its own.
import type { Transaction } from '@habitat/database';
import { identityLinkIssued, readPayload } from '@habitat/events';
import type { EventHandler } from '@habitat/messaging';
import type { LinkSettings } from '@habitat/platform';
import { findLinkToSend, linkAddress } from '@habitat/platform';
import type { SendMailOptions } from 'nodemailer';
import { createTransport } from 'nodemailer';
import type { Schedule } from '../schedules.ts';
import { letterOf } from './letter.ts';
import type { MailOutcome } from './notice-mail.ts';
import { noticeMailSchedules } from './notice-mail.ts';

/** A mail server that says nothing is given up on before the transaction that waits for it is. */
const PATIENCE_MS = 10_000;

export interface MailSettings {
  /** smtp:// or smtps:// with user and password. */
  readonly url: string;
  readonly from: string;
  readonly links: LinkSettings;
}

export interface Mailing {
  readonly handlers: readonly EventHandler[];
  readonly schedules: readonly Schedule[];
  stop(): void;
}

/** A mail server's answer names whom the mail was for, and a fault is logged and kept: only how it refused is told. */
function withoutAddress(error: unknown): Error {
  const { code, command, responseCode } = error as Readonly<Record<string, unknown>>;
  const told = [code, command, responseCode].filter(
    (one) => typeof one === 'string' || typeof one === 'number',
  );
  return new Error(`the mail server did not take a mail (${told.join(' ')})`);
}

/** The handlers and schedules that send mail through this server; `onMail` hears how a mail of notices went. */
export function createMailing(
  { url, from, links }: MailSettings,
  onMail: (outcome: MailOutcome) => void = () => undefined,
): Mailing {
  const transport = createTransport({
    url,
    pool: true,
    maxConnections: 2,
    connectionTimeout: PATIENCE_MS,
    greetingTimeout: PATIENCE_MS,
    socketTimeout: PATIENCE_MS,
  });

  async function post(mail: SendMailOptions): Promise<void> {
    await transport.sendMail({ from, ...mail }).catch((error: unknown) => {
      throw withoutAddress(error);
    });
  }

  async function send(tx: Transaction, linkId: string): Promise<void> {
    const link = await findLinkToSend(tx, linkId);
    // Used, replaced or over before it could be sent: nobody waits for it any more.
    if (link === null) return;
    // The id names the link, so that a mail server can tell a second delivery of the same mail.
    const messageId = `<${linkId}@${new URL(links.publicUrl).hostname}>`;
    await post({ messageId, ...letterOf(link, linkAddress(links, link)) });
  }

  return {
    handlers: [
      {
        name: 'platform.send-links',
        context: 'platform',
        types: [identityLinkIssued.type],
        async handle(tx, events) {
          for (const event of events) await send(tx, readPayload(identityLinkIssued, event).linkId);
        },
      },
    ],
    schedules: noticeMailSchedules({
      publicUrl: links.publicUrl,
      secret: links.secrets[0],
      onMail,
      send: post,
    }),
    stop: () => transport.close(),
  };
}
