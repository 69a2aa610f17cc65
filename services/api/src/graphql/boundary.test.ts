// What crosses the edge of the API: ids, cursors and refusals.
import { newId } from '@habitat/kernel';
import { describe, expect, test } from 'vitest';
import { decodeGlobalId, encodeGlobalId } from './global-id.ts';
import { decodeCursor, encodeCursor, readPage } from './page.ts';
import { classify, refusalError } from './refusal.ts';

const money = (minor: bigint) => `${minor / 100n}.${String(minor % 100n).padStart(2, '0')}`;

describe('a global id', () => {
  test('comes back as the type and UUID it was made of', () => {
    const id = newId();
    expect(decodeGlobalId(encodeGlobalId('Member', id))).toEqual({ typename: 'Member', id });
  });
  test.each(['', 'x', 'TWVtYmVyOjE', Buffer.from('Member:1; drop table').toString('base64url')])(
    'that is “%s” is refused',
    (text) => {
      expect(() => decodeGlobalId(text)).toThrow(/is not an id of this API/);
    },
  );
});

describe('a page', () => {
  const rows = Array.from({ length: 7 }, (_, place) => ({ key: String(place) }));
  const keyOf = { parts: ['words'] as const, of: (row: { key: string }) => [row.key] };
  const load = ({ limit, after }: { limit: number; after: readonly string[] | null }) =>
    Promise.resolve(rows.filter((row) => after === null || row.key > (after[0] ?? '')).slice(0, limit));

  test('goes on where the one before ended, and knows its end', async () => {
    const first = await readPage({ first: 3 }, keyOf, load);
    expect(first.edges.map((edge) => edge.node.key)).toEqual(['0', '1', '2']);
    expect(first.pageInfo).toMatchObject({ hasNextPage: true, hasPreviousPage: false });
    const last = await readPage({ first: 4, after: first.pageInfo.endCursor }, keyOf, load);
    expect(last.edges.map((edge) => edge.node.key)).toEqual(['3', '4', '5', '6']);
    expect(last.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
  });
  test.each([0, -1, 201])('of %i entries is refused', async (first) => {
    await expect(readPage({ first }, keyOf, load)).rejects.toMatchObject({
      extensions: { code: 'VALIDATION_ERROR', path: ['first'] },
    });
  });
  test.each(['x', encodeCursor(['1', '2']), Buffer.from('{"a":1}').toString('base64url')])(
    'after “%s” is refused',
    (cursor) => {
      expect(() => decodeCursor(cursor, ['words'])).toThrow(/does not belong to this list/);
    },
  );
});

describe('a refusal', () => {
  test.each([
    ['MEMBER_NOT_FOUND', 'NOT_FOUND'],
    ['UNKNOWN_ACCOUNT', 'NOT_FOUND'],
    ['FORBIDDEN', 'FORBIDDEN'],
    ['OWN_CONTRIBUTION', 'FORBIDDEN'],
    ['ALREADY_DECIDED', 'CONFLICT'],
    ['LOGIN_LINKED_ALREADY', 'CONFLICT'],
    ['IDEMPOTENCY_CONFLICT', 'CONFLICT'],
    ['PERIOD_CLOSED', 'CONFLICT'],
    ['EMAIL_TAKEN', 'CONFLICT'],
    ['TOO_MANY_ATTEMPTS', 'RATE_LIMITED'],
    ['CASH_RESERVE', 'CONFLICT'],
    ['TRANSITION_NOT_ALLOWED', 'CONFLICT'],
    ['LOGGED_BY_YOU', 'FORBIDDEN'],
    ['DUPLICATE_ID', 'VALIDATION_ERROR'],
    ['REASON_REQUIRED', 'VALIDATION_ERROR'],
  ])('%s is a %s', (code, expected) => expect(classify(code)).toBe(expected));

  test('points at its field below the input and tells amounts as money', () => {
    const refusal = { code: 'UNBALANCED', path: 'entries[1].bookMinor', mostMinor: 20_000n, members: 3 };
    expect(refusalError(refusal, money).extensions).toEqual({
      code: 'VALIDATION_ERROR',
      reason: 'UNBALANCED',
      path: ['input', 'entries', 1, 'book'],
      most: '200.00',
      members: 3,
    });
  });
});
