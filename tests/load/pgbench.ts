// RAW and the posting function called by pgbench, PostgreSQL's own client: what a client in Node costs is out of the
// picture, the round trip and the commit are in it on both sides.
import { spawn } from 'node:child_process';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { debian } from '../../scripts/servers/debian.mjs';
import type { Contender } from './measure.ts';
import type { Ledger } from './posting.ts';

/** The account that stands `step` after the one pgbench drew. */
const account = (step: number) => `(select id from bench.account where n = :start + ${step})`;

const draw = (ledger: Ledger) => `\\set start random(1, ${ledger.accounts.length - 4})\n`;

const rawScript = (ledger: Ledger) => `${draw(ledger)}
with header as (insert into raw.transaction values (uuidv7(), '2026-09-30', 'raw') returning id),
lines as (
  insert into raw.entry (transaction_id, line, account_id, book_minor, tax_minor)
  select header.id, line.n, line.account, line.minor, line.minor
  from header, unnest(array[1, 2, 3, 4], array[${[1, 2, 3, 4].map(account).join(', ')}],
    array[500, 500, -400, -600]) as line (n, account, minor))
insert into raw.outbox (payload) values ('{"type": "posted", "amount": "1000"}');
`;

const guardedScript = (ledger: Ledger) => {
  const lines = [500, 500, -400, -600].map(
    (minor, index) => `row(${account(index + 1)}, null, null, ${minor}, ${minor}, null)`,
  );
  return `${draw(ledger)}
select id from treasury.post_transactions('${ledger.cooperativeId}', '(system,,,bench,,2026-09-30T12:00:00Z)',
  array[row(uuidv7(), '2026-09-30', 'bench', 'manual', null, null, null, null, null, null, null,
    array[${lines.join(', ')}]::treasury.posting_line[])]::treasury.posting[]);
`;
};

/** Numbers the ledger's accounts, so that a script can draw one. Run as the owner. */
export const numberAccounts = (ledger: Ledger) => ({
  text: `create schema bench;
    create table bench.account (n int primary key, id uuid not null);
    insert into bench.account select n, id from unnest('{${ledger.accounts.join(',')}}'::uuid[]) with ordinality as a (id, n);
    grant usage on schema bench to public;
    grant select on bench.account to public;
    analyze bench.account;`,
});

/** Both contenders; `close` removes their scripts. */
export async function pgbenchContenders(
  ledger: Ledger,
  count: number,
  urls: { readonly raw: string; readonly guarded: string },
): Promise<{ raw: Contender; guarded: Contender; close: () => Promise<void> }> {
  const [postgres = ''] = await debian(['postgresql-15']);
  const program = join(dirname(postgres), 'pgbench');
  const folder = await mkdtemp(join(tmpdir(), 'habitat-bench-'));
  const contender = async (
    name: string,
    url: string,
    options: string,
    script: string,
  ): Promise<Contender> => {
    const file = join(folder, `${name.replaceAll(' ', '-')}.sql`);
    await writeFile(file, script);
    return {
      name,
      run: (milliseconds) => transactionsPerSecond(program, { url, options, file, count, milliseconds }),
    };
  };
  return {
    raw: await contender('RAW by pgbench', urls.raw, '', rawScript(ledger)),
    guarded: await contender(
      'guarded posting by pgbench',
      urls.guarded,
      '-c role=habitat_treasury',
      guardedScript(ledger),
    ),
    close: () => rm(folder, { recursive: true }),
  };
}

interface Run {
  readonly url: string;
  readonly options: string;
  readonly file: string;
  readonly count: number;
  readonly milliseconds: number;
}

/** Whole seconds are all pgbench takes. */
function transactionsPerSecond(program: string, run: Run): Promise<number> {
  const seconds = String(Math.max(1, Math.round(run.milliseconds / 1000)));
  const settings = ['--no-vacuum', '--protocol', 'prepared', '--client', String(run.count)];
  return new Promise((resolve, reject) => {
    const child = spawn(program, [...settings, '--time', seconds, '--file', run.file, run.url], {
      env: { ...process.env, PGOPTIONS: run.options },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('error', reject);
    child.once('close', () => {
      const rate = /^tps = ([\d.]+)/m.exec(output)?.[1];
      const isSound = /number of failed transactions: 0 /.test(output) && !/error/i.test(output);
      if (rate === undefined || !isSound) reject(new Error(`pgbench: ${output}`));
      else resolve(Number(rate));
    });
  });
}
