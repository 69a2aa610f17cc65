// Expand, then contract: a migration may take away only what no release that still runs beside it uses, and says so
// (docs/guides/operators/upgrade.md).
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';

const folder = fileURLToPath(new URL('../schema/', import.meta.url));

/** The last migration of the first release: what came before it never ran beside an older one. */
const LAST_OF_FIRST_RELEASE = 29;

const CONTRACTS = [
  /\bdrop\s+(table|column|schema|view|materialized\s+view|type)\b/i,
  /\bdrop\s+policy\b/i,
  /\brename\s+(to|column|constraint|value)\b/i,
  /\balter\s+column\s+\w+\s+(set\s+not\s+null|(set\s+data\s+)?type)\b/i,
];
const MARK = /^-- contract: \d+\.\d+\.\d+ was the last /m;

/** Whether this SQL takes something away from the release before without naming the last one that used it. */
function breaksTheReleaseBefore(sql) {
  const bare = sql.replaceAll(/--.*$/gm, '');
  return CONTRACTS.some((contract) => contract.test(bare)) && !MARK.test(sql);
}

test('a migration of a later release takes nothing away without saying who used it last', () => {
  const later = readdirSync(folder).filter(
    (name) => name.endsWith('.sql') && Number.parseInt(name, 10) > LAST_OF_FIRST_RELEASE,
  );
  expect(later.filter((name) => breaksTheReleaseBefore(readFileSync(`${folder}${name}`, 'utf8')))).toEqual(
    [],
  );
});

test.each([
  'alter table people.member drop column nickname;',
  'drop table people.nickname;',
  'alter table people.member rename column nickname to short_name;',
  'alter table people.member alter column nickname set not null;',
  'alter table people.member alter column nickname type text;',
  'drop policy own on people.nickname;',
])('refused without its mark: %s', (sql) => {
  expect(breaksTheReleaseBefore(sql)).toBe(true);
  expect(breaksTheReleaseBefore(`-- contract: 0.1.0 was the last to read it\n${sql}`)).toBe(false);
});

test.each([
  'alter table people.member add column nickname text;',
  '-- drop table is not what this does\ncreate table people.nickname (member_id uuid);',
  'drop function people.old(uuid);',
])('adding is free: %s', (sql) => {
  expect(breaksTheReleaseBefore(sql)).toBe(false);
});
