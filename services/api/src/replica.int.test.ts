// Reports over HTTP with a real streaming standby: they are read there, and whoever has just written sees it all the same.
import type { Database } from '@habitat/database';
import { openDatabase } from '@habitat/database';
import { startPostgres } from '@habitat/test-services';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { NO_ALLOWANCES } from './guard/allowance.ts';
import type { Founded } from './testing/served-cooperative.ts';
import { PASSWORD, Served } from './testing/served-cooperative.ts';

type Server = Awaited<ReturnType<typeof startPostgres>>;

let primary: Server;
let standby: Awaited<ReturnType<Server['standby']>>;
let replica: Database;
let served: Served;
let river: Founded;
const token = { admin: '', auditor: '' };

const REPORTS = `{
  trialBalance { bookTotal }
  balanceSheet { asOf }
  incomeStatement(from: "2026-10-01", to: "2026-12-31") { netIncome { book } }
  journal { totalCount }
  memberCapital { book }
}`;

function onStandby(url: string): string {
  const address = new URL(url);
  address.port = String(standby.port);
  return address.href;
}

/** Reads by choice, as the metrics count them. */
async function reads(): Promise<Record<string, number>> {
  const text = await (await fetch(`${served.url}/metrics`)).text();
  const found = text.matchAll(/habitat_report_reads_total\{choice="(\w+)".*\} (\d+)/g);
  return Object.fromEntries([...found].map((match) => [match[1] ?? '', Number(match[2])]));
}

async function journalOf(who: string): Promise<number> {
  const answer = await served.ask(REPORTS, {}, who);
  expect(answer.errors).toEqual([]);
  return answer.body.data.journal.totalCount;
}

async function act(name: string, input: object, who: string, payload: string): Promise<void> {
  const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
  const query = `mutation ($input: ${type}!) { ${name}(input: $input) { ${payload} } }`;
  expect((await served.ask(query, { input }, who)).errors).toEqual([]);
}

const post = (who: string) =>
  act(
    'postTransaction',
    {
      effectiveOn: '2026-11-12',
      description: 'Bread sold',
      entries: [
        { accountCode: '1110', book: '100.00', tax: '100.00' },
        { accountCode: '4210', book: '-100.00', tax: '-100.00' },
      ],
    },
    who,
    'transaction { id }',
  );

beforeAll(async () => {
  primary = await startPostgres();
  served = await Served.start({
    serverUrl: primary.ownerUrl,
    allowances: NO_ALLOWANCES,
    async replica(db) {
      standby = await primary.standby();
      replica = openDatabase({ url: onStandby(db.appUrl), poolSize: 3, connectTimeoutMs: 1_000 });
      // A lag that no pause of this test reaches, and short enough for the start to be forgotten.
      return { database: replica, maxLagMs: 4_000 };
    },
  });
  river = await served.found('riverbend');
  await served.test.asOwner(
    `insert into people.role_assignment (cooperative_id, assignment_id, member_id, role, granted_by_kind, reason, granted_at)
     select $1, gen_random_uuid(), $2, 'treasurer', 'system', 'a test of reports', $3`,
    [river.cooperativeId, river.memberId, served.now],
  );
  token.admin = (await served.signIn(river.email)).accessToken;
  const email = 'audrey@riverbend.example';
  const query = 'mutation ($input: AddMemberInput!) { addMember(input: $input) { member { id } } }';
  const input = { displayName: 'Audrey', email, roles: ['auditor'], joinedOn: '2026-10-01' };
  const added = await served.ask(query, { input }, token.admin);
  await served.settle();
  const memberId: string = added.body.data.addMember.member.id;
  await act(
    'grantAccess',
    { memberId, email, displayName: 'Audrey', password: PASSWORD },
    token.admin,
    'memberId',
  );
  token.auditor = (await served.signIn(email)).accessToken;
});
afterAll(async () => {
  await served?.stop();
  await replica?.end();
  await standby?.stop();
  await primary?.stop();
});

test('reports are read from the standby', async () => {
  await expect
    .poll(
      async () => {
        await journalOf(token.auditor);
        return (await reads())['replica'] ?? 0;
      },
      { timeout: 20_000, interval: 250 },
    )
    .toBeGreaterThan(0);
});

test('whoever has just written reads it, while others may still read what was before', async () => {
  await expect.poll(() => journalOf(token.auditor)).toBe(0);
  await standby.pause();
  await post(token.admin);
  const before = await reads();
  expect(await journalOf(token.admin)).toBe(1);
  expect(await journalOf(token.auditor)).toBe(0);
  const after = await reads();
  expect((after['own_write'] ?? 0) - (before['own_write'] ?? 0)).toBe(1);
  expect((after['replica'] ?? 0) - (before['replica'] ?? 0)).toBe(1);
  await standby.resume();
  await expect.poll(() => journalOf(token.auditor)).toBe(1);
});

test('with the standby gone reports go on, without an error', async () => {
  await standby.kill();
  for (let asked = 0; asked < 5; asked += 1) expect(await journalOf(token.auditor)).toBe(1);
  await post(token.admin);
  expect(await journalOf(token.admin)).toBe(2);
  expect((await reads())['down']).toBeGreaterThan(0);
});
