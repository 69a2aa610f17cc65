// habitat evidence verify: reads every evidence file where it lies and compares it with what was written down when it
// came in: after a restore, and by a schedule of the operator's.
import { openVault } from '@habitat/evidence';
import { listEvidenceFiles } from '@habitat/people';
import type { CooperativeListing } from '@habitat/platform';
import { listCooperatives } from '@habitat/platform';
import { measure } from '@habitat/storage';
import type { Command } from 'commander';
import type { Surroundings } from '../surroundings.ts';
import { cooperativeNamed } from '../surroundings.ts';

async function verifyOne(cli: Surroundings, { cooperativeId, slug }: CooperativeListing): Promise<void> {
  const vault = openVault(cli.config().evidence);
  const files = await listEvidenceFiles(cli.database(), cooperativeId);
  let wrong = 0;
  for (const { fileId, name, sha256, contributionId } of files) {
    const content = await vault.read({ cooperativeId, fileId });
    const found = content === null ? null : (await measure(content)).sha256;
    if (found === sha256) continue;
    wrong += 1;
    const where = contributionId === null ? 'attached to nothing' : `of the contribution ${contributionId}`;
    cli.say(
      `${slug}: WRONG. ${fileId} (${name}, ${where}) ${found === null ? 'is missing' : 'was changed'}.`,
    );
  }
  if (wrong > 0) cli.exitCode = 1;
  cli.say(`${slug}: ${files.length - wrong} of ${files.length} evidence files are as they came in.`);
}

export function addEvidence(program: Command, cli: Surroundings): void {
  program
    .command('evidence')
    .description('prove that no evidence file is missing or was changed')
    .command('verify')
    .summary('compare every file with its SHA-256')
    .description(
      'Reads every evidence file from EVIDENCE_DIRECTORY or the bucket. Ends with 0 when each is as it came in, with 1 when not.',
    )
    .option('--cooperative <slug>', 'only this cooperative')
    .action(async ({ cooperative: slug }: { cooperative?: string }) => {
      const all =
        slug === undefined ? await listCooperatives(cli.database()) : [await cooperativeNamed(cli, slug)];
      for (const one of all) await verifyOne(cli, one);
    });
}
