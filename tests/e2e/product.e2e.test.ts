// The browser tests in their order: the pages are looked at while something waits in every queue, the story changes the demo
// cooperative and closes its quarter after them, and what fills it with copies comes last.
import { describe } from 'vitest';

describe('the pages', async () => {
  await import('./pages.ts');
});
describe('a week’s giving', async () => {
  await import('./giving.ts');
});
describe('a budget', async () => {
  await import('./budgets.ts');
});
describe('a table', async () => {
  await import('./tables.ts');
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
describe('our own fault', async () => {
  await import('./faults.ts');
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
describe('a state', async () => {
  await import('./state/every-page.ts');
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
  await import('./room/security.ts');
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
describe('a quarter’s work', async () => {
  await import('./story.ts');
});
describe('ten thousand', async () => {
  await import('./state/ten-thousand.ts');
});
