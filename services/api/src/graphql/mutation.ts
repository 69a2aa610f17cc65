// How a module declares an act: guard, input, the command to run and what the payload shows. Adds the idempotency
// key to every input and turns refusals into errors, so that no module can forget either.
import type { CommandContext } from '@habitat/database';
import type { Act, Result } from '@habitat/kernel';
import type { InputFieldMap, InputObjectRef, InputShapeFromFields, ObjectRef } from '@pothos/core';
import type { GraphQLResolveInfo } from 'graphql';
import type { Types } from './builder.ts';
import { builder } from './builder.ts';
import type { ApiContext, Viewer } from './context.ts';
import { ApiError } from './error.ts';
import type { AnyRefusal } from './refusal.ts';
import { refusalError } from './refusal.ts';

type InputBuilder = PothosSchemaTypes.InputFieldBuilder<Types, 'InputObject'>;
type PayloadBuilder<Value> = PothosSchemaTypes.ObjectFieldBuilder<Types, Value>;

interface MutationOptions<Fields extends InputFieldMap, Value extends object> {
  readonly description: string;
  /** Acts of which the viewer needs one; `'signedIn'` when the command alone decides (own drafts, answers). */
  readonly allow: Allow;
  /** True for acts that ask who it is once more when the last proof is older than ten minutes. */
  readonly sensitive?: true;
  /** Fields of the input; `idempotencyKey` is added. */
  readonly input: (t: InputBuilder) => Fields;
  /** Runs the command with facts that carry the idempotency key. Its answer is the payload's parent. */
  readonly run: (
    input: InputShapeFromFields<Fields>,
    context: ApiContext,
    command: CommandContext,
    info: Pick<GraphQLResolveInfo, 'schema'>,
  ) => Promise<Result<Value, AnyRefusal>>;
  /** Fields of the payload, resolved from the command's answer. */
  readonly payload: (t: PayloadBuilder<Value>) => Record<string, ReturnType<PayloadBuilder<Value>['field']>>;
}

/** An input as the resolver sees it before the module's own type takes over. */
interface SentInput {
  readonly idempotencyKey?: string | null;
}

/** How long a proof of who somebody is stands for sensitive acts. */
const PROOF_SECONDS = 600;

/** Whether somebody has proven who they are within the last ten minutes. */
export function isRecentProof({ authenticatedAt }: Pick<Viewer, 'authenticatedAt'>, now: Date): boolean {
  return authenticatedAt !== null && now.getTime() - authenticatedAt.getTime() < PROOF_SECONDS * 1000;
}

/** The same of who asks. */
export function hasRecentProof({ now, signedIn }: ApiContext): boolean {
  return isRecentProof(signedIn(), now);
}

function requireRecentProof(context: ApiContext): void {
  if (hasRecentProof(context)) return;
  throw new ApiError('FORBIDDEN', 'Give your password once more to do this.', {
    reason: 'REAUTHENTICATION_REQUIRED',
  });
}

function capitalised(name: string): string {
  return name.charAt(0).toUpperCase() + name.slice(1);
}

type Allow = Act | readonly Act[] | 'signedIn';

function actsOf(allow: Allow): readonly Act[] {
  if (allow === 'signedIn') return [];
  return typeof allow === 'string' ? [allow] : allow;
}

const scopesOf = (allow: Allow) => (allow === 'signedIn' ? { signedIn: true } : { anyAct: actsOf(allow) });

/**
 * Declares one mutation `name(input: NameInput!): NamePayload!` of a signed-in person.
 * Refusals leave as errors with the API's code, the refusal's own code as `reason`, and its facts.
 */
export function defineMutation<Fields extends InputFieldMap, Value extends object>(
  name: string,
  options: MutationOptions<Fields, Value>,
): void {
  const inputRef = builder.inputType(`${capitalised(name)}Input`, {
    description: `What ${name} needs.`,
    fields: (t) => ({
      ...options.input(t),
      idempotencyKey: t.string({
        description:
          'Repeat a request with the same key and it is done once; the header Idempotency-Key says the same.',
      }),
    }),
  });
  const payloadRef = builder.objectRef<Value>(`${capitalised(name)}Payload`).implement({
    description: `What ${name} answers.`,
    authScopes: { signedIn: true },
    fields: (t) => options.payload(t),
  });
  builder.mutationField(name, (t) =>
    t.field({
      type: payloadRef as unknown as ObjectRef<Types, object>,
      description: options.description,
      authScopes: scopesOf(options.allow),
      args: {
        input: t.arg({
          type: inputRef as unknown as InputObjectRef<Types, SentInput>,
          required: true,
          description: 'What to do.',
        }),
      },
      resolve: async (_root, args, context, info) => {
        if (options.sensitive) requireRecentProof(context);
        for (const act of actsOf(options.allow)) context.readNotes.done.add(act);
        const { idempotencyKey, ...input } = args.input;
        const command = context.command(idempotencyKey);
        const asked = input as unknown as InputShapeFromFields<Fields>;
        const result = await options.run(asked, context, command, info);
        if (!result.ok) throw refusalError(result.refusal, context.money);
        await context.wrote();
        return result.value;
      },
    }),
  );
}
