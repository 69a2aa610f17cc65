// No message hints at names that exist, and none keeps the process busy, however long what somebody sent with it.
import { expect, test } from 'vitest';
import { withoutHint } from './error.ts';

test.each([
  [
    'Cannot query field "mee" on type "Query". Did you mean "me"?',
    'Cannot query field "mee" on type "Query".',
  ],
  ['What did you mean?', 'What did you mean?'],
  ['No. Did you mean it', 'No. Did you mean it'],
])('%s', (message, said) => {
  expect(withoutHint(message)).toBe(said);
});

test('a message as long as a request may be, full of beginnings of hints, is read once', () => {
  const hints = ' Did you mean '.repeat(37_000);
  expect(withoutHint(`no${hints}?x`)).toBe(`no${hints}?x`);
  expect(withoutHint(`no${hints}?`)).toBe('no');
});
