// habitat audit check | verify: walks the chains in the database, or a package somebody brought, and names the first
// broken entry. Verifying a package needs neither database nor settings.
import { createReadStream } from 'node:fs';
import { access } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import type { Anchor, PackageFault } from '@habitat/audit';
import { verifyPackage } from '@habitat/audit';
import { getAuditHead, sealAuditTrail, verifyAuditTrail } from '@habitat/messaging';
import type { CooperativeListing } from '@habitat/platform';
import { listCooperatives } from '@habitat/platform';
import type { Command } from 'commander';
import { ClearError } from '../clear-error.ts';
import type { Surroundings } from '../surroundings.ts';
import { cooperativeNamed } from '../surroundings.ts';

function anchorOf(text: string, known: readonly Anchor[] = []): readonly Anchor[] {
  const [, sequence, hash] = /^(\d{1,12}):([0-9a-f]{64})$/i.exec(text) ?? [];
  if (sequence === undefined || hash === undefined)
    throw new ClearError(`--anchor: "${text}" is not an entry's number, a colon and its hash.`, 2);
  return [...known, { sequence: Number(sequence), hash: hash.toLowerCase() }];
}

/** A fault as a sentence a bookkeeper can pass on. */
function faultSentence(fault: PackageFault): string {
  switch (fault.code) {
    case 'NOT_A_PACKAGE':
      return 'This is not a package of an audit trail.';
    case 'LINE_UNREADABLE':
      return `Line ${fault.line} is not an entry: the file is damaged.`;
    case 'SIGNATURE_WRONG':
      return 'The signature is not the key’s: what the header says was changed.';
    case 'OTHER_KEY':
      return `It is signed with another key: ${fault.found}, not ${fault.expected}.`;
    case 'OTHER_COOPERATIVE':
      return `Entry ${fault.sequence} belongs to another cooperative.`;
    case 'TOO_LONG':
      return `Entry ${fault.sequence} stands behind the end the header names.`;
    case 'ENTRY_MISSING':
      return `Entry ${fault.sequence} is missing.`;
    case 'ENTRY_CHANGED':
      return `Entry ${fault.sequence} was changed after it was sealed.`;
    case 'ANCHOR_DIFFERS':
      return `Up to entry ${fault.sequence} the chain was written anew: its hash there is not the one known.`;
  }
}

async function verify(
  cli: Surroundings,
  file: string,
  known: { fingerprint?: string; anchor?: readonly Anchor[] },
): Promise<void> {
  await access(file).catch(() => {
    throw new ClearError(`There is no file ${file} that can be read.`);
  });
  const lines = createInterface({ input: createReadStream(file), crlfDelay: Infinity });
  const verdict = await verifyPackage(lines, {
    ...(known.fingerprint === undefined ? {} : { fingerprint: known.fingerprint }),
    ...(known.anchor === undefined ? {} : { anchors: known.anchor }),
  });
  if (!verdict.ok) throw new ClearError(faultSentence(verdict.fault));
  const { header, entries, fingerprint } = verdict;
  cli.say(`${header.cooperativeName}: ${entries} entries, each as it was sealed.`);
  cli.say(`From entry ${header.after.sequence + 1} to ${header.head.sequence}, hash ${header.head.hash}.`);
  cli.say(`Exported ${header.exportedAt} by ${header.exportedBy}.`);
  cli.say(`Signed with the key ${fingerprint}${known.fingerprint === undefined ? ': compare it.' : '.'}`);
}

/** Walks the chain of every cooperative given and tells where it ends; answers how many are broken. */
export async function checkAuditTrails(
  cli: Surroundings,
  all: readonly CooperativeListing[],
): Promise<number> {
  const database = cli.database();
  let wrong = 0;
  for (const { cooperativeId, slug: name } of all) {
    const { fault, neverSealed } = await verifyAuditTrail(database, cooperativeId);
    const { sequence, hash } = await getAuditHead(database, cooperativeId);
    if (fault === null && neverSealed === 0) {
      cli.say(`${name}: ${sequence} entries, each as it was sealed. Head ${sequence}:${hash}`);
      continue;
    }
    wrong += 1;
    if (fault !== null) cli.say(`${name}: WRONG. ${faultSentence(fault)}`);
    if (neverSealed > 0) cli.say(`${name}: WRONG. ${neverSealed} events were slipped in unsealed.`);
  }
  return wrong;
}

async function check(cli: Surroundings, options: { cooperative?: string }): Promise<void> {
  const { cooperative: slug } = options;
  const database = cli.database();
  await sealAuditTrail(database, new Date());
  const all = slug === undefined ? await listCooperatives(database) : [await cooperativeNamed(cli, slug)];
  if ((await checkAuditTrails(cli, all)) > 0) cli.exitCode = 1;
}

export function addAudit(program: Command, cli: Surroundings): void {
  const audit = program.command('audit').description('prove that nothing in the audit trails was changed');
  audit
    .command('check')
    .summary('walk the chains in the database')
    .description(
      'Walks the chain of every cooperative from its first entry and prints where it ends: a line to keep elsewhere.',
    )
    .option('--cooperative <slug>', 'only this cooperative')
    .action((options: { cooperative?: string }) => check(cli, options));
  audit
    .command('verify <file>')
    .summary('verify an exported package')
    .description(
      'Needs nothing but the file. Ends with 0 when every entry is as it was sealed, with 1 when not.',
    )
    .option('--fingerprint <digits>', 'of the key, as the cooperative shows it')
    .option('--anchor <number:hash>', 'an entry known from elsewhere; may be repeated', anchorOf)
    .action((file: string, known: { fingerprint?: string; anchor?: readonly Anchor[] }) =>
      verify(cli, file, known),
    );
}
