// What is only looked at: the pages on every screen, their budgets, tables, states and faults, while something waits in every
// queue of the demo cooperative. The longer half.
import { describe } from 'vitest';

describe('the pages', async () => {
  await import('./pages.ts');
});
describe('a budget', async () => {
  await import('./budgets.ts');
});
describe('a table', async () => {
  await import('./tables.ts');
});
describe('a state', async () => {
  await import('./state/every-page.ts');
});
describe('on paper', async () => {
  await import('./state/printed.ts');
});
describe('our own fault', async () => {
  await import('./faults.ts');
});
describe('what people write', async () => {
  await import('./state/written.ts');
});
