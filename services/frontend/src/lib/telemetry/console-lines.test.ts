// What the framework prints becomes one line of JSON, whatever a stranger put into it.
import { createLog } from '@habitat/observability';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { sayInLines } from './console-lines.ts';

function listening() {
  const written: string[] = [];
  const log = createLog({
    service: 'frontend',
    level: 'warn',
    destination: { write: (text) => void written.push(text) },
  });
  const spoken: Pick<Console, 'error' | 'warn'> = { error: () => undefined, warn: () => undefined };
  sayInLines(log, spoken);
  const lines = () => written.join('').split('\n').slice(0, -1);
  return { spoken, lines, only: () => JSON.parse(lines().join('\n')) as Record<string, unknown> };
}

it('a fault is one line: its sentence without what it quotes, its places, its digest', () => {
  const { spoken, only } = listening();
  const text =
    'Failed to find Server Action "canary in the header". It might be older.\nRead more: https://x.example';
  spoken.warn(Object.assign(new Error(text), { digest: '42' }));
  const line = only();
  expect(line).toMatchObject({
    level: 'warn',
    service: 'frontend',
    msg: 'Failed to find Server Action "…". It might be older. Read more: https://x.example',
    err: { type: 'Error', digest: '42' },
  });
  expect(JSON.stringify(line)).not.toContain('canary');
  expect((line['err'] as { stack: string[] }).stack[0]).toMatch(/^at .*console-lines\.test\.ts/);
});

it('facts handed over by name stand by name', () => {
  const { spoken, only } = listening();
  spoken.error('a page threw', { correlationId: 'request-1', digest: '7' });
  expect(only()).toMatchObject({
    level: 'error',
    msg: 'a page threw',
    correlationId: 'request-1',
    digest: '7',
  });
});

it('whatever a stranger sent in quotes, one short line comes of it, and none of their words', () => {
  const stranger = fc.string({
    unit: fc.constantFrom('"', '`', '\\', '\n', '\u001b[31m', ' at ', 'x', '’'),
    maxLength: 60,
  });
  fc.assert(
    fc.property(
      stranger,
      stranger,
      fc.constantFrom('"', '`'),
      fc.boolean(),
      (before, after, quote, isFault) => {
        const { spoken, lines, only } = listening();
        const text = `Failed to find ${quote}${before}canary${after}${quote}. It might be older.`;
        spoken.error(isFault ? new Error(text) : text);
        expect(lines()).toHaveLength(1);
        expect(JSON.stringify(only())).not.toContain('canary');
        expect(only()['msg']).toBe('Failed to find "…". It might be older.');
      },
    ),
  );
});

it('a sentence without end is cut', () => {
  const { spoken, only } = listening();
  spoken.warn('x'.repeat(10_000));
  expect(only()['msg']).toBe(`${'x'.repeat(300)}…`);
});
