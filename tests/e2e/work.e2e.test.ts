// What is done, in its order: the last story closes the demo cooperative's quarter.
import { describe } from 'vitest';

describe('a week’s giving', async () => {
  await import('./giving.ts');
});
describe('a refusal', async () => {
  await import('./refusals.ts');
});
describe('what others do', async () => {
  await import('./live.ts');
});
describe('the books', async () => {
  await import('./room/treasury.ts');
});
describe('the books, once more', async () => {
  await import('./room/books.ts');
});
describe('pressed twice', async () => {
  await import('./twice.ts');
});
describe('keys alone', async () => {
  await import('./keyboard.ts');
});
describe('the members', async () => {
  await import('./room/members.ts');
});
describe('the way in', async () => {
  await import('./identity.ts');
});
describe('a session', async () => {
  await import('./room/session.ts');
});
describe('the settings', async () => {
  await import('./room/settings.ts');
});
describe('the machinery', async () => {
  await import('./room/operations.ts');
});
describe('what one is told', async () => {
  await import('./room/notifications.ts');
});
describe('evidence', async () => {
  await import('./room/evidence.ts');
});
describe('one’s own account', async () => {
  await import('./own/security.ts');
});
describe('where one is paid', async () => {
  await import('./own/payout.ts');
});
describe('webhooks', async () => {
  await import('./room/webhooks.ts');
});
describe('the audit trail', async () => {
  await import('./room/audit.ts');
});
describe('what if', async () => {
  await import('./room/what-if.ts');
});
describe('another value', async () => {
  await import('./room/override.ts');
});
describe('a quarter’s work', async () => {
  await import('./story.ts');
});
describe('ten thousand', async () => {
  await import('./state/ten-thousand.ts');
});
describe('peers', async () => {
  await import('./state/peers.ts');
});
