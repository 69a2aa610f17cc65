// What an act moves, before it is done: the amounts of its input, or what the contribution it logs would be worth. An act
// that says neither, and could move something, counts as unknown: then a human being looks at it.
import type { Act } from '@habitat/kernel';
import { previewContribution } from '@habitat/people';
import type { GraphQLField, GraphQLInputType } from 'graphql';
import { getNamedType, getNullableType, isInputObjectType, isListType } from 'graphql';
import type { ApiContext } from '../graphql/context.ts';

export type Moved = bigint | 'unknown';
type Input = Readonly<Record<string, unknown>>;

/** Acts that move nothing of value by themselves. */
const MOVES_NOTHING: ReadonlySet<Act> = new Set<Act>([
  'account.manage',
  'contribution.dispute',
  'contribution.override_late',
  'member.manage',
  'period.open',
  'system.operate',
]);

async function worthOfNew(input: Input, context: ApiContext): Promise<Moved> {
  const facts = { cooperativeId: context.cooperativeId(), actor: context.signedIn().actor, now: context.now };
  const { declaredValue = null, ...content } = input;
  type Content = Parameters<typeof previewContribution>[2];
  const preview = await previewContribution(context.database, facts, {
    ...(content as unknown as Content),
    value: declaredValue as string | null,
  });
  // What cannot be read is refused by the command, in its own words.
  if (!preview.ok) return 0n;
  return preview.value.valueMinor ?? 'unknown';
}

const VALUED: Readonly<Record<string, (input: Input, context: ApiContext) => Promise<Moved>>> = {
  logContribution: worthOfNew,
  withdrawContribution: () => Promise.resolve(0n),
};

/** Adds every amount of an input to the sums of its field's name, what goes in and what goes out apart. */
function collect(
  type: GraphQLInputType,
  value: unknown,
  name: string,
  context: ApiContext,
  sums: Map<string, bigint>,
): void {
  if (value === null || value === undefined) return;
  const bare = getNullableType(type);
  if (isListType(bare)) {
    const parts = (Array.isArray(value) ? value : [value]) as readonly unknown[];
    for (const part of parts) collect(bare.ofType, part, name, context, sums);
    return;
  }
  if (isInputObjectType(bare)) {
    for (const field of Object.values(bare.getFields()))
      collect(field.type, (value as Input)[field.name], field.name, context, sums);
    return;
  }
  if (getNamedType(bare).name !== 'Money') return;
  const minor = context.minor(String(value), ['input']);
  const key = `${name}${minor < 0n ? '-' : '+'}`;
  sums.set(key, (sums.get(key) ?? 0n) + (minor < 0n ? -minor : minor));
}

/**
 * What a mutation with this input would move, in minor units; `'unknown'` when that cannot be told beforehand and its acts
 * may move something.
 */
export async function movedBy(
  field: GraphQLField<unknown, unknown>,
  acts: readonly Act[],
  input: Input,
  context: ApiContext,
): Promise<Moved> {
  const valued = VALUED[field.name];
  if (valued !== undefined) return valued(input, context);
  const argument = field.args.find(({ name }) => name === 'input');
  const sums = new Map<string, bigint>();
  if (argument !== undefined) collect(argument.type, input, 'input', context, sums);
  if (sums.size > 0) return [...sums.values()].reduce((most, sum) => (sum > most ? sum : most), 0n);
  return acts.every((act) => MOVES_NOTHING.has(act)) ? 0n : 'unknown';
}
