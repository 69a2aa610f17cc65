// What a member gave: every contribution with its history and its thread, and the files that document it; and what they
// said as a peer. Who else wrote or decided is "another": their names are theirs.
import { formatDecimal } from '@habitat/kernel';
import type { Contribution } from '@habitat/people';
import {
  commentsOf,
  contributionKey,
  evidenceFilesOf,
  formatQuantity,
  listContributions,
  stepsOf,
  wordsOfPeer,
} from '@habitat/people';
import type { Part } from './part.ts';
import { csvPart, jsonPart } from './part.ts';
import type { OwnDataParts } from './own-data.ts';

const PAGE = 500;

async function allContributions({ database, viewer }: OwnDataParts): Promise<Contribution[]> {
  const { cooperativeId, memberId } = viewer.actor;
  const all: Contribution[] = [];
  for (let after: readonly string[] | null = null; ;) {
    const page = await listContributions(database, cooperativeId, { memberId }, { limit: PAGE, after });
    all.push(...page);
    const last = page.at(-1);
    if (page.length < PAGE || last === undefined) return all;
    after = contributionKey(last);
  }
}

async function historyOf({ database, viewer, by }: OwnDataParts, contributions: readonly Contribution[]) {
  const { cooperativeId } = viewer.actor;
  const ids = contributions.map(({ contributionId }) => contributionId);
  const [steps, comments] = await Promise.all([
    stepsOf(database, cooperativeId, ids),
    commentsOf(database, cooperativeId, ids),
  ]);
  return (contributionId: string) => ({
    history: steps
      .filter((step) => step.contributionId === contributionId)
      .map(({ act, from, to, reason, facts, byMemberId, at }) => ({
        act,
        from,
        to,
        reason,
        facts,
        by: by(byMemberId),
        at,
      })),
    thread: comments
      .filter((comment) => comment.contributionId === contributionId)
      .map(({ kind, body, byMemberId, at }) => ({ kind, body, by: by(byMemberId), at })),
  });
}

function summary(contribution: Contribution, money: OwnDataParts['money']) {
  const { number, kind, category, workedOn, description, status, evidence, late, lateReason } = contribution;
  const { valueMinor, taxMinor, rate, patronageCategory, treatment, submittedAt, valuedAt, postedAt } =
    contribution;
  return {
    ...{ number, kind, category, workedOn, description, status, links: evidence, late, lateReason },
    quantity: formatQuantity(contribution.quantity),
    unit: contribution.quantity.unit,
    rate: rate === null ? null : formatDecimal(rate),
    value: valueMinor === null ? null : money(valueMinor),
    taxValue: taxMinor === null ? null : money(taxMinor),
    ...{ treatment, patronageCategory, submittedAt, valuedAt, postedAt },
    loggedBy: contribution.loggedByMemberId === null ? 'you' : 'another',
  };
}

/** Each yes and no to others' work, which is told by its number alone: what it says is its author's. */
async function wordsPart({ database, viewer }: OwnDataParts): Promise<Part> {
  const { cooperativeId, memberId } = viewer.actor;
  const words = await wordsOfPeer(database, cooperativeId, memberId);
  return csvPart(
    'peer-words.csv',
    ['contribution', 'worked on', 'kind', 'category', 'quantity', 'verdict', 'reason', 'at'],
    words.map(({ number, workedOn, kind, category, quantity, verdict, reason, at }) => [
      ...[number, workedOn, kind, category, { exact: quantity }],
      ...[verdict, reason, at],
    ]),
  );
}

/** Contributions as a table and whole, then the files that were brought for them. */
export async function* contributionParts(own: OwnDataParts): AsyncGenerator<Part> {
  const { database, vault, viewer, money } = own;
  const { cooperativeId } = viewer.actor;
  const contributions = await allContributions(own);
  const history = await historyOf(own, contributions);
  yield await wordsPart(own);
  yield csvPart(
    'contributions.csv',
    [
      'number',
      'worked on',
      'kind',
      'category',
      'quantity',
      'unit',
      'value',
      'tax value',
      'status',
      'description',
    ],
    contributions.map((one) => {
      const { number, workedOn, kind, category, quantity, unit, value, taxValue, status, description } =
        summary(one, money);
      const exact = (amount: string | null) => (amount === null ? null : { exact: amount });
      return [
        number,
        workedOn,
        kind,
        category,
        { exact: quantity },
        unit,
        exact(value),
        exact(taxValue),
        status,
        description,
      ];
    }),
  );
  const files = await evidenceFilesOf(
    database,
    cooperativeId,
    contributions.map(({ contributionId }) => contributionId),
  );
  const nameOf = (index: number, name: string) => `evidence/${String(index + 1).padStart(3, '0')}-${name}`;
  yield jsonPart(
    'contributions.json',
    contributions.map((contribution) => ({
      ...summary(contribution, money),
      ...history(contribution.contributionId),
      files: files.flatMap(({ contributionId, name, sha256, sizeBytes, uploadedAt }, index) =>
        contributionId === contribution.contributionId
          ? [{ file: nameOf(index, name), sha256, sizeBytes, uploadedAt }]
          : [],
      ),
    })),
  );
  if (vault === null) return;
  for (const [index, { fileId, name }] of files.entries())
    yield { name: nameOf(index, name), open: () => vault.read({ cooperativeId, fileId }) };
}
