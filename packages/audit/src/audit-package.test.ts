import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { entryLine, headerLine, PACKAGE_FORMAT, signingKeyOf, verifyPackage } from './audit-package.ts';
import type { PackageHeader } from './audit-package.ts';
import { walkChain } from './chain.ts';
import type { AuditEntry, SealedEntry } from './entry.ts';
import { GENESIS, hashOf } from './entry.ts';

const COOPERATIVE = '00000000-0000-7000-8000-000000000001';
const key = signingKeyOf('11'.repeat(32));
const exporter = { exportedAt: '2026-03-01T12:00:00.000Z', exportedBy: 'Noor' };

function entryOf(index: number, payload: AuditEntry['payload'] = { hours: '6' }): AuditEntry {
  return {
    id: `00000000-0000-7000-8000-${String(index).padStart(12, '0')}`,
    cooperativeId: COOPERATIVE,
    recordedAt: `2026-02-01T08:00:00.${String(index).padStart(6, '0')}Z`,
    type: 'people.contribution.approved',
    version: 1,
    aggregateType: 'contribution',
    aggregateId: '00000000-0000-7000-8000-00000000aaaa',
    actorKind: 'person',
    actorLoginId: null,
    actorMemberId: null,
    command: 'approveContribution',
    sessionId: null,
    correlationId: `request-${index}`,
    causationId: null,
    payload,
  };
}

function chainOf(entries: readonly AuditEntry[]): SealedEntry[] {
  let previous = GENESIS;
  return entries.map((entry, index) => {
    previous = hashOf(index + 1, previous, entry);
    return { sequence: index + 1, hash: previous, entry };
  });
}

function packageOf(chain: readonly SealedEntry[], first = 1): string[] {
  const part = chain.slice(first - 1);
  const before = chain[first - 2];
  const last = part.at(-1);
  const after = before === undefined ? { sequence: 0, hash: GENESIS } : place(before);
  const header: PackageHeader = {
    format: PACKAGE_FORMAT,
    cooperativeId: COOPERATIVE,
    cooperativeName: 'Riverbend',
    after,
    head: last === undefined ? after : place(last),
    ...exporter,
    publicKey: key.publicKey,
  };
  return [headerLine(header, key), ...part.map(entryLine)].map((line) => line.trimEnd());
}

const place = ({ sequence, hash }: SealedEntry) => ({ sequence, hash });
const ten = chainOf(Array.from({ length: 10 }, (_, index) => entryOf(index + 1)));

describe('a package of the audit trail', () => {
  test('is sound as exported, whole or from any entry on', async () => {
    for (const first of [1, 2, 10]) {
      expect(await verifyPackage(packageOf(ten, first))).toMatchObject({ ok: true, entries: 11 - first });
    }
    expect(await verifyPackage(packageOf([]))).toMatchObject({ ok: true, entries: 0 });
  });

  test('tells the very entry in which one character was changed, wherever it is', async () => {
    const lines = packageOf(ten);
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 10 }), fc.nat(), async (line, at) => {
        const text = lines[line] ?? '';
        const changed = [...lines];
        const index = at % text.length;
        changed[line] = `${text.slice(0, index)}${text[index] === '7' ? '8' : '7'}${text.slice(index + 1)}`;
        const verdict = await verifyPackage(changed);
        expect(verdict.ok).toBe(false);
        if (verdict.ok) return;
        const { fault } = verdict;
        const told = 'line' in fault ? fault.line - 1 : 'sequence' in fault ? fault.sequence : 0;
        // A changed "sequence" is told as the place it left or as one beyond the end.
        expect(fault.code === 'TOO_LONG' ? line : told).toBe(line);
      }),
      { numRuns: 300 },
    );
  });

  test('with an entry left out, put in twice or swapped is told at that place', async () => {
    const lines = packageOf(ten);
    const without = lines.toSpliced(4, 1);
    expect(await verifyPackage(without)).toEqual({
      ok: false,
      fault: { code: 'ENTRY_MISSING', sequence: 4, found: 5 },
    });
    const doubled = lines.toSpliced(4, 0, lines[4] ?? '');
    expect(await verifyPackage(doubled)).toMatchObject({ fault: { code: 'ENTRY_MISSING', sequence: 5 } });
    const swapped = lines.with(4, lines[5] ?? '').with(5, lines[4] ?? '');
    expect(await verifyPackage(swapped)).toMatchObject({ fault: { code: 'ENTRY_MISSING', sequence: 4 } });
  });

  test('that ends before its head, or goes on behind it, is refused', async () => {
    const lines = packageOf(ten);
    expect(await verifyPackage(lines.slice(0, -1))).toMatchObject({
      fault: { code: 'ENTRY_MISSING', sequence: 10, found: null },
    });
    expect(await verifyPackage([...packageOf(ten.slice(0, 9)), lines[10] ?? ''])).toMatchObject({
      fault: { code: 'TOO_LONG', sequence: 10 },
    });
  });

  test('whose chain was written anew is caught by its signature, or by an anchor kept elsewhere', async () => {
    const forged = chainOf(
      ten.map(({ entry }, index) => (index === 3 ? entryOf(4, { hours: '60' }) : entry)),
    );
    const [header = ''] = packageOf(ten);
    const rest = packageOf(forged).slice(1);
    expect(await verifyPackage([header, ...rest])).toMatchObject({
      fault: { code: 'ANCHOR_DIFFERS', sequence: 10 },
    });
    const [, , third, fourth] = ten;
    const anchors = [third, fourth].flatMap((one) => (one === undefined ? [] : [place(one)]));
    expect(await verifyPackage(packageOf(forged), { anchors })).toMatchObject({
      fault: { code: 'ANCHOR_DIFFERS', sequence: 4 },
    });
  });

  test('with a changed header or another installation’s key is refused', async () => {
    const [header = '', ...rest] = packageOf(ten);
    const renamed = header.replace('Riverbend', 'Otherbend');
    expect(await verifyPackage([renamed, ...rest])).toMatchObject({ fault: { code: 'SIGNATURE_WRONG' } });
    expect(
      await verifyPackage([header, ...rest], { fingerprint: 'aaaa bbbb cccc dddd eeee ffff 0000 1111' }),
    ).toMatchObject({ fault: { code: 'OTHER_KEY' } });
    for (const nonsense of [[], [''], ['{}'], ['not json']])
      expect(await verifyPackage(nonsense)).toEqual({ ok: false, fault: { code: 'NOT_A_PACKAGE' } });
  });

  test('with another cooperative’s entry in a chain of its own is refused', async () => {
    const foreign = chainOf([{ ...entryOf(1), cooperativeId: '00000000-0000-7000-8000-000000000002' }]);
    expect(await verifyPackage(packageOf(foreign))).toMatchObject({
      fault: { code: 'OTHER_COOPERATIVE', sequence: 1 },
    });
  });
});

test('a walk tells the first fault and nothing behind it', () => {
  const walk = walkChain();
  const [first, , third] = ten;
  if (first === undefined || third === undefined) throw new Error('ten entries');
  expect(walk.next(first)).toBeNull();
  const fault = walk.next(third);
  expect(fault).toEqual({ code: 'ENTRY_MISSING', sequence: 2, found: 3 });
  expect(walk.end()).toBe(fault);
  expect(walk.head()).toEqual(place(first));
});
