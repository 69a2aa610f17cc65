// Mails of notices over a real mail server: once each, in the reader's language, with nothing foreign in a header; the
// day's together in the morning; tried again while the server is busy.
import type { TestDatabase } from '@habitat/database/testing';
import { createTestDatabase } from '@habitat/database/testing';
import { runTransaction } from '@habitat/database';
import { expectAccepted, newId, systemActor } from '@habitat/kernel';
import { drainEvents } from '@habitat/messaging';
import type { Notice, NoticeKind } from '@habitat/notifications';
import { giveNotices, listPreferences, stopMail } from '@habitat/notifications';
import { createCooperative } from '@habitat/platform';
import type { ArrivedMail, TestMailServer } from '@habitat/test-services';
import { plainText, startMailServer } from '@habitat/test-services';
import { sharedPostgresUrl } from '@habitat/test-services/shared';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { allHandlers } from '../subscriptions/index.ts';
import type { Mailing } from './mailing.ts';
import { createMailing } from './mailing.ts';
import type { MailOutcome } from './notice-mail.ts';

const SECRET = 'k'.repeat(64);
const outcomes: MailOutcome[] = [];
let server: TestDatabase;
let mail: TestMailServer;
let mailing: Mailing;
let now = new Date('2026-12-01T10:00:00Z');
let cooperativeId = '';
let memberId = '';
let loginId = '';

async function tell(kind: NoticeKind, facts: Record<string, string> = {}): Promise<void> {
  const notice: Notice = {
    kind,
    facts,
    audience: { to: 'members', memberIds: [memberId] },
    source: newId(),
    byMemberId: null,
    subjectId: newId(),
    at: now,
  };
  const actor = systemActor(cooperativeId);
  await runTransaction(
    server.database,
    'platform',
    { cooperativeId, actor, now, correlationId: 'mail' },
    (tx) => giveNotices(tx, [notice], async () => [{ ...notice, memberIds: [memberId] }]),
  );
}
async function run(): Promise<ArrivedMail[]> {
  const before = mail.arrived.length;
  for (const schedule of mailing.schedules) await schedule.run(server.database, now);
  return mail.arrived.slice(before);
}
const later = (minutes: number) => {
  now = new Date(now.getTime() + minutes * 60_000);
};
/** The headers of a message with their folding undone. */
const headersOf = ({ message }: ArrivedMail) =>
  (message.split(/\r?\n\r?\n/)[0] ?? '').replace(/\r?\n[ \t]+/g, ' ');

beforeAll(async () => {
  server = await createTestDatabase(await sharedPostgresUrl());
  mail = await startMailServer();
  const links = { secrets: [SECRET] as const, publicUrl: 'https://pages.example', isMailed: true };
  const settings = { url: mail.url, from: 'Habitat <habitat@pages.example>', links };
  mailing = createMailing(settings, (outcome) => outcomes.push(outcome));
  const founded = expectAccepted(
    await createCooperative(
      server.database,
      { now, correlationId: 'mail' },
      {
        name: 'Riverbend',
        slug: 'riverbend',
        currency: 'USD',
        timeZone: 'America/New_York',
        taxRegime: 'subchapter_k',
        template: 'limited-cooperative-association',
        firstPeriodStartsOn: '2026-10-01',
        periodLength: 'quarter',
        administrator: { email: 'ada@riverbend.example', displayName: 'Ada', password: 'four words do it' },
      },
    ),
  );
  ({ cooperativeId, memberId, loginId } = founded);
  await drainEvents({ database: server.database, handlers: allHandlers, clock: () => now });
});
afterAll(async () => {
  mailing.stop();
  await mail.stop();
  await server.end();
});

