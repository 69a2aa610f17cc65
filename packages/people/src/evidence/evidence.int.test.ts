// Evidence files against a real database: attached by their uploader alone, while the work is undecided, and kept.
import { newId } from '@habitat/kernel';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { editContribution } from '../contribution/author.commands.ts';
import { logContribution } from '../contribution/logging.commands.ts';
import { faultsIn } from '../testing/checks.ts';
import type { Person } from '../testing/cooperative.ts';
import { connect, foundCooperative } from '../testing/cooperative.ts';
import type { TestDatabase } from '../testing/database.ts';
import type { Town } from '../testing/town.ts';
import { code, foundTown } from '../testing/town.ts';
import { dropUnattachedEvidence, uploadEvidence } from './evidence.commands.ts';
import { evidenceFilesOf, findEvidenceFile, listEvidenceFiles } from './evidence.queries.ts';

let owner: TestDatabase;
let town: Town;

beforeAll(async () => {
  owner = await connect();
  town = await foundTown(owner);
});
afterAll(async () => {
  expect(await faultsIn(owner)).toEqual([]);
  await owner.end();
});

const work = {
  kind: 'labor',
  category: 'Engineering',
  quantity: '6',
  workedOn: '2026-09-18',
  description: 'Pump controller',
};
const photo = () => ({
  fileId: newId(),
  name: 'pump.jpg',
  mediaType: 'image/jpeg',
  sizeBytes: 120_000,
  sha256: 'ab'.repeat(32),
  scannedBy: null,
});

async function uploaded(who: Person, key?: string): Promise<string> {
  const answer = await uploadEvidence(town.world.database, town.world.as(who, key), photo());
  if (!answer.ok) throw new Error(answer.refusal.code);
  return answer.value.fileId;
}
const log = (who: Person, evidenceFiles: readonly string[], submit = true) =>
  logContribution(town.world.database, town.world.as(who), { ...work, evidenceFiles, submit });
const namesOf = async (contributionId: string) =>
  (await evidenceFilesOf(town.world.database, town.world.cooperativeId, [contributionId])).map(
    ({ fileId }) => fileId,
  );

test('a file is attached with what is logged, and its hash stands in the trail', async () => {
  const fileId = await uploaded(town.alice);
  const answer = await log(town.alice, [fileId]);
  const contributionId = answer.ok ? answer.value.contributionId : '';
  expect(await namesOf(contributionId)).toEqual([fileId]);
  expect(await town.world.published('people.contribution.evidence_attached')).toEqual([
    expect.objectContaining({ contributionId, fileId, sizeBytes: 120_000, sha256: 'ab'.repeat(32) }),
  ]);
});

test('a second upload under the same key is the first one', async () => {
  const first = await uploaded(town.alice, 'one-photo');
  expect(await uploaded(town.alice, 'one-photo')).toBe(first);
});

test('nobody attaches a file of another, one attached before, or one that is none; nothing is logged then', async () => {
  const hers = await uploaded(town.alice);
  expect(code(await log(town.bob, [hers]))).toBe('EVIDENCE_FILE_NOT_FOUND');
  expect(code(await log(town.alice, [hers]))).toBe('ok');
  const before = (await listEvidenceFiles(town.world.database, town.world.cooperativeId)).length;
  for (const file of [hers, newId(), '../../etc/passwd'])
    expect(code(await log(town.alice, [file]))).toBe('EVIDENCE_FILE_NOT_FOUND');
  expect(await listEvidenceFiles(town.world.database, town.world.cooperativeId)).toHaveLength(before);
});

test('a contribution takes ten files', async () => {
  const files = await Promise.all(Array.from({ length: 11 }, () => uploaded(town.bob)));
  expect(code(await log(town.bob, files))).toBe('EVIDENCE_TOO_MANY');
  expect(code(await log(town.bob, files.slice(0, 10)))).toBe('ok');
});

test('whoever lets thirty files wait brings no more until some are attached or gone', async () => {
  await Promise.all(Array.from({ length: 30 }, () => uploaded(town.carol)));
  const next = await uploadEvidence(town.world.database, town.world.as(town.carol), photo());
  expect(code(next)).toBe('EVIDENCE_TOO_MANY');
});

test('files are added while the work is undecided, and not after', async () => {
  const answer = await log(town.alice, [await uploaded(town.alice)]);
  const contributionId = answer.ok ? answer.value.contributionId : '';
  const edit = async () => {
    const input = { ...work, contributionId, evidenceFiles: [await uploaded(town.alice)] };
    return code(await editContribution(town.world.database, town.world.as(town.alice), input));
  };
  expect(await edit()).toBe('ok');
  expect(await namesOf(contributionId)).toHaveLength(2);
  await town.approve(town.carol, contributionId);
  expect(await edit()).toBe('WRONG_STATE');
});

describe('who may have a file', () => {
  const find = (actor: Person, fileId: string) =>
    findEvidenceFile(town.world.database, { actor, now: town.world.now }, fileId);

  test('before it is attached its uploader alone; then whoever sees the contribution', async () => {
    const fileId = await uploaded(town.alice);
    expect(await find(town.alice, fileId)).toMatchObject({ fileId, name: 'pump.jpg' });
    expect(await find(town.carol, fileId)).toBeNull();
    await log(town.alice, [fileId]);
    expect(await find(town.carol, fileId)).toMatchObject({ fileId });
    expect(await find(town.bob, fileId)).toBeNull();
  });

  test('nobody of another cooperative, whatever their roles', async () => {
    const fileId = await uploaded(town.alice);
    await log(town.alice, [fileId]);
    const other = await foundCooperative(owner, 'elsewhere');
    expect(await find(other.admin, fileId)).toBeNull();
  });
});

test('a file nobody attached is gone after its day; an attached one is never changed, by anybody', async () => {
  const { database, cooperativeId, now } = town.world;
  const loose = await uploaded(town.alice);
  const kept = await uploaded(town.alice);
  await log(town.alice, [kept]);
  expect(await dropUnattachedEvidence(database, cooperativeId, new Date(now.getTime() - 1))).toEqual([]);
  const dropped = await dropUnattachedEvidence(database, cooperativeId, new Date(now.getTime() + 1));
  expect(dropped).toContain(loose);
  expect(dropped).not.toContain(kept);
  for (const sql of [
    'delete from people.evidence_file where file_id = $1',
    `update people.evidence_file set contribution_id = null, attached_at = null where file_id = $1`,
    `update people.evidence_file set sha256 = repeat('0', 64) where file_id = $1`,
  ])
    await expect(owner.asOwner(sql, [kept])).rejects.toMatchObject({ code: 'HB001' });
});
