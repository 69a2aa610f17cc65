// What the books say, asked past the pages: the API as a signed-in person, and PostgreSQL as its owner. The screens are
// compared with both.
import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import type { Person } from './browser.ts';
import { emailOf } from './browser.ts';

const tokens = new Map<Person, string>();

/** Asks the API as a person, who signs in again when what they did on a page ended the session; a refusal is thrown with its code. */
export async function askApi<T>(person: Person, query: string, variables: object = {}): Promise<T> {
  const kept = tokens.get(person);
  if (kept !== undefined) {
    try {
      return await send<T>(query, variables, kept);
    } catch (fault) {
      if (!String(fault).includes('SESSION_ENDED')) throw fault;
    }
  }
  const token = await signInAtApi(person);
  tokens.set(person, token);
  return send<T>(query, variables, token);
}

async function signInAtApi(person: Person): Promise<string> {
  const query = 'mutation In($input: SignInInput!) { signIn(input: $input) { accessToken } }';
  const input = { email: emailOf(person), password: inject('product').password };
  return (await send<{ signIn: { accessToken: string } }>(query, { input })).signIn.accessToken;
}

async function send<T>(query: string, variables: object, token?: string): Promise<T> {
  const response = await fetch(inject('product').apiUrl, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      'x-request-id': randomUUID(),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify({ query, variables }),
  });
  const answer = (await response.json()) as { data?: T; errors?: unknown };
  if (answer.errors || !answer.data) throw new Error(`${query}\n${JSON.stringify(answer.errors)}`);
  return answer.data;
}

/** Rows of the books, read as the owner of the database. */
export async function askOwner<Row extends pg.QueryResultRow>(
  sql: string,
  values: unknown[] = [],
): Promise<Row[]> {
  const client = new pg.Client({ connectionString: inject('product').ownerUrl });
  await client.connect();
  try {
    return (await client.query<Row>(sql, values)).rows;
  } finally {
    await client.end();
  }
}

export interface Capital {
  readonly book: string;
  readonly tax: string;
}

/** Capital of every member who has an account at the end of a day, as the sum of its entries: credits are what is owned. */
export async function capitalByEntries(asOf = '9999-12-31'): Promise<Map<string, Capital>> {
  const rows = await askOwner<Capital & { name: string }>(
    `select m.display_name as name, round(-sum(e.book_minor) / 100.0, 2)::text as book,
       round(-sum(e.tax_minor) / 100.0, 2)::text as tax
     from treasury.entry e join treasury.account a on a.cooperative_id = e.cooperative_id and a.id = e.account_id
     join people.member m on m.cooperative_id = a.cooperative_id and m.member_id = a.member_id
     where e.effective_on <= $1 group by 1`,
    [asOf],
  );
  return new Map(rows.map(({ name, book, tax }) => [name, { book, tax }]));
}

/** Capital of every member at the end of a day, as the API tells it to somebody who may see all. */
export async function capitalByApi(asOf: string): Promise<Map<string, Capital>> {
  const { memberCapital } = await askApi<{
    memberCapital: (Capital & { member: { displayName: string } })[];
  }>('ed', 'query C($asOf: LocalDate) { memberCapital(asOf: $asOf) { book tax member { displayName } } }', {
    asOf,
  });
  return new Map(memberCapital.map(({ member, book, tax }) => [member.displayName, { book, tax }]));
}

/** "35266.48" as a screen groups it, "35,266.48". */
export function grouped(amount: string): string {
  return amount.replace(/\B(?=(\d{3})+(?!\d))/g, ',').replace(/^-/, '\u2212');
}

/** An amount in cents; sums of money are never added as floats. */
export const cents = (amount: string): bigint => BigInt(amount.replace(/[.,]/g, ''));

/** One mutation by this person, and the fields asked of its answer. */
export async function act<T = unknown>(
  who: Person,
  name: string,
  input: object,
  fields = '__typename',
): Promise<T> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${fields} } }`;
  return (await askApi<Record<string, T>>(who, query, { input }))[name] as T;
}

/** Has Mira take this person into Meadow Lane, with an account of theirs. */
export async function join(who: Person, roles: readonly string[]): Promise<void> {
  const called = { displayName: who, email: emailOf(who) };
  const added = { ...called, roles };
  const { member } = await act<{ member: { id: string } }>('mira', 'addMember', added, 'member { id }');
  const { password } = inject('product');
  await act('mira', 'grantAccess', { ...called, memberId: member.id, password });
}