test('a notice that is told at once is mailed once, plain and as HTML, with the way there and out', async () => {
  await tell('distribution_paid', { amountMinor: '71155', day: '2026-12-01' });
  const [sent, ...more] = await run();
  expect(more).toEqual([]);
  if (sent === undefined) throw new Error('nothing was mailed');
  expect(sent.to).toEqual(['ada@riverbend.example']);
  const headers = headersOf(sent);
  expect(headers).toMatch(/^Subject: Riverbend: \$711\.55 was paid to you on December 1, 2026\.$/m);
  expect(headers).toMatch(/^List-Unsubscribe: <https:\/\/pages\.example\/unsubscribe\/[^>]+>$/m);
  expect(headers).toMatch(/^Content-Type: multipart\/alternative/m);
  expect(plainText(sent)).toContain('https://pages.example/statements');
  expect(sent.message).not.toMatch(/<img|src=/);
  expect(await run()).toEqual([]);
});

test('what others wrote is escaped and begins no second header', async () => {
  const reason = 'No.\r\nBcc: everybody@elsewhere.example\r\n\r\n<script>alert(1)</script>';
  await tell('contribution_rejected', { number: '7', category: 'field', reason });
  const [sent] = await run();
  if (sent === undefined) throw new Error('nothing was mailed');
  expect(sent.to).toEqual(['ada@riverbend.example']);
  expect(headersOf(sent)).not.toMatch(/^Bcc:/im);
  expect(sent.message).toContain('&lt;script&gt;');
});

test('a server that is busy is tried again after a pause, and the mail comes once', async () => {
  mail.refuseNext(1);
  await tell('statement_ready');
  expect(await run()).toEqual([]);
  expect(await run()).toEqual([]);
  later(2);
  expect(await run()).toHaveLength(1);
  expect(await run()).toEqual([]);
  expect(outcomes.slice(-2)).toEqual(['later', 'sent']);
});

test('a mail that is never taken is given up after six tries', async () => {
  mail.refuseNext(100);
  await tell('statement_ready');
  for (let tried = 0; tried < 9; tried += 1) {
    await run();
    later(400);
  }
  mail.refuseNext(0);
  expect(outcomes.filter((one) => one === 'over')).toHaveLength(1);
  expect(await run()).toEqual([]);
});

test('what happened in a day comes together in its morning, once, in the language of the account', async () => {
  await server.asOwner(`update platform.login set preferences = '{"locale":"es"}' where id = $1`, [loginId]);
  now = new Date('2026-12-05T20:00:00Z');
  await run();
  await tell('contribution_approved', { number: '1', category: 'field', amountMinor: '10000' });
  await tell('contribution_approved', { number: '2', category: 'field', amountMinor: '20000' });
  expect(await run()).toEqual([]);
  // Six in the morning in New York, then half past seven.
  now = new Date('2026-12-06T11:00:00Z');
  expect(await run()).toEqual([]);
  now = new Date('2026-12-06T12:30:00Z');
  const sent = await run();
  expect(sent).toHaveLength(1);
  expect(headersOf(sent[0] as ArrivedMail)).toMatch(/^Subject: Riverbend: 2 para ti$/m);
  later(60);
  expect(await run()).toEqual([]);
});

test('the link in a mail stops that kind alone; a made-up one stops nothing', async () => {
  await tell('statement_ready');
  const [sent] = await run();
  const token = /unsubscribe\/([^>\s]+)>/.exec(headersOf(sent as ArrivedMail))?.[1] ?? '';
  const facts = { now, correlationId: 'mail', secrets: [SECRET] };
  const forged = token.replace('statement_ready', 'security');
  for (const one of [forged, `${token}x`, '', 'a.b.c.d'])
    expect(await stopMail(server.database, facts, { token: one })).toMatchObject({
      refusal: { code: 'LINK_UNKNOWN' },
    });
  expectAccepted(await stopMail(server.database, facts, { token }));
  const chosen = await listPreferences(server.database, { cooperativeId, memberId });
  expect(chosen.filter(({ kind }) => ['statement_ready', 'security'].includes(kind))).toEqual([
    { kind: 'statement_ready', listed: true, mail: 'off' },
    { kind: 'security', listed: true, mail: 'at_once' },
  ]);
  await tell('statement_ready');
  expect(await run()).toEqual([]);
});
